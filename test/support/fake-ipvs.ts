/**
 * IPVS without a kernel: requests are read from their bytes, answers are bytes, refusals are Linux's. Services come
 * in the order in which they were added.
 */
import assert from "node:assert/strict";
import { readAttributes, text, u16 } from "../../src/core/netlink/attributes.ts";
import { genlBody } from "../../src/core/netlink/genl.ts";
import { HostReader } from "../../src/core/netlink/host-bytes.ts";
import {
  type DaemonAttributes,
  IPVS,
  IPVS_COMMANDS,
  IPVS_INFO,
  type StatsAttributes,
} from "../../src/core/netlink/ipvs.ts";
import {
  addDestination,
  deleteDestination,
  type IpvsDestination,
} from "../../src/core/netlink/ipvs-destination.ts";
import {
  addService,
  deleteService,
  type IpvsService,
  type ServiceId,
} from "../../src/core/netlink/ipvs-service.ts";
import type { NetlinkRequest } from "../../src/core/netlink/message.ts";
import type { NetlinkAnswer, NetlinkSocket } from "../../src/io/ports.ts";

type Values = ReturnType<typeof readIpvs>["values"];
type Service = NonNullable<Values["service"]>;
type Destination = NonNullable<Values["destination"]>;

/** What is counted of one destination. */
export interface Counted {
  readonly activeConnections?: number;
  readonly inactiveConnections?: number;
  readonly persistentConnections?: number;
  readonly stats64?: StatsAttributes;
}

export class FakeIpvs {
  /** Whether the kernel has the module. */
  isThere: boolean = true;
  readonly schedulers = new Set(["rr", "wrr", "lc", "wlc", "sh", "mh"]);
  /** Commands of IPVS_COMMANDS in the order in which they came, dumps left out. */
  readonly commands: number[] = [];
  /** Commands that are refused with this errno name from now on. */
  readonly refusals = new Map<number, string>();
  /** Runs before a request is answered: another program between reading and writing. */
  meanwhile: () => void = () => {};
  timeouts = { tcpS: 900, tcpFinS: 120, udpS: 300 };
  readonly daemons = new Map<number, DaemonAttributes>();
  readonly #services = new Map<string, { own: Service; destinations: Map<string, Destination> }>();

  readonly openNetlink = (protocol: number): NetlinkSocket => {
    assert.equal(protocol, 16, "only NETLINK_GENERIC is here");
    return {
      transact: (requests) => requests.map((request) => this.#answer(request)),
      close: () => {},
    };
  };

  /** As another program does it. */
  add(service: IpvsService, ...destinations: readonly IpvsDestination[]): void {
    this.#byOthers(addService(service).body);
    for (const one of destinations) this.#byOthers(addDestination(service.id, one).body);
  }

  remove(id: ServiceId, destination?: Pick<IpvsDestination, "ip" | "port">): void {
    const request =
      destination === undefined ? deleteService(id) : deleteDestination(id, destination);
    this.#byOthers(request.body);
  }

  /** @param at the place of a destination in the first service */
  count(at: number, counted: Counted): void {
    const [first] = this.#services.values();
    const [key, own] = [...(first?.destinations ?? [])][at] ?? assert.fail("no such destination");
    first?.destinations.set(key, { ...own, ...counted });
  }

  #byOthers(body: Uint8Array): void {
    assert.equal(this.#carryOut(readIpvs(body)), undefined);
  }

  #answer({ type, body }: NetlinkRequest): NetlinkAnswer {
    if (type === GENL_ID_CTRL) {
      const families = this.isThere ? [CTRL, OWN_FAMILY] : [CTRL];
      return told(...families);
    }
    assert.equal(type, FAMILY);
    this.meanwhile();
    const { command, values } = readIpvs(body);
    const refused = this.refusals.get(command);
    if (refused !== undefined) return refusal(refused);
    switch (command) {
      case IPVS_COMMANDS.getService:
        return told(...[...this.#services.values()].map(({ own }) => serviceBody(own)));
      case IPVS_COMMANDS.getDestination: {
        const found = this.#services.get(keyOf(values.service));
        if (found === undefined) return refusal("ESRCH");
        return told(...[...found.destinations.values()].map(destinationBody));
      }
      case IPVS_COMMANDS.getInfo:
        return told(
          genlBody(command, 1, IPVS_INFO, { version: 0x010201, connectionTableSize: 4096 }),
        );
      case IPVS_COMMANDS.getConfig:
        return told(genlBody(IPVS_COMMANDS.setConfig, 1, IPVS, this.timeouts));
      case IPVS_COMMANDS.getDaemon:
        return told(
          ...[...this.daemons.values()].map((daemon) =>
            genlBody(IPVS_COMMANDS.newDaemon, 1, IPVS, { daemon }),
          ),
        );
    }
    this.commands.push(command);
    const code = this.#carryOut({ command, values });
    return code === undefined ? told() : refusal(code);
  }

  /** @returns why not */
  #carryOut({ command, values }: { command: number; values: Values }): string | undefined {
    const { service, destination, daemon } = values;
    const key = keyOf(service);
    const found = this.#services.get(key);
    switch (command) {
      case IPVS_COMMANDS.newService:
        if (found !== undefined) return "EEXIST";
        if (!this.schedulers.has(service?.scheduler ?? "")) return "ENOENT";
        this.#services.set(key, { own: service ?? {}, destinations: new Map() });
        return undefined;
      case IPVS_COMMANDS.setService:
        if (found === undefined) return "ESRCH";
        if (!this.schedulers.has(service?.scheduler ?? "")) return "ENOENT";
        found.own = service ?? {};
        return undefined;
      case IPVS_COMMANDS.deleteService:
        return this.#services.delete(key) ? undefined : "ESRCH";
      case IPVS_COMMANDS.newDestination:
      case IPVS_COMMANDS.setDestination:
      case IPVS_COMMANDS.deleteDestination:
        if (found === undefined) return "ESRCH";
        return changeDestination(found.destinations, command, destination ?? {});
      case IPVS_COMMANDS.flush:
        this.#services.clear();
        return undefined;
      case IPVS_COMMANDS.zero:
        return service === undefined || found !== undefined ? undefined : "ESRCH";
      case IPVS_COMMANDS.setConfig: {
        const { tcpS, tcpFinS, udpS } = values;
        const old = this.timeouts;
        this.timeouts = {
          tcpS: tcpS || old.tcpS,
          tcpFinS: tcpFinS || old.tcpFinS,
          udpS: udpS || old.udpS,
        };
        return undefined;
      }
      case IPVS_COMMANDS.newDaemon:
        if (this.daemons.has(daemon?.state ?? 0)) return "EEXIST";
        this.daemons.set(daemon?.state ?? 0, { ...DAEMON_DEFAULTS, ...daemon });
        return undefined;
      case IPVS_COMMANDS.deleteDaemon:
        return this.daemons.delete(daemon?.state ?? 0) ? undefined : "ESRCH";
    }
    return assert.fail(`command ${command}`);
  }
}

function changeDestination(
  destinations: Map<string, Destination>,
  command: number,
  one: Destination,
) {
  const key = `${one.address}:${one.port}`;
  const before = destinations.get(key);
  if (command === IPVS_COMMANDS.newDestination) {
    if (before !== undefined) return "EEXIST";
  } else if (before === undefined) return "ENOENT";
  if (command === IPVS_COMMANDS.deleteDestination) destinations.delete(key);
  else destinations.set(key, { ...before, ...one });
  return undefined;
}

function readIpvs(body: Uint8Array) {
  const r = new HostReader(body);
  const command = r.u8();
  r.skip(3);
  return { command, values: readAttributes(r, IPVS) };
}

const keyOf = (service: Service | undefined): string =>
  [service?.family, service?.fwmark, service?.protocol, service?.address, service?.port].join(" ");

const serviceBody = (service: Service): Uint8Array =>
  genlBody(IPVS_COMMANDS.newService, 1, IPVS, {
    service: { ...service, address: padded(service.address), stats64: NO_STATS },
  });

const destinationBody = (destination: Destination): Uint8Array =>
  genlBody(IPVS_COMMANDS.newDestination, 1, IPVS, {
    destination: {
      ...NO_CONNECTIONS,
      stats64: NO_STATS,
      ...destination,
      address: padded(destination.address),
    },
  });

/** The kernel tells all of a union. */
function padded(address: Uint8Array | undefined): Uint8Array | undefined {
  if (address === undefined) return undefined;
  const all = new Uint8Array(16);
  all.set(address);
  return all;
}

const told = (...bodies: readonly Uint8Array[]): NetlinkAnswer => ({
  messages: bodies.map((body) => ({ type: FAMILY, body })),
});
const refusal = (code: string): NetlinkAnswer => ({ messages: [], refusal: { code, detail: "" } });

const NO_CONNECTIONS = { activeConnections: 0, inactiveConnections: 0, persistentConnections: 0 };
const NO_STATS = {
  ...{ connections: 0n, inPackets: 0n, outPackets: 0n, inBytes: 0n, outBytes: 0n },
  ...{
    connectionsPerS: 0n,
    inPacketsPerS: 0n,
    outPacketsPerS: 0n,
    inBytesPerS: 0n,
    outBytesPerS: 0n,
  },
};
const DAEMON_DEFAULTS = {
  maxBytes: 1460,
  group4: Uint8Array.of(224, 0, 0, 81),
  port: 8848,
  ttl: 1,
};
const GENL_ID_CTRL = 16;
const FAMILY = 29;
/** Families as the controller tells them: its number, its name. */
const CTRL_FAMILY = { id: u16(1), name: text(2) };
const CTRL = genlBody(1, 2, CTRL_FAMILY, { id: GENL_ID_CTRL, name: "nlctrl" });
const OWN_FAMILY = genlBody(1, 2, CTRL_FAMILY, { id: FAMILY, name: "IPVS" });
