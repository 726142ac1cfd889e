/** The options of `check http` that say what a good answer is. */
import {
  type HttpExpectation,
  parseJsonExpectation,
  parseStatusSet,
} from "../../app/check/http-targets.ts";
import { type ArgsOf, list, refuse, value } from "../option.ts";
import { accepted } from "./accepted.ts";
import { byteRange, byteSize } from "./byte-size.ts";
import { pattern } from "./pattern.ts";
import { certDaysOption, certLimitsOf } from "./tls-options.ts";

export const statusOption = {
  status: value(
    { value: "LIST", default: "200-299", describe: "Status codes that are good" },
    (text) => accepted(parseStatusSet(text)),
  ),
};

export const httpExpectOptions = {
  ...statusOption,
  match: value({ value: "RE", describe: "Regular expression that the body must match" }, pattern),
  "no-match": value({ value: "RE", describe: "One that it must not match" }, pattern),
  "json-path": list({ value: "PATH=VALUE", describe: "Value in the body, as a.b[0].c=1" }, (text) =>
    accepted(parseJsonExpectation(text)),
  ),
  md5: value({ value: "HEX", describe: "MD5 of the body, as genhash prints it" }, (text) =>
    digest(text, 32),
  ),
  sha256: value({ value: "HEX", describe: "SHA-256 of the body" }, (text) => digest(text, 64)),
  size: value({ value: "MIN-MAX", describe: "Bytes that the body must have" }, byteRange),
  ...certDaysOption,
  "max-body": value(
    { value: "SIZE", default: "64K", describe: "Begin of the body that is looked at, 64M at most" },
    keptSize,
  ),
};

/** @throws UsageError */
export const expectationOf = (
  args: ArgsOf<typeof httpExpectOptions> & { readonly nagios?: boolean },
): HttpExpectation => ({
  statuses: args.status,
  match: args.match ?? null,
  noMatch: args["no-match"] ?? null,
  json: args["json-path"],
  md5: args.md5 ?? null,
  sha256: args.sha256 ?? null,
  size: args.size ?? null,
  certDays: certLimitsOf(args).critDays,
});

function digest(text: string, length: number): string {
  const hex = text.toLowerCase();
  return hex.length === length && /^[0-9a-f]+$/.test(hex)
    ? hex
    : refuse(`is no digest of ${length} hexadecimal digits`);
}

function keptSize(text: string): number {
  const bytes = byteSize(text);
  return bytes > MOST_KEPT ? refuse("is more than 64M") : bytes;
}

const MOST_KEPT = 64 << 20;
