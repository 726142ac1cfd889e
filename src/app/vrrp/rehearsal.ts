/**
 * What a run of a virtual router would find and do here: it goes as far as a run does before it takes
 * part, and finds all that is in the way at once.
 */
import type { IpBytes } from "../../core/addr.ts";
import { SystemError, UsageError } from "../../core/errors.ts";
import { NETLINK_ROUTE } from "../../core/netlink/rtnl.ts";
import { deleteAddress } from "../../core/netlink/rtnl-address.ts";
import type { NetlinkSocket, Ports } from "../../io/ports.ts";
import type { InterfaceFault } from "../../proto/vrrp/interface-status.ts";
import { takeoverLimitMs } from "../../proto/vrrp/times.ts";
import { rehearseGuard } from "./accept-guard.ts";
import { claim, examine, refuseForeign } from "./admission.ts";
import { routingLeftovers } from "./held-routing.ts";
import { hostCaveats } from "./host-caveats.ts";
import { instanceCaveats, type VrrpInstance } from "./instance.ts";
import { assessFor } from "./interface-watch.ts";
import { VrrpRouter } from "./router.ts";
import type { VrrpRunOptions } from "./run.ts";
import { strayRests } from "./strays.ts";
import { VirtualAddresses } from "./virtual-addresses.ts";
import { vmacLeftovers } from "./vmac-leftovers.ts";

export interface VrrpPlan {
  readonly refusals: readonly Refusal[]; // why a run would end at once
  readonly source: IpBytes | null; // null while there is none
  readonly faults: readonly InterfaceFault[];
  readonly leftovers: readonly string[]; // one sentence for each thing that is there already
  readonly caveats: readonly string[]; // what is not as it should be and works all the same
  readonly takeoverLimitMs: number; // our own
  readonly peerLimitMs: number; // of a peer of the least priority
}

export type Refusal = SystemError | UsageError;

type Rehearsal = Pick<
  VrrpRunOptions,
  "instance" | "force" | "signal" | "recordDirectory" | "caveats"
>;

/**
 * Changes nothing, but makes a directory to record in and removes it, and sends no advert; joins the group, to listen for one interval unless `force`.
 * @throws UsageError, SystemError where the interface does not fit; the reason of `signal`
 */
export async function rehearseVrrp(rehearsal: Rehearsal, ports: Ports): Promise<VrrpPlan> {
  const { instance } = rehearsal;
  const netlink = ports.openNetlink(NETLINK_ROUTE);
  try {
    const states = examine(instance, netlink);
    const refusals = await findRefusals(rehearsal, ports, netlink);
    return {
      ...assessFor(instance, states),
      refusals,
      leftovers: refusals.some(isRunning)
        ? [] // what is there is in use
        : [
            ...vmacLeftovers(instance, netlink),
            ...new VirtualAddresses(ports, netlink, instance).leftoversOn(states),
            ...routingLeftovers(netlink, instance.routing),
            ...(await strayRests(instance, states, netlink, ports)),
          ],
      caveats: [
        ...(rehearsal.caveats ?? []),
        ...instanceCaveats(instance),
        ...hostCaveats(instance, states),
      ],
      takeoverLimitMs: takeoverLimitMs(instance.config),
      peerLimitMs: takeoverLimitMs({ ...instance.config, priority: 1 }),
    };
  } finally {
    netlink.close();
  }
}

const isRunning = (refusal: Refusal): boolean =>
  refusal instanceof SystemError && refusal.code === "already-running";

async function findRefusals(
  { instance, force, signal, recordDirectory }: Rehearsal,
  ports: Ports,
  netlink: NetlinkSocket,
): Promise<Refusal[]> {
  const refusals: Refusal[] = [];
  const attempt = async (act: () => Promise<void> | void): Promise<void> => {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof SystemError || error instanceof UsageError)) throw error;
      refusals.push(error);
    }
  };
  await attempt(() => {
    if (recordDirectory !== null) ports.files.tryDirectory(recordDirectory);
  });
  await attempt(() => claim(instance, ports).close());
  await attempt(() => requireChanges(netlink, instance));
  await attempt(() => rehearseGuard(instance, ports));
  await attempt(async () => {
    const router = new VrrpRouter({ ...instance, vmac: null }, ports, netlink, { emit: () => {} });
    try {
      if (!force) refuseForeign(instance, await router.survey(signal));
    } finally {
      router.close();
    }
  });
  signal.throwIfAborted();
  return refusals;
}

/** Asks for a change that the kernel can only refuse: whether for want of permission is what counts. */
function requireChanges(netlink: NetlinkSocket, { ifName, vips }: VrrpInstance): void {
  const [vip] = vips as [VrrpInstance["vips"][number]];
  const [answer] = netlink.transact([deleteAddress({ ...vip, ifIndex: NO_INTERFACE })]);
  const { code, detail } = answer?.refusal ?? {};
  if (code === "EPERM") throw new SystemError("address change", ifName, code, detail);
}

const NO_INTERFACE = 0x7fff_ffff;
