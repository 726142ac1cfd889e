/** From a vrrp_instance as it is in force to a virtual router as `vrrp run` has it. */
import type {
  Authentication,
  EffectiveAddress,
  EffectiveInstance,
} from "../../../config/effective/instance.ts";
import type { VirtualAddress } from "../../../proto/vrrp/virtual-address.ts";
import type { Vmac } from "../../../proto/vrrp/vmac.ts";
import { leaseFor, type VrrpInstance, virtualAddress } from "../../vrrp/instance.ts";
import { vmacFor } from "../../vrrp/vmac.ts";
import { configOf, isOwnInterface, reachOf, trackerOf } from "../simulate/node-of.ts";
import type { PlannedRouter } from "./plan.ts";

/** @param startupDelayMs of global_defs: before it a router takes over from nobody */
export function plannedRouter(one: EffectiveInstance, startupDelayMs: number): PlannedRouter {
  return {
    instance: instanceOf(one, startupDelayMs),
    trackers: one.trackers.filter((tracker) => !isOwnInterface(tracker)).map(trackerOf),
    tracksOwnLink: one.trackers.some(isOwnInterface),
  };
}

function instanceOf(one: EffectiveInstance, startupDelayMs: number): VrrpInstance {
  const ifName = one.interface.value ?? "";
  const vmac = vmacOf(one);
  const place = { ifName, vmac };
  const vips = one.virtual_ipaddress.map(({ value }) => addressOf(value, place));
  const excludedVips = one.virtual_ipaddress_excluded.map(({ value }) => addressOf(value, place));
  const config = configOf(one, startupDelayMs);
  return {
    name: one.name,
    ifName,
    family: one.family.value,
    vips,
    excludedVips,
    vmac,
    source: sourceOf(one),
    reach: reachOf(one),
    authPass: passwordOf(one.authentication.value),
    hmac: null,
    accept: one.accept.value,
    verify: null,
    routing: { routes: [], rules: [] },
    config: {
      ...config,
      garpRepeat: one.garp_master_repeat.value,
      garpDelayMs: one.garp_master_delay.value * 1000,
      garpRefreshMs: one.garp_master_refresh.value * 1000,
      leaseS: leaseFor("auto", config),
    },
  };
}

function addressOf(
  { address, options }: EffectiveAddress,
  place: Pick<VrrpInstance, "ifName" | "vmac">,
): VirtualAddress {
  const { value: dev, origin } = options.dev;
  const ifName = origin.kind === "inherited" ? undefined : (dev ?? undefined);
  const wish = {
    ...address,
    ifName,
    label: options.label.value,
    scope: options.scope.value ?? undefined,
    tracked: options.no_track.value === null && ifName !== undefined,
  };
  return virtualAddress(wish, place);
}

function vmacOf(one: EffectiveInstance): Vmac | null {
  const { use_vmac: vmac, vmac_xmit_base: base, virtual_router_id: vrid } = one;
  if (vmac.value === null) return null;
  const family = one.family.value;
  const sendsAdverts = base.value === null && one.unicast_peer.length === 0;
  return vmacFor({ family, vrid: vrid.value ?? 0, name: vmac.value.ifName, sendsAdverts });
}

const sourceOf = (one: EffectiveInstance): VrrpInstance["source"] =>
  one.unicast_peer.length > 0
    ? (one.unicast_src_ip.value ?? one.mcast_src_ip.value)
    : one.mcast_src_ip.value;

/** Byte by byte: what stands there is not always UTF-8. */
const passwordOf = (authentication: Authentication | null): string | null =>
  authentication?.type === "PASS" ? new TextDecoder().decode(authentication.password) : null;
