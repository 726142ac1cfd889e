/** What the answer of a web server says of its health: status, then size, digest, text, JSON, certificate. */
import type { HttpBody, HttpStatus } from "../../core/http.ts";
import { type CertificateAge, certificateAgeFinding } from "./certificate-age.ts";
import { type JsonExpectation, jsonFlaw } from "./json-value.ts";
import { type CheckFinding, down, up } from "./result.ts";
import { hasStatus, type StatusRange } from "./status-set.ts";

export interface HttpExpectation {
  readonly statuses: readonly StatusRange[];
  readonly match: RegExp | null; // of what is kept of the body
  readonly noMatch: RegExp | null;
  readonly json: readonly JsonExpectation[];
  readonly md5: string | null; // hexadecimal, of the whole body
  readonly sha256: string | null;
  readonly size: { readonly minBytes: number; readonly maxBytes: number } | null;
  readonly certDays: number | null; // so long the certificate must be good
}

/** Any body is good, with any certificate. */
export const ANY_BODY: Omit<HttpExpectation, "statuses"> = {
  match: null,
  noMatch: null,
  json: [],
  md5: null,
  sha256: null,
  size: null,
  certDays: null,
};

/** @returns why the status is no good news, undefined where it is @param hint where a redirect leads */
export function judgeStatus(
  line: HttpStatus,
  { statuses }: HttpExpectation,
  facts: CheckFinding["facts"],
  hint = "",
): CheckFinding | undefined {
  if (hasStatus(statuses, line.status)) return undefined;
  const to = hint === "" ? "" : `, to ${hint.slice(0, MOST_QUOTED)}`;
  return down("L7STS", `${statusText(line)}${to}`, facts);
}

/** Whether a text matches; undefined where that takes too long. */
export type Matches = (pattern: RegExp, text: string) => boolean | undefined;

/** @param age of the certificate; null without TLS */
export function judgeBody(
  line: HttpStatus,
  body: HttpBody,
  age: CertificateAge | null,
  expected: HttpExpectation,
  facts: CheckFinding["facts"],
  matches: Matches,
): CheckFinding {
  const flaw = bodyFlaw(body, expected, matches);
  if (flaw !== undefined) return down("L7RSP", flaw, facts);
  const { certDays } = expected;
  const old = certDays === null ? undefined : ageFinding(age, certDays);
  if (old !== undefined) return { ...old, facts };
  return up("L7OK", `${statusText(line)}, ${body.bytes} bytes`, facts);
}

/** Redirects may lead away from TLS, or never to it. */
const ageFinding = (age: CertificateAge | null, days: number): CheckFinding | undefined =>
  age === null
    ? down("L6RSP", "it answered without TLS, so there is no certificate")
    : certificateAgeFinding(age, days);

const statusText = ({ status, reason }: HttpStatus): string =>
  `${status} ${reason.slice(0, MOST_QUOTED)}`.trimEnd();

function bodyFlaw(body: HttpBody, expected: HttpExpectation, matches: Matches): string | undefined {
  const { bytes, kept, md5, sha256 } = body;
  const { size, match, noMatch, json } = expected;
  if (body.isCut) return `body is longer than --limit: ${bytes} bytes came, and more would`;
  if (size !== null && bytes < size.minBytes)
    return `body has ${bytes} bytes, less than ${size.minBytes}`;
  if (size !== null && bytes > size.maxBytes)
    return `body has ${bytes} bytes, more than ${size.maxBytes}`;
  if (expected.md5 !== null && md5 !== expected.md5) return `body has another MD5: ${md5}`;
  if (expected.sha256 !== null && sha256 !== expected.sha256)
    return `body has another SHA-256: ${sha256}`;
  if (match === null && noMatch === null && json.length === 0) return undefined;
  const text = new TextDecoder().decode(kept);
  const part = kept.length < bytes ? `the first ${kept.length} bytes of the body` : "the body";
  for (const pattern of [match, noMatch]) {
    const found = pattern === null ? null : matches(pattern, text);
    if (found === undefined) return `${part} is such that ${pattern} takes too long`;
    if (found === false && pattern === match) return `${part} does not match ${pattern}`;
    if (found === true && pattern === noMatch) return `${part} matches ${pattern}`;
  }
  return json.length === 0 ? undefined : jsonFlawOf(text, part, json);
}

function jsonFlawOf(
  text: string,
  part: string,
  expectations: readonly JsonExpectation[],
): string | undefined {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return `${part} is no JSON`;
  }
  for (const expectation of expectations) {
    const flaw = jsonFlaw(root, expectation);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

const MOST_QUOTED = 200;
