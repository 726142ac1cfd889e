/** The echo of ICMP and of ICMPv6: the same bytes but for the type (RFC 792; RFC 4443 section 4). */
import type { ByteReader, ByteWriter } from "../bytes.ts";

export interface IcmpEcho {
  readonly kind: "echo-request" | "echo-reply";
  readonly identifier: number; // u16
  readonly sequence: number; // u16
  readonly data: Uint8Array;
}

/** The numbers that the two protocols have for its types. */
export interface EchoTypes {
  readonly request: number; // u8
  readonly reply: number; // u8
}

/** What is behind the checksum. @returns undefined where the message is no echo; nothing is read then */
export function readEcho(
  r: ByteReader,
  { type, code }: { readonly type: number; readonly code: number },
  types: EchoTypes,
): IcmpEcho | undefined {
  if (code !== 0 || (type !== types.request && type !== types.reply)) return undefined;
  const kind = type === types.request ? "echo-request" : "echo-reply";
  return { kind, identifier: r.u16(), sequence: r.u16(), data: r.rest() };
}

/** The whole message, its checksum 0. */
export function writeEcho(w: ByteWriter, echo: IcmpEcho, types: EchoTypes): void {
  w.u8(echo.kind === "echo-request" ? types.request : types.reply).zeros(3);
  w.u16(echo.identifier).u16(echo.sequence).raw(echo.data);
}

/** `echo request, id 7, seq 1, length 64`, the length with the header. */
export const describeEcho = ({ kind, identifier, sequence, data }: IcmpEcho): string =>
  `${kind.replace("-", " ")}, id ${identifier}, seq ${sequence}, length ${data.length + 8}`;
