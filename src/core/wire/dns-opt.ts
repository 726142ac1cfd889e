/** The OPT record of a message of DNS: what its sender can do (EDNS, RFC 6891 section 6.1). */
import { type Decoded, decoded, undecoded } from "../result.ts";

export interface DnsOpt {
  readonly payloadBytes: number; // u16, of the longest datagram that its sender takes
  readonly extendedRcode: number; // the upper eight bits of the code
  readonly version: number; // u8, the highest that its sender knows
  readonly dnssecOk: boolean;
}

/**
 * Total over any bytes, in time that grows with their number alone. null where there is none.
 * Codes: `short`, `bad-name`, `two-opts`.
 */
export function decodeDnsOpt(message: Uint8Array): Decoded<DnsOpt | null> {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  if (message.length < HEADER_BYTES) return fault("short", message.length);
  const [questions, answers] = [view.getUint16(4), view.getUint16(6)];
  const records = answers + view.getUint16(8) + view.getUint16(10);
  let at = HEADER_BYTES;
  let opt: DnsOpt | null = null;
  for (let index = 0; index < questions + records; index += 1) {
    const end = skipName(message, at);
    if (end === undefined) return fault("bad-name", at);
    if (index < questions) {
      at = end + 4;
      continue;
    }
    if (end + RECORD_BYTES > message.length) return fault("short", end);
    if (view.getUint16(end) === TYPE_OPT && index >= questions + answers) {
      if (opt !== null) return fault("two-opts", at);
      if (end !== at + 1) return fault("bad-name", at); // it is the root's
      opt = {
        payloadBytes: view.getUint16(end + 2),
        extendedRcode: view.getUint8(end + 4),
        version: view.getUint8(end + 5),
        dnssecOk: (view.getUint8(end + 6) & 0x80) !== 0,
      };
    }
    at = end + RECORD_BYTES + view.getUint16(end + 8);
    if (at > message.length) return fault("short", end);
  }
  return decoded(opt);
}

/** RFC 1035 section 4.1.4. @returns where what is behind it begins */
function skipName(message: Uint8Array, start: number): number | undefined {
  let at = start;
  for (;;) {
    const length = message[at];
    if (length === undefined) return undefined;
    if (length === 0) return at + 1;
    if (length >= 0xc0) return at + 2; // a pointer ends it
    if (length > 63) return undefined;
    at += 1 + length;
  }
}

const fault = (code: string, offset: number): Decoded<never> => undecoded("dns-opt", code, offset);

const HEADER_BYTES = 12;
const RECORD_BYTES = 10; // of the fixed part behind a name
const TYPE_OPT = 41;
