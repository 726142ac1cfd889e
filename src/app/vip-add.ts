/** Adds addresses to an interface: found free first, all or none, announced afterwards. */
import {
  type Cidr,
  familyOf,
  formatCidr,
  formatIp,
  type IpBytes,
  isLoopbackIp,
  sameIp,
} from "../core/addr.ts";
import { SystemError, UsageError } from "../core/errors.ts";
import { NETLINK_ROUTE } from "../core/netlink/rtnl.ts";
import {
  ADDRESS_FLAGS,
  FOREVER,
  type InterfaceAddress,
  type NewAddress,
} from "../core/netlink/rtnl-address.ts";
import type { Link } from "../core/netlink/rtnl-link.ts";
import type { NetlinkSocket, Ports } from "../io/ports.ts";
import {
  type AddressChange,
  addressKey,
  inverse,
  planPresence,
  unchangeable,
} from "../proto/address-plan.ts";
import { changeAddresses } from "./address-changes.ts";
import { openAnnouncer } from "./announcements.ts";
import { canProbe, probeDuplicates } from "./duplicate-probe.ts";
import { failedKernelProbe } from "./kernel-probe.ts";
import { findLink, HAND_ADDRESS_PROTOCOL, listAddresses, ROUTER_ADDRESS_PROTOCOL } from "./rtnl.ts";

export interface VipAddRequest {
  readonly ifName: string;
  readonly cidrs: readonly Cidr[];
  readonly label: string | undefined; // IPv4 alone has labels
  readonly scope: number | undefined; // SCOPES; that of an IPv6 address follows from it
  readonly prefixRoute: boolean;
  /** Whether this host's own traffic may leave from it (IPv6); undefined: not from a /128. */
  readonly asSource: boolean | undefined;
  readonly duplicates: DuplicateCheck;
  readonly announce: boolean;
}

/** `probe`: we ask the segment; `kernel`: it does, for IPv6 alone. */
export type DuplicateCheck = "kernel" | "probe" | "none";

export interface VipAddReport {
  /** What became of each address asked for, in their order; nothing was changed when one is `taken`. */
  readonly outcomes: readonly VipOutcome[];
  /** What was left out although asked for, and why: one sentence each. */
  readonly omitted: readonly string[];
}

export interface VipOutcome {
  readonly cidr: Cidr;
  readonly became: "added" | "present" | "changed" | "taken" | "refused";
  /** Of a `taken` address: who has it, where that was heard. `refused`: another one is taken. */
  readonly holder: string | null;
}

/** @throws UsageError, SystemError; the reason of `signal` when it aborts */
export async function addVips(
  request: VipAddRequest,
  ports: Ports,
  signal: AbortSignal,
): Promise<VipAddReport> {
  const netlink = ports.openNetlink(NETLINK_ROUTE);
  try {
    return await new VipAddition(request, ports, netlink, signal).run();
  } finally {
    netlink.close();
  }
}

class VipAddition {
  readonly #request: VipAddRequest;
  readonly #ports: Ports;
  readonly #netlink: NetlinkSocket;
  readonly #signal: AbortSignal;
  readonly #link: Link;
  readonly #before: readonly InterfaceAddress[];
  readonly #changes: readonly AddressChange[];
  readonly #omitted: string[] = [];

  constructor(request: VipAddRequest, ports: Ports, netlink: NetlinkSocket, signal: AbortSignal) {
    this.#request = request;
    this.#ports = ports;
    this.#netlink = netlink;
    this.#signal = signal;
    this.#link = findLink(netlink, request.ifName);
    this.#before = listAddresses(netlink, { ifIndex: this.#link.ifIndex });
    refuseMisplaced(request.cidrs, this.#link, this.#before);
    const wishes = request.cidrs.map((cidr) => wishFor(cidr, this.#link.ifIndex, request));
    const [other] = unchangeable(wishes, this.#before);
    if (other !== undefined) {
      const subject = `${formatCidr(other.was)} on ${this.#link.name}`;
      const detail = `is there with ${other.trait}, which the kernel cannot change: remove it first`;
      throw new SystemError("address add", subject, "EEXIST", detail);
    }
    this.#changes = planPresence(wishes, this.#before).map(withDefaults);
  }

  async run(): Promise<VipAddReport> {
    const taken = await this.#findTaken();
    if (taken.size > 0) return this.#report(taken);
    changeAddresses(this.#netlink, this.#link, this.#changes, this.#before);
    const refused = await this.#awaitKernel();
    if (refused.size > 0) {
      this.#takeBack();
      return this.#report(refused);
    }
    this.#announce();
    return this.#report(new Map());
  }

  /** Who has an address that is to be added, by its text. */
  async #findTaken(): Promise<Map<string, string | null>> {
    const ips = this.#added();
    if (this.#request.duplicates !== "probe" || ips.length === 0) return new Map();
    if (!canProbe(this.#link)) {
      this.#omit("not probed for duplicates");
      return new Map();
    }
    const found = await probeDuplicates(this.#ports, this.#link, ips, this.#signal);
    return new Map(found.map(({ ip, mac }) => [ip, mac]));
  }

  async #awaitKernel(): Promise<Map<string, string | null>> {
    if (this.#request.duplicates !== "kernel") return new Map();
    const ips = this.#added().filter((ip) => familyOf(ip) === 6);
    if (ips.length === 0) return new Map();
    try {
      const failed = await failedKernelProbe(
        this.#ports,
        this.#netlink,
        this.#link,
        ips,
        this.#signal,
      );
      return new Map(failed.map((ip) => [formatIp(ip), null]));
    } catch (error) {
      this.#takeBack();
      throw error;
    }
  }

  #takeBack(): void {
    const back = this.#changes.map(inverse).reverse();
    changeAddresses(this.#netlink, this.#link, back, []);
  }

  #announce(): void {
    const ips = this.#added();
    if (!this.#request.announce || ips.length === 0) return;
    if (!canProbe(this.#link)) {
      this.#omit("not announced");
      return;
    }
    const announcer = openAnnouncer(this.#ports, this.#link, ips);
    try {
      announcer.announce(1);
    } finally {
      announcer.close();
    }
  }

  #added(): IpBytes[] {
    return this.#changes.filter(({ kind }) => kind === "add").map(({ address }) => address.ip);
  }

  /** Loopback has no neighbours, so nothing was asked for there. */
  #omit(what: string): void {
    const { name, running, loopback } = this.#link;
    if (loopback) return;
    const reason = running ? "has no neighbours to ask" : "is down";
    this.#omitted.push(`${what}: ${name} ${reason}`);
  }

  #report(taken: ReadonlyMap<string, string | null>): VipAddReport {
    const { ifIndex } = this.#link;
    const kinds = new Map(this.#changes.map(({ kind, address }) => [addressKey(address), kind]));
    const outcomes = this.#request.cidrs.map((cidr): VipOutcome => {
      const text = formatIp(cidr.ip);
      const holder = taken.get(text) ?? null;
      if (taken.has(text)) return { cidr, became: "taken", holder };
      const kind = kinds.get(addressKey({ ...cidr, ifIndex }));
      if (kind === undefined) return { cidr, became: "present", holder };
      if (taken.size > 0) return { cidr, became: "refused", holder };
      return { cidr, became: kind === "add" ? "added" : "changed", holder };
    });
    return { outcomes, omitted: this.#omitted };
  }
}

/** @throws UsageError, SystemError */
function refuseMisplaced(
  cidrs: readonly Cidr[],
  { name, loopback }: Link,
  present: readonly InterfaceAddress[],
): void {
  for (const cidr of cidrs) {
    if (isLoopbackIp(cidr.ip) && !loopback) {
      throw new UsageError(
        `${formatCidr(cidr)} and ${name} clash: a loopback address is on lo alone`,
      );
    }
    const routers = present.find(
      ({ ip, prefixLength, protocol }) =>
        protocol === ROUTER_ADDRESS_PROTOCOL &&
        prefixLength !== cidr.prefixLength &&
        sameIp(ip, cidr.ip),
    );
    if (routers === undefined) continue;
    const detail = `vrrp run has it there as ${formatCidr(routers)}, and would not take this one away with it`;
    throw new SystemError("address add", `${formatCidr(cidr)} on ${name}`, "EEXIST", detail);
  }
}

function wishFor(cidr: Cidr, ifIndex: number, request: VipAddRequest): NewAddress {
  const { label, scope, prefixRoute, asSource, duplicates } = request;
  const ip4 = familyOf(cidr.ip) === 4;
  const flags =
    (prefixRoute ? 0 : ADDRESS_FLAGS.noPrefixRoute) |
    (ip4 || duplicates === "kernel" ? 0 : ADDRESS_FLAGS.noDad);
  return {
    ...cidr,
    ifIndex,
    ...(scope === undefined ? {} : { scope }),
    flags,
    label: label ?? null,
    protocol: HAND_ADDRESS_PROTOCOL,
    ...(asSource === undefined ? {} : { preferredLftS: asSource ? FOREVER : 0 }),
  };
}

/** A virtual address that moves away is a bad source of our own connections. */
function withDefaults(change: AddressChange): AddressChange {
  const { kind, address } = change;
  const single = familyOf(address.ip) === 6 && address.prefixLength === 128;
  if (kind !== "add" || !single || address.preferredLftS !== undefined) return change;
  return { kind, address: { ...address, preferredLftS: 0 } };
}
