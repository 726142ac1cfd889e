/** Whether a datagram is the answer that a service must give: its length and its bytes. */

import { findPattern, type Pattern } from "../../core/byte-pattern.ts";
import { type CheckFinding, down, up } from "./result.ts";
import { firstLineOf } from "./tcp-dialogue.ts";

export interface UdpWant {
  readonly required: boolean; // silence is a failure
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly patterns: readonly Pattern[]; // all of them
}

export function udpReplyFinding(reply: Uint8Array, want: UdpWant): CheckFinding {
  const { minBytes, maxBytes, patterns } = want;
  const facts = { reply_bytes: reply.length };
  const got = `an answer of ${reply.length} bytes`;
  if (reply.length < minBytes || reply.length > maxBytes)
    return down("L7RSP", `${got}, wanted are ${minBytes} to ${maxBytes}`, facts);
  const missing = patterns.find((pattern) => findPattern(pattern, reply) === undefined);
  const line = JSON.stringify(firstLineOf(reply) ?? "");
  if (missing !== undefined)
    return down("L7RSP", `${got} without ${JSON.stringify(missing.text)}: ${line}`, facts);
  return up(patterns.length > 0 ? "L7OK" : "L4OK", `${got}: ${line}`, facts);
}

/** Nobody said anything, and nobody said that nobody is there. */
export const udpSilence = (want: UdpWant): CheckFinding | null =>
  want.required ? null : up("L4OK", "no answer, none was required");
