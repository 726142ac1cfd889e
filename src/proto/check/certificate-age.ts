/** How long a certificate still lasts, and whether that is enough (`--cert-days`). */

import { DAY_MS, daysText } from "../../core/certificate.ts";
import { counted } from "../../core/counted.ts";
import { type CheckFinding, down } from "./result.ts";

export interface CertificateAge {
  readonly validUntilMs: number | null; // since 1970
  readonly wallMs: number; // now
}

/** Whole days that are left, below 0 once it has expired; null where it has no end. */
export const certDaysLeft = (validUntilMs: number | null, wallMs: number): number | null =>
  validUntilMs === null ? null : Math.floor((validUntilMs - wallMs) / DAY_MS);

/** @returns undefined where it lasts for `days` days more */
export function certificateAgeFinding(
  { validUntilMs, wallMs }: CertificateAge,
  days: number,
): CheckFinding | undefined {
  if (validUntilMs === null) return down("L6RSP", "there is no certificate, or it has no end");
  const leftMs = validUntilMs - wallMs;
  return leftMs >= days * DAY_MS ? undefined : down("L6RSP", shortText(leftMs, days));
}

/** `certificate expires in 3 days, wanted are 14 days`. */
export const shortText = (leftMs: number, days: number): string =>
  leftMs < 0
    ? `certificate expired ${daysText(-leftMs)} ago`
    : `certificate expires in ${daysText(leftMs)}, wanted are ${counted(days, "day")}`;

/** `certificate good for 89 days`. */
export const lastsText = (leftMs: number): string =>
  leftMs < 0
    ? `certificate expired ${daysText(-leftMs)} ago`
    : `certificate good for ${daysText(leftMs)}`;
