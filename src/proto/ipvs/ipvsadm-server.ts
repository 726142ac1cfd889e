/** Real servers in the words of ipvsadm(8): where packets go, and how they get there. */

import {
  type IpvsDestination,
  type IpvsForwarding,
  MOST_WEIGHT,
  TUNNEL_TYPES,
  type TunnelChecksum,
  type TunnelType,
} from "../../core/netlink/ipvs-destination.ts";
import type { ServiceId } from "../../core/netlink/ipvs-service.ts";
import { quoted } from "../../core/printable.ts";
import { missing } from "./ipvsadm-service.ts";
import { endpointOf, numberOf } from "./ipvsadm-values.ts";
import { type IpvsadmLine, type Word, WordFault } from "./ipvsadm-words.ts";

/** @throws WordFault */
export function serverOf(
  { command, given }: IpvsadmLine,
  id: ServiceId,
): Pick<IpvsDestination, "ip" | "port"> {
  const word = given.get("real-server");
  if (word === undefined) throw missing(given, command, "which real server? -r ADDRESS:PORT");
  const { ip, port } = endpointOf(word, "real-server");
  return { ip, port: port ?? (id.by === "address" ? id.port : 0) };
}

/** @throws WordFault */
export function destinationOf(line: IpvsadmLine, id: ServiceId): IpvsDestination {
  const { given } = line;
  const { ip, port } = serverOf(line, id);
  const forwarding = forwardingOf(line);
  const number = (name: string, otherwise: number): number => {
    const word = given.get(name);
    return word === undefined ? otherwise : numberOf(word, name, 0, MOST_WEIGHT);
  };
  return {
    ip,
    // A server that gets packets as they are hears on the port of the service.
    port: id.by === "address" && forwarding.by !== "masq" ? id.port : port,
    forwarding,
    weight: number("weight", 1),
    upperThreshold: number("u-threshold", 0),
    lowerThreshold: number("l-threshold", 0),
  };
}

function forwardingOf({ given }: IpvsadmLine): IpvsForwarding {
  const checksum = CHECKSUMS.find(([name]) => given.has(name));
  const [typeWord, port] = [given.get("tun-type"), given.get("tun-port")];
  const tunnelWord = typeWord ?? port ?? (checksum && given.get(checksum[0]));
  if (!given.has("ipip")) {
    if (tunnelWord !== undefined)
      throw new WordFault(tunnelWord.at, "options of a tunnel go with --ipip (-i) alone");
    return { by: given.has("masquerading") ? "masq" : "direct" };
  }
  const type = tunnelTypeOf(typeWord);
  const not = (word: Word | undefined, option: string): void => {
    if (word !== undefined) throw new WordFault(word.at, `--${option} is not of a tunnel ${type}`);
  };
  if (type !== "gue") not(port, "tun-port");
  if (type === "ipip" || (type === "gre" && checksum?.[1] === "remote"))
    not(checksum && given.get(checksum[0]), checksum?.[0] ?? "");
  if (type === "gue" && port === undefined)
    throw new WordFault(typeWord?.at ?? 0, "a tunnel gue needs --tun-port");
  return {
    by: "tunnel",
    type,
    port: port === undefined ? 0 : numberOf(port, "tun-port", 1, 65_535),
    checksum: checksum?.[1] ?? "none",
  };
}

function tunnelTypeOf(word: Word | undefined): TunnelType {
  if (word === undefined) return "ipip";
  const type = TUNNEL_TYPES.find((one) => one === word.text);
  if (type !== undefined) return type;
  throw new WordFault(word.at, `--tun-type ${quoted(word.text)} is none of ipip, gue, gre`);
}

const CHECKSUMS: readonly (readonly [string, TunnelChecksum])[] = [
  ["tun-nocsum", "none"],
  ["tun-csum", "sum"],
  ["tun-remcsum", "remote"],
];
