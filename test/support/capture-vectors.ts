/** Captures made by hand from the tables of the drafts: in hex, big-endian where not said otherwise. */
import { fromHex } from "./packets.ts";

/** A block of pcapng, with both lengths. */
export function block(type: number, body: string): string {
  const bytes = body.replaceAll(" ", "").length / 2;
  return [u32(type), u32(bytes + 12), body, u32(bytes + 12)].join("");
}

export const u32 = (value: number): string => (value >>> 0).toString(16).padStart(8, "0");

export const SECTION = block(0x0a0d0d0a, "1a2b3c4d 0001 0000 ffffffffffffffff");
/** Ethernet, 96 bytes at most. @param options in hex */
export const described = (options = "", linkType = "0001"): string =>
  block(1, `${linkType} 0000 00000060 ${options}`);
/** 2 bytes of 3 on the wire, 1,000,001 us after the begin of 1970, came in. */
export const PACKET = block(
  6,
  "00000000 00000000 000f4241 00000002 00000003 abcd 0000 0002 0004 00000001",
);

export const PCAP_HEAD = "a1b2c3d4 0002 0004 00000000 00000000 00040000 00000001";
/** The same packet. */
export const PCAP_RECORD = "00000001 00000001 00000002 00000003 abcd";

export const capture = (...parts: readonly string[]): Uint8Array => fromHex(parts.join(""));
