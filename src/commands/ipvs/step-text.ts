/** Steps of a plan for IPVS, for people. */
import type { IpvsStepRecord } from "../../app/ipvs/step-record.ts";

/** `+ 10.0.0.1:80 of tcp 192.0.2.1:80  method nat, weight 3`. */
export function ipvsStepLine({ step, subject, changes }: IpvsStepRecord): string {
  const told = changes.map(({ name, from, to }) =>
    step === "add" ? `${name} ${to}` : `${name} ${from ?? "none"} -> ${to ?? "none"}`,
  );
  return `${SIGNS[step]} ${subject}${told.length === 0 ? "" : `  ${told.join(", ")}`}`;
}

const SIGNS = { add: "+", change: "~", remove: "-" } as const;
