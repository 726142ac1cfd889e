/** The table file of IPVS in YAML 1.2 or JSON: services with their destinations, timeouts, sync daemons. */
import { isMulticastIp, parseIp } from "../../core/addr.ts";
import { isInterfaceName } from "../../core/clauses.ts";
import type { IpvsDaemon, IpvsTimeouts } from "../../core/netlink/ipvs-daemon.ts";
import { tableOf } from "../../proto/ipvs/table.ts";
import { daemonSubject } from "../../proto/ipvs/target.ts";
import { readYaml } from "../yaml-text.ts";
import type { WrittenTarget } from "./named-servers.ts";
import { YamlReading } from "./yaml-reading.ts";
import { virtualServiceOf } from "./yaml-service.ts";

/** Whether its parts fit together is not judged here. @throws UsageError with the place of the first mistake */
export async function parseYamlTarget(text: string, file: string): Promise<WrittenTarget> {
  const { contents, nodes, whereOf } = await readYaml(text, file, "one table");
  const reading = new YamlReading(nodes, whereOf);
  const top = nodes.fields(contents, TOP.join(", "), TOP);
  const { services, timeouts, daemons } = top;
  if (services === undefined)
    return nodes.refuse(contents, "has no services: write services: [] where none is meant");
  return {
    table: tableOf(nodes.list(services, "services").map((one) => virtualServiceOf(one, reading))),
    timeouts: timeouts === undefined ? null : timeoutsOf(timeouts, reading),
    daemons:
      daemons === undefined
        ? null
        : nodes.list(daemons, "sync daemons").map((one) => daemonOf(one, reading)),
    places: reading.places,
    named: reading.named,
  };
}

function timeoutsOf(node: unknown, reading: YamlReading): IpvsTimeouts {
  const fields = reading.nodes.fields(node, TIMEOUTS.join(", "), TIMEOUTS);
  reading.place("timeouts", node);
  return {
    tcpS: reading.seconds(fields.tcp, 0),
    tcpFinS: reading.seconds(fields["tcp-fin"], 0),
    udpS: reading.seconds(fields.udp, 0),
  };
}

function daemonOf(node: unknown, reading: YamlReading): IpvsDaemon {
  const { nodes } = reading;
  const fields = nodes.fields(node, "a sync daemon", DAEMON);
  const role = nodes.choice(reading.needed(fields.role, node, "role"), ["master", "backup"]);
  reading.place(daemonSubject({ role }), node);
  const ifName = reading.needed(fields.interface, node, "interface");
  const { group } = fields;
  return {
    role,
    ifName: reading.parsed(ifName, interfaceName).name,
    syncId: nodes.integer(fields["sync-id"], 0, 255, 0),
    maxBytes: nodes.integer(fields["max-bytes"], 1, MOST_U16, 0),
    group: group === undefined ? null : reading.parsed(group, multicastIp),
    port: nodes.integer(fields.port, 1, MOST_U16, 0),
    ttl: nodes.integer(fields.ttl, 1, 255, 0),
  };
}

const interfaceName = (name: string): { name: string } | string =>
  isInterfaceName(name) ? { name } : "is no name of an interface";

function multicastIp(text: string): Uint8Array | string {
  const ip = parseIp(text);
  return ip !== undefined && isMulticastIp(ip) ? ip : "is no multicast address";
}

const TOP = ["services", "timeouts", "daemons"] as const;
const TIMEOUTS = ["tcp", "tcp-fin", "udp"] as const;
const DAEMON = [
  ...(["role", "interface", "sync-id", "max-bytes", "group", "port", "ttl"] as const),
];
const MOST_U16 = 0xffff;
