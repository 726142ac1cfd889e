/** What `ipvsadm -L` prints of sync daemons, timeouts and connections. */
import { formatIp, type IpBytes, parseIp } from "../../core/addr.ts";
import type { IpvsDaemon, IpvsTimeouts } from "../../core/netlink/ipvs-daemon.ts";
import { destinationKey } from "./table.ts";

export const formatIpvsadmTimeouts = ({ tcpS, tcpFinS, udpS }: IpvsTimeouts): string =>
  `Timeout (tcp tcpfin udp): ${tcpS} ${tcpFinS} ${udpS}`;

export function formatIpvsadmDaemon(daemon: IpvsDaemon): string {
  const { role, ifName, syncId, maxBytes, group, port, ttl } = daemon;
  const to = `group=${group === null ? "" : formatIp(group)}, port=${port}, ttl=${ttl}`;
  return `${role} sync daemon (mcast=${ifName}, syncid=${syncId}, maxlen=${maxBytes}, ${to})`;
}

/** @param withEngines what persistence engines know, too */
export const ipvsadmConnectionsTitle = (withEngines: boolean): string => {
  const ends = withEngines ? "destination        pe name          pe_data" : "destination";
  return `pro expire state       source             virtual            ${ends}`;
};

/** Of a line of /proc/net/ip_vs_conn; undefined for its title, and for what is none of its lines. */
export function formatIpvsadmConnection(line: string, withEngines: boolean): string | undefined {
  const words = line.split(" ").filter((word) => word !== "");
  const [protocol = "", from, fromPort, at, atPort, to, toPort, state = "", expires, ...more] =
    words;
  const source = endpoint(from, fromPort);
  const virtual = endpoint(at, atPort);
  const destination = endpoint(to, toPort);
  if (!source || !virtual || !destination) return undefined;
  const head = `${protocol.padEnd(3)} ${clock(Number(expires)).padEnd(6)} ${state.padEnd(11)}`;
  const ends = `${source.padEnd(18)} ${virtual.padEnd(18)}`;
  const [engine, data = ""] = withEngines ? more : [];
  if (engine === undefined) return `${head} ${ends} ${destination}`;
  return `${head} ${ends} ${destination.padEnd(18)} ${engine.padEnd(16)} ${data}`;
}

/** `0A000001` and `0050`, as the kernel has them; IPv6 with its colons, all groups written out. */
function endpoint(address = "", port = ""): string | undefined {
  const ip = address.includes(":") ? parseIp(address.replace(/^\[|\]$/g, "")) : hexIp(address);
  if (ip === undefined || !/^[\dA-F]{4}$/i.test(port)) return undefined;
  return destinationKey({ ip, port: Number.parseInt(port, 16) });
}

function hexIp(text: string): IpBytes | undefined {
  if (!/^[\dA-F]{8}$/i.test(text)) return undefined;
  return Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

const clock = (seconds: number): string =>
  [Math.floor(seconds / 60), seconds % 60].map((part) => `${part}`.padStart(2, "0")).join(":");
