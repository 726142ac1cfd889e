/** Services and servers of IPVS as they are written: `tcp 192.0.2.1:80`, `fwmark 5 inet6`, `web1.example:8080`. */
import { familyOf, type IpBytes, parseIp } from "../../core/addr.ts";
import type { IpvsProtocol, ServiceId } from "../../core/netlink/ipvs-service.ts";
import { parseHosts } from "../check/targets.ts";

/** A host, of which the port may be left out. */
export interface Endpoint {
  readonly host: string;
  readonly ip: IpBytes | null; // null: a name
  readonly port: number | null; // u16; null: none is written
}

/** What `serviceKey` writes, also as `tcp/192.0.2.1:80`; without a port it is 0, all ports. @returns or why not */
export function parseService(text: string): ServiceId | string {
  const [, word = "", rest = ""] = /^([a-z]+)(?:\s+|\/)(\S.*)$/.exec(text.trim()) ?? [];
  if (word === "fwmark") return parseMark(rest);
  if (!isProtocol(word)) return FORMS;
  const endpoint = parseEndpoint(rest);
  if (typeof endpoint === "string") return endpoint;
  const { ip, port } = endpoint;
  if (ip === null) return "has a name: a service is known by its address";
  return { by: "address", protocol: word, ip, port: port ?? 0 };
}

/** `HOST[:PORT]`, an IPv6 address with a port in brackets. @returns or why not */
export function parseEndpoint(text: string): Endpoint | string {
  const bare = parseIp(text);
  if (bare !== undefined) return { host: text, ip: bare, port: null };
  const [, address, name = "", digits] = ENDPOINT.exec(text) ?? [];
  const port = digits === undefined ? null : Number(digits);
  if (port !== null && port > 65_535) return `has the port ${port}, which is not within 0..65535`;
  if (address !== undefined) {
    const ip = parseIp(address);
    if (ip === undefined || familyOf(ip) !== 6) return "has no IPv6 address in its brackets";
    return { host: address, ip, port };
  }
  const ip = parseIp(name);
  if (ip !== undefined) return { host: name, ip, port };
  const hosts = parseHosts(name);
  const [host] = hosts;
  if (typeof hosts === "string" || hosts.length > 1 || typeof host !== "object" || host.ip !== null)
    return "is no HOST:PORT or [IPV6]:PORT";
  return { host: host.host, ip: null, port };
}

function parseMark(text: string): ServiceId | string {
  const [, digits, family] = /^(\d{1,10})(?:\s+(inet6?))?$/.exec(text) ?? [];
  const mark = Number(digits);
  if (!(mark >= 1 && mark <= 0xffff_ffff)) return "has no mark within 1..4294967295";
  return { by: "fwmark", mark, family: family === "inet6" ? 6 : 4 };
}

const isProtocol = (word: string): word is IpvsProtocol =>
  word === "tcp" || word === "udp" || word === "sctp";

const FORMS = "is none of tcp|udp|sctp ADDR:PORT, fwmark N, fwmark N inet6";
const ENDPOINT = /^(?:\[([^\]]*)\]|([^:[\]]+))(?::(\d{1,5}))?$/;
