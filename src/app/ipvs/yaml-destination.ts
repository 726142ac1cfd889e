/** A destination of a table file in YAML: a real server with its weight, and the way to it. */
import {
  type IpvsDestination,
  type IpvsForwarding,
  MOST_WEIGHT,
  TUNNEL_CHECKSUMS,
  TUNNEL_TYPES,
} from "../../core/netlink/ipvs-destination.ts";
import type { ServiceId } from "../../core/netlink/ipvs-service.ts";
import { parseEndpoint } from "../../proto/ipvs/service-name.ts";
import { destinationSubject } from "../../proto/ipvs/target.ts";
import type { YamlReading } from "./yaml-reading.ts";

export const METHODS = ["nat", "direct", "tunnel", "local", "bypass"] as const;

/**
 * Nothing where the server has a name: it is among the named ones of `reading`.
 * @param usual the method of the service
 */
export function destinationsOf(
  node: unknown,
  service: ServiceId,
  usual: Method | null,
  reading: YamlReading,
): IpvsDestination[] {
  const { nodes, named } = reading;
  const fields = nodes.fields(node, "a destination", DESTINATION);
  const server = reading.needed(fields.server, node, "server, such as 10.0.0.1:80");
  const { ip, host, port } = reading.parsed(server, parseEndpoint);
  const destination = {
    port: port ?? (service.by === "address" ? service.port : 0),
    forwarding: forwardingOf(node, fields, usual, reading),
    weight: nodes.integer(fields.weight, 0, MOST_WEIGHT, 1),
    upperThreshold: nodes.integer(fields.upper, 0, MOST_U32, 0),
    lowerThreshold: nodes.integer(fields.lower, 0, MOST_U32, 0),
  };
  if (ip === null) {
    named.push({ service, name: host, place: reading.whereOf(server), destination });
    return [];
  }
  reading.place(destinationSubject(service, { ip, ...destination }), server);
  return [{ ip, ...destination }];
}

function forwardingOf(
  node: unknown,
  { method: written, tunnel, "tunnel-port": port, checksum }: Fields,
  usual: Method | null,
  { nodes }: YamlReading,
): IpvsForwarding {
  const method = written === undefined ? usual : nodes.choice(written, METHODS);
  if (method === null) return nodes.refuse(node, NO_METHOD);
  if (method === "tunnel")
    return {
      by: "tunnel",
      type: nodes.choice(tunnel, TUNNEL_TYPES, "ipip"),
      port: nodes.integer(port, 1, MOST_U16, 0),
      checksum: nodes.choice(checksum, TUNNEL_CHECKSUMS, "none"),
    };
  const stray = tunnel ?? port ?? checksum;
  if (stray !== undefined) nodes.refuse(stray, `is said of a tunnel, but the method is ${method}`);
  return { by: method === "nat" ? "masq" : method };
}

type Method = (typeof METHODS)[number];
type Fields = { readonly [Name in (typeof DESTINATION)[number]]?: unknown };
const DESTINATION = [
  ...(["server", "weight", "method", "upper", "lower"] as const),
  ...(["tunnel", "tunnel-port", "checksum"] as const),
];
const NO_METHOD = "has no method, and its service has none: nat, direct or tunnel";
const MOST_U32 = 0xffff_ffff;
const MOST_U16 = 0xffff;
