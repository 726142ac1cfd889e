/** What the host has while `ha up` runs: static addresses, routes and rules, put back where they are taken away. */
import { formatCidr, sameIp } from "../../../../core/addr.ts";
import { SystemError } from "../../../../core/errors.ts";
import { addAddress, deleteAddress, FOREVER } from "../../../../core/netlink/rtnl-address.ts";
import { isSameValue, valueKey } from "../../../../core/same-value.ts";
import type { Closable, NetlinkSocket, Ports } from "../../../../io/ports.ts";
import type { VirtualAddress } from "../../../../proto/vrrp/virtual-address.ts";
import { ROUTER_ADDRESS_PROTOCOL } from "../../../rtnl.ts";
import { HeldRouting } from "../../../vrrp/held-routing.ts";
import { type InterfaceState, troubleOf } from "../../../vrrp/interface-watch.ts";
import type { Interfaces } from "../../../vrrp/interfaces.ts";
import { newAddress } from "../../../vrrp/new-address.ts";
import type { VirtualRouting } from "../../../vrrp/virtual-routing.ts";
import type { PlannedStatics } from "../plan/plan.ts";

type Tell = (text: string) => void;

/** From plan to plan: what is in both is not disturbed. */
export class Statics implements Closable {
  readonly #ports: Ports;
  readonly #netlink: NetlinkSocket;
  readonly #interfaces: Interfaces;
  readonly #tell: Tell;
  readonly #parts = new Map<string, Closable>(); // by all that is said of each
  #routing: { readonly what: VirtualRouting; readonly held: HeldRouting } | undefined;

  constructor(ports: Ports, netlink: NetlinkSocket, interfaces: Interfaces, tell: Tell) {
    this.#ports = ports;
    this.#netlink = netlink;
    this.#interfaces = interfaces;
    this.#tell = tell;
  }

  /** This from now on, and nothing else. @throws SystemError, at the first time with nothing left behind */
  hold({ addresses, routing, promoting }: PlannedStatics): void {
    const isFirst = this.#parts.size === 0 && this.#routing === undefined;
    const wanted = new Map([...promoting, ...addresses].map((what) => [valueKey(what), what]));
    try {
      for (const key of [...this.#parts.keys()].reverse()) if (!wanted.has(key)) this.#end(key);
      for (const [key, what] of wanted) {
        if (!this.#parts.has(key)) this.#parts.set(key, this.#begin(what));
      }
      if (!isSameValue(this.#routing?.what, routing)) this.#route(routing);
    } catch (error) {
      if (isFirst) this.close();
      throw error;
    }
  }

  close(): void {
    const { held } = this.#routing ?? {};
    this.#routing = undefined;
    held?.release();
    held?.close();
    for (const key of [...this.#parts.keys()].reverse()) this.#end(key);
  }

  #end(key: string): void {
    const part = this.#parts.get(key);
    this.#parts.delete(key);
    part?.close();
  }

  #begin(what: string | VirtualAddress): Closable {
    if (typeof what === "string") return promoteOn(what, this.#ports);
    return new StaticAddress(what, this.#netlink, this.#interfaces, this.#tell);
  }

  /** What has another gateway goes first, for both cannot be there. */
  #route(what: VirtualRouting): void {
    const former = this.#routing?.held;
    former?.leave(what);
    former?.close();
    const held = new HeldRouting(this.#ports, this.#netlink, what, (_, text) => this.#tell(text));
    this.#routing = { what, held };
    if (former === undefined) held.inherit();
    held.hold();
  }
}

/** keepalived puts the setting back at the end, and so do we. */
function promoteOn(ifName: string, ports: Pick<Ports, "readSysctl" | "writeSysctl">): Closable {
  const path = `net/ipv4/conf/${ifName}/promote_secondaries`;
  const before = ports.readSysctl(path);
  if (before === undefined || before === "1") return { close: () => {} };
  ports.writeSysctl(path, "1");
  return {
    close: () => {
      if (ports.readSysctl(path) !== undefined) ports.writeSysctl(path, before);
    },
  };
}

/** On an interface that may go and come back. */
class StaticAddress implements Closable {
  readonly #wanted: VirtualAddress;
  readonly #netlink: NetlinkSocket;
  readonly #tell: Tell;
  readonly #watch: Closable;
  #isHosts = false; // it was there before us, and stays
  #state: InterfaceState | undefined;

  constructor(wanted: VirtualAddress, netlink: NetlinkSocket, interfaces: Interfaces, tell: Tell) {
    this.#wanted = wanted;
    this.#netlink = netlink;
    this.#tell = tell;
    const { ifName } = wanted;
    const onTrouble = (error: SystemError): void => tell(error.message);
    this.#watch = interfaces.follow(ifName, { onChange: (state) => this.#put(state), onTrouble });
    try {
      this.#put(interfaces.stateOf(ifName));
    } catch (error) {
      this.#watch.close();
      throw error;
    }
  }

  close(): void {
    this.#watch.close();
    const { link } = this.#state ?? {};
    if (link === undefined || this.#isHosts) return;
    const peer = this.#wanted.extras?.peer ?? null;
    this.#netlink.transact([deleteAddress({ ...this.#wanted, ifIndex: link.ifIndex, peer })]);
  }

  #put(state: InterfaceState): void {
    const isFirst = this.#state === undefined;
    this.#state = state;
    const { link, addresses } = state;
    const there = addresses.find(({ ip }) => sameIp(ip, this.#wanted.ip));
    if (isFirst) this.#isHosts = (there?.protocol ?? OURS) !== OURS;
    if (link === undefined || troubleOf(link) === "gone" || !link.up || there !== undefined) return;
    const wanted = newAddress(this.#wanted, link.ifIndex, FOR_EVER);
    const [answer] = this.#netlink.transact([addAddress(wanted)]);
    const { refusal } = answer ?? {};
    if (refusal === undefined || refusal.code === "EEXIST") return;
    const text = formatCidr(this.#wanted);
    this.#tell(new SystemError("address add", text, refusal.code, refusal.detail).message);
  }
}

const FOR_EVER = { validLftS: FOREVER, ageS: 0 };
const OURS = ROUTER_ADDRESS_PROTOCOL;
