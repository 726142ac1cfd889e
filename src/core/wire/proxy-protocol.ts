/**
 * The header by which a proxy tells a server who its client is, before all else on a connection: PROXY
 * protocol, versions 1 (a line) and 2 (binary), as HAProxy's proxy-protocol.txt defines them.
 */
import { familyOf, formatIp, type IpBytes, parseIp } from "../addr.ts";
import { ByteWriter, decoding, mustFit } from "../bytes.ts";
import type { Decoded } from "../result.ts";
import { decoded, undecoded } from "../result.ts";

/** A connection over TCP; both ends of one family. */
export interface ProxyHeader {
  readonly source: { readonly ip: IpBytes; readonly port: number };
  readonly destination: { readonly ip: IpBytes; readonly port: number };
}

/** @throws RangeError where a value does not fit */
export function encodeProxyHeader(
  { source, destination }: ProxyHeader,
  version: 1 | 2,
): Uint8Array {
  const family = familyOf(source.ip);
  if (familyOf(destination.ip) !== family) throw new RangeError("ends of two families");
  mustFit(source.port, 0xffff);
  mustFit(destination.port, 0xffff);
  if (version === 1) {
    const ips = `${formatIp(source.ip)} ${formatIp(destination.ip)}`;
    const line = `PROXY TCP${family} ${ips} ${source.port} ${destination.port}\r\n`;
    return new TextEncoder().encode(line);
  }
  const w = new ByteWriter().raw(SIGNATURE).u8(VERSION_AND_PROXY);
  w.u8(family === 4 ? TCP4 : TCP6).u16(2 * source.ip.length + 4);
  return w.raw(source.ip).raw(destination.ip).u16(source.port).u16(destination.port).bytes();
}

/**
 * The header and nothing behind it. Total over any bytes. Codes: `short`, `trailing`, `bad-signature`, `bad-version`,
 * `bad-family` (also where no ends are told), `bad-length`, `bad-line`.
 */
export function decodeProxyHeader(bytes: Uint8Array): Decoded<ProxyHeader> {
  if (bytes[0] === 0x50) return decodeLine(bytes);
  return decoding("proxy-protocol", bytes, (r) => {
    for (const byte of SIGNATURE) if (r.u8() !== byte) r.fail("bad-signature");
    if (r.u8() !== VERSION_AND_PROXY) r.fail("bad-version");
    const kind = r.u8();
    if (kind !== TCP4 && kind !== TCP6) r.fail("bad-family");
    const family = kind === TCP4 ? 4 : 6;
    if (r.u16() !== (family === 4 ? 12 : 36)) r.fail("bad-length");
    const [source, destination] = [r.take(family === 4 ? 4 : 16), r.take(family === 4 ? 4 : 16)];
    const [sourcePort, destinationPort] = [r.u16(), r.u16()];
    return {
      source: { ip: source, port: sourcePort },
      destination: { ip: destination, port: destinationPort },
    };
  });
}

function decodeLine(bytes: Uint8Array): Decoded<ProxyHeader> {
  const text = new TextDecoder().decode(bytes.subarray(0, LONGEST_LINE + 1));
  const [, family, from = "", to = "", fromPort = "", toPort = ""] =
    /^PROXY TCP([46]) (\S+) (\S+) (\d{1,5}) (\d{1,5})\r\n$/.exec(text) ?? [];
  const [source, destination] = [parseIp(from), parseIp(to)];
  const ports = [Number(fromPort), Number(toPort)];
  if (
    source === undefined ||
    destination === undefined ||
    [source, destination].some((ip) => `${familyOf(ip)}` !== family) ||
    ports.some((port) => port > 0xffff)
  )
    return undecoded("proxy-protocol", "bad-line", 0);
  const [sourcePort = 0, destinationPort = 0] = ports;
  return decoded({
    source: { ip: source, port: sourcePort },
    destination: { ip: destination, port: destinationPort },
  });
}

const SIGNATURE = Uint8Array.of(13, 10, 13, 10, 0, 13, 10, 0x51, 0x55, 0x49, 0x54, 10);
const VERSION_AND_PROXY = 0x21;
const TCP4 = 0x11;
const TCP6 = 0x21;
const LONGEST_LINE = 107; // with its end
