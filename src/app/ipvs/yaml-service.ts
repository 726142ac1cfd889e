/** A virtual service of a table file in YAML. */
import { addressBits, parseIp } from "../../core/addr.ts";
import {
  hostNetmask,
  type IpvsService,
  type Persistence,
  type ServiceId,
  serviceFamily,
} from "../../core/netlink/ipvs-service.ts";
import { schedulerFlag } from "../../proto/ipvs/scheduler-flags.ts";
import { parseService } from "../../proto/ipvs/service-name.ts";
import { serviceKey, type VirtualService } from "../../proto/ipvs/table.ts";
import { destinationsOf, METHODS } from "./yaml-destination.ts";
import type { YamlReading } from "./yaml-reading.ts";

export function virtualServiceOf(node: unknown, reading: YamlReading): VirtualService {
  const { nodes } = reading;
  const fields = nodes.fields(node, "a service", SERVICE);
  const named = reading.needed(fields.service, node, "service, such as tcp 192.0.2.1:80");
  const id = reading.parsed(named, parseService);
  reading.place(serviceKey(id), named);
  const method = fields.method === undefined ? null : nodes.choice(fields.method, METHODS);
  return {
    service: serviceOf(id, fields, reading),
    destinations: nodes
      .list(fields.destinations, "destinations")
      .flatMap((one) => destinationsOf(one, id, method, reading)),
  };
}

function serviceOf(id: ServiceId, fields: Fields, reading: YamlReading): IpvsService {
  const { nodes } = reading;
  const scheduler =
    fields.scheduler === undefined
      ? USUAL_SCHEDULER
      : reading.kernelName(fields.scheduler, "scheduler");
  const flagOf = (node: unknown): number =>
    reading.parsed(node, (name) => schedulerFlag(scheduler, name));
  const flags = nodes.list(fields.flags, "flags").map(flagOf);
  return {
    id,
    scheduler,
    schedulerFlags: flags.reduce((all, one) => all | one, 0),
    onePacket: nodes.boolean(fields["one-packet"], false),
    persistence:
      fields.persistence === undefined ? null : persistenceOf(fields.persistence, id, reading),
  };
}

function persistenceOf(node: unknown, id: ServiceId, reading: YamlReading): Persistence {
  const { nodes } = reading;
  const netmask = hostNetmask(serviceFamily(id));
  if (!nodes.isMap(node)) return { timeoutS: reading.seconds(node), netmask, engine: null };
  const fields = nodes.fields(node, "persistence", PERSISTENCE);
  return {
    timeoutS: reading.seconds(reading.needed(fields.timeout, node, "timeout, such as 5m")),
    netmask: fields.netmask === undefined ? netmask : netmaskOf(fields.netmask, id, reading),
    engine: fields.engine === undefined ? null : reading.kernelName(fields.engine, "engine"),
  };
}

/** Of IPv4, 24 and 255.255.255.0 are the same; of IPv6 it is a length. */
function netmaskOf(node: unknown, id: ServiceId, { nodes }: YamlReading): number {
  const family = serviceFamily(id);
  if (family === 6) return nodes.integer(node, 1, addressBits(6));
  const mask = parseIp(nodes.text(node));
  if (mask?.length === 4) return new DataView(mask.buffer).getUint32(0);
  return 2 ** 32 - 2 ** (32 - nodes.integer(node, 0, addressBits(4)));
}

type Fields = { readonly [Name in (typeof SERVICE)[number]]?: unknown };
const SERVICE = [
  ...(["service", "scheduler", "flags", "persistence", "one-packet"] as const),
  ...(["method", "destinations"] as const),
];
const PERSISTENCE = ["timeout", "netmask", "engine"] as const;
const USUAL_SCHEDULER = "wlc"; // of ipvsadm and keepalived too
