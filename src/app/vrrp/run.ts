/** The life of one virtual router in this process: look around, take part, hand over, end. */
import { familyOf, formatCidr, formatIp, type IpBytes, sameIp } from "../../core/addr.ts";
import { SystemError, UsageError } from "../../core/errors.ts";
import { NETLINK_ROUTE } from "../../core/netlink/rtnl.ts";
import type { Closable, NetlinkSocket, Ports } from "../../io/ports.ts";
import type { InterfaceFault } from "../../proto/vrrp/interface-status.ts";
import { leaseCaveat } from "../../proto/vrrp/lease.ts";
import { destinationsOf } from "../../proto/vrrp/reach.ts";
import type { ForeignUse } from "../../proto/vrrp/survey.ts";
import { takeoverLimitMs } from "../../proto/vrrp/times.ts";
import { requireEthernet } from "../announcements.ts";
import { findLink } from "../rtnl.ts";
import { serveVrrp } from "./control.ts";
import type { VrrpEvent } from "./events.ts";
import { HeldAddresses } from "./held-addresses.ts";
import { instanceKey, instanceProblems, isOwner, type VrrpInstance } from "./instance.ts";
import { assessFor, type InterfaceState, readInterface } from "./interface-watch.ts";
import { renewSecrets, type SecretReload } from "./rotation.ts";
import { VrrpRouter } from "./router.ts";
import { VrrpWatchers } from "./watchers.ts";

export interface VrrpRunOptions {
  readonly instance: VrrpInstance;
  /** Start even on a VRID whose adverts carry other addresses. */
  readonly force: boolean;
  /** Aborted: hand over politely and end. */
  readonly signal: AbortSignal;
  /** Aborted: give up what is held in this very turn. */
  readonly urgent: AbortSignal;
  readonly emit: (event: VrrpEvent) => void;
  /** Undefined where there are no secrets, or none that could be read again. */
  readonly reload?: SecretReload | undefined;
}

/**
 * Resolves after the polite end. Nothing stays behind in any case: no address, no claim, no socket.
 * @throws UsageError, SystemError before the router has taken part in anything
 */
export async function runVrrp(options: VrrpRunOptions, ports: Ports): Promise<void> {
  const { instance, signal, urgent, emit, reload } = options;
  const opened: Closable[] = [];
  const keep = <T extends Closable>(part: T): T => {
    opened.unshift(part);
    return part;
  };
  const closeAll = (): void => {
    for (const part of opened) part.close();
  };
  try {
    const netlink = keep(ports.openNetlink(NETLINK_ROUTE));
    examine(instance, netlink);
    keep(claim(instance, ports));
    const watchers = new VrrpWatchers(instance, ports.clock);
    const tell = (event: VrrpEvent): void => {
      emit(event);
      watchers.tell(event);
    };
    const router = keep(new VrrpRouter(instance, ports, netlink, tell));
    reload?.subscribe(() => renewSecrets(router, instance, reload, tell));
    urgent.addEventListener("abort", closeAll, { once: true });
    keep(await serveVrrp(router, watchers, instance, ports, emit));
    if (!options.force) refuseForeign(instance, await router.survey(signal));
    const text = leaseCaveat(instance.config);
    if (text !== null) tell({ type: "notice", text });
    if (!signal.aborted) await takePart(router, signal);
  } finally {
    urgent.removeEventListener("abort", closeAll);
    closeAll();
  }
}

async function takePart(router: VrrpRouter, signal: AbortSignal): Promise<void> {
  const stop = (): void => router.stop();
  signal.addEventListener("abort", stop, { once: true });
  try {
    await router.run();
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** What a run would find here. */
export interface VrrpPlan {
  readonly source: IpBytes | null; // null while there is none
  readonly faults: readonly InterfaceFault[];
  readonly leftovers: readonly string[]; // one sentence for each address that is there already
  readonly leaseCaveat: string | null; // what the lease cannot promise here
  readonly takeoverLimitMs: number; // our own
  readonly peerLimitMs: number; // of a peer of the least priority
}

/** Changes and sends nothing. @throws UsageError, SystemError as `runVrrp` does */
export function examineVrrp(instance: VrrpInstance, ports: Ports): VrrpPlan {
  const netlink = ports.openNetlink(NETLINK_ROUTE);
  try {
    const { link, addresses } = examine(instance, netlink);
    const held = new HeldAddresses(
      netlink,
      instance.vips,
      isOwner(instance),
      instance.config.leaseS,
    );
    held.moveTo(link?.ifIndex);
    return {
      ...assessFor(instance, { link, addresses }),
      leftovers: held.leftovers(),
      leaseCaveat: leaseCaveat(instance.config),
      takeoverLimitMs: takeoverLimitMs(instance.config),
      peerLimitMs: takeoverLimitMs({ ...instance.config, priority: 1 }),
    };
  } finally {
    netlink.close();
  }
}

/** @throws SystemError naming the nearest interface where there is none of the name */
function examine(instance: VrrpInstance, netlink: NetlinkSocket): InterfaceState {
  const { name } = findLink(netlink, instance.ifName);
  if (name !== instance.ifName) {
    // One interface must have one name, or two processes could run one virtual router on it.
    throw new UsageError(`${instance.ifName} is another name of ${name}: use that`);
  }
  const state = readInterface(netlink, instance.ifName);
  requireFitness(instance, state);
  return state;
}

/** What must be right at the start; later the interface may come and go. */
function requireFitness(instance: VrrpInstance, { link, addresses }: InterfaceState): void {
  const { ifName, family, source, vips, reach } = instance;
  if (link === undefined) return;
  const problems = instanceProblems(instance, link.mtuBytes);
  if (problems.length > 0) throw new UsageError(`${ifName}: ${problems.join("; ")}`);
  requireEthernet(link);
  const self = destinationsOf(reach).find((to) => addresses.some(({ ip }) => sameIp(ip, to)));
  if (self !== undefined) throw new UsageError(`${ifName}: peer ${formatIp(self)} is this host`);
  if (reach.kind === "group" && !link.multicast)
    throw new UsageError(`${ifName}: cannot send to multicast groups`);
  if (!link.running) return; // addresses may come with the carrier, as IPv6's do
  const isVirtual = (ip: Uint8Array): boolean => vips.some((vip) => sameIp(vip.ip, ip));
  const candidates = addresses.filter(({ ip }) => familyOf(ip) === family);
  if (source !== null && !candidates.some(({ ip }) => sameIp(ip, source))) {
    throw new UsageError(`${ifName}: does not have the source address ${formatIp(source)}`);
  }
  if (candidates.length === 0)
    throw new UsageError(`${ifName}: has no IPv${family} address to send from`);
  if (!isOwner(instance) && candidates.every(({ ip }) => isVirtual(ip))) {
    const own = vips.map(formatCidr).join(", ");
    throw new UsageError(
      `${ifName}: has no IPv${family} address but ${own}; who owns the virtual address runs with priority 255`,
    );
  }
}

function claim(instance: VrrpInstance, ports: Ports): Closable {
  const key = instanceKey(instance);
  const claimed = ports.claimName(`vrrp/${key}`);
  if (claimed !== undefined) return claimed;
  const { ifName, family, config } = instance;
  throw new SystemError(
    "claim",
    `VRID ${config.vrid} for IPv${family} on ${ifName}`,
    "already-running",
    "another process runs this virtual router here",
  );
}

function refuseForeign(instance: VrrpInstance, foreign: ForeignUse | undefined): void {
  if (foreign === undefined) return;
  const { ifName, config, vips } = instance;
  const ours = vips.map(({ ip }) => formatIp(ip)).join(", ");
  throw new UsageError(
    `VRID ${config.vrid} on ${ifName} is in use: ${foreign.source} advertises ` +
      `${foreign.addresses.join(", ")}, not ${ours}; take another VRID, or --force`,
  );
}
