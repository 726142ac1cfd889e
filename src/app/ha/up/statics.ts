/** What the host has while `ha up` runs: static addresses, routes and rules, put back where they are taken away. */
import { formatCidr, sameIp } from "../../../core/addr.ts";
import { SystemError } from "../../../core/errors.ts";
import { addAddress, deleteAddress, FOREVER } from "../../../core/netlink/rtnl-address.ts";
import type { Closable, NetlinkSocket, Ports } from "../../../io/ports.ts";
import type { VirtualAddress } from "../../../proto/vrrp/virtual-address.ts";
import { ROUTER_ADDRESS_PROTOCOL } from "../../rtnl.ts";
import { HeldRouting } from "../../vrrp/held-routing.ts";
import { type InterfaceState, troubleOf } from "../../vrrp/interface-watch.ts";
import type { Interfaces } from "../../vrrp/interfaces.ts";
import { newAddress } from "../../vrrp/new-address.ts";
import type { PlannedStatics } from "./plan.ts";

type Tell = (text: string) => void;

/** @throws SystemError, with nothing left behind */
export function holdStatics(
  { addresses, routing, promoting }: PlannedStatics,
  ports: Ports,
  netlink: NetlinkSocket,
  interfaces: Interfaces,
  tell: Tell,
): Closable {
  const parts: Closable[] = [];
  const close = (): void => {
    for (const part of parts.splice(0).reverse()) part.close();
  };
  try {
    for (const ifName of promoting) parts.push(promoteOn(ifName, ports));
    for (const ifName of new Set(addresses.map((one) => one.ifName))) {
      const own = addresses.filter((one) => one.ifName === ifName);
      parts.push(new StaticAddresses(ifName, own, netlink, interfaces, tell));
    }
    const held = new HeldRouting(ports, netlink, routing, (_, text) => tell(text));
    parts.push({
      close: () => {
        held.release();
        held.close();
      },
    });
    held.inherit();
    held.hold();
  } catch (error) {
    close();
    throw error;
  }
  return { close };
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

/** Those of one interface, which may go and come back. */
class StaticAddresses implements Closable {
  readonly #wanted: readonly VirtualAddress[];
  readonly #netlink: NetlinkSocket;
  readonly #tell: Tell;
  readonly #watch: Closable;
  readonly #hosts = new Set<VirtualAddress>(); // that were there before us, and stay
  #state: InterfaceState | undefined;

  /** @throws SystemError, and follows nothing then */
  constructor(
    ifName: string,
    wanted: readonly VirtualAddress[],
    netlink: NetlinkSocket,
    interfaces: Interfaces,
    tell: Tell,
  ) {
    this.#wanted = wanted;
    this.#netlink = netlink;
    this.#tell = tell;
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
    if (link === undefined) return;
    const ours = this.#wanted.filter((one) => !this.#hosts.has(one));
    const { ifIndex } = link;
    this.#netlink.transact(
      ours.map((one) => deleteAddress({ ...one, ifIndex, peer: one.extras?.peer ?? null })),
    );
  }

  #put(state: InterfaceState): void {
    const isFirst = this.#state === undefined;
    this.#state = state;
    const { link, addresses } = state;
    const there = (wanted: VirtualAddress) => addresses.find(({ ip }) => sameIp(ip, wanted.ip));
    for (const wanted of isFirst ? this.#wanted : []) {
      const protocol = there(wanted)?.protocol ?? ROUTER_ADDRESS_PROTOCOL;
      if (protocol !== ROUTER_ADDRESS_PROTOCOL) this.#hosts.add(wanted);
    }
    if (link === undefined || troubleOf(link) === "gone" || !link.up) return;
    const missing = this.#wanted.filter((wanted) => there(wanted) === undefined);
    const { ifIndex } = link;
    const answers = this.#netlink.transact(
      missing.map((wanted) => addAddress(newAddress(wanted, ifIndex, FOR_EVER))),
    );
    for (const [index, { refusal }] of answers.entries()) {
      if (refusal === undefined || refusal.code === "EEXIST") continue;
      const text = formatCidr(missing[index] as VirtualAddress);
      this.#tell(new SystemError("address add", text, refusal.code, refusal.detail).message);
    }
  }
}

const FOR_EVER = { validLftS: FOREVER, ageS: 0 };
