/** From a vrrp_instance as it is in force to a virtual router as `vrrp run` has it. */
import { OWNER } from "../../../config/effective/identity.ts";
import type {
  Authentication,
  EffectiveAddress,
  EffectiveInstance,
} from "../../../config/effective/instance.ts";
import type { Ports } from "../../../io/ports.ts";
import { lawfulTrackers } from "../../../proto/ha/tracking.ts";
import type { VirtualAddress } from "../../../proto/vrrp/virtual-address.ts";
import type { Vmac } from "../../../proto/vrrp/vmac.ts";
import { leaseFor, type VrrpInstance, virtualAddress } from "../../vrrp/instance.ts";
import { vmacFor } from "../../vrrp/vmac.ts";
import { configOf, isOwnInterface, reachOf, trackerOf } from "../router-settings.ts";
import { keysOf } from "./keys-of.ts";
import type { PlannedRouter } from "./plan.ts";
import { type Note, routingOf } from "./routing-of.ts";

/**
 * @param startupDelayMs of global_defs: before it a router takes over from nobody
 * @throws SystemError, UsageError where a key file cannot be read
 */
export function plannedRouter(
  one: EffectiveInstance,
  startupDelayMs: number,
  ports: Pick<Ports, "readSecretFile">,
  note: Note,
): PlannedRouter {
  noteUnsupported(one, note);
  const watched = one.trackers.filter(({ kind }) => kind !== "bfd");
  const trackers = watched.filter((tracker) => !isOwnInterface(tracker)).map(trackerOf);
  const isOwner = one.priority.value === OWNER;
  return {
    instance: instanceOf(one, startupDelayMs, note),
    keys: one.auth_hmac.value && keysOf(one.auth_hmac.value, ports, note),
    trackers: lawfulTrackers(trackers, { isOwner, mayWeigh: true }), // of groups: done before
  };
}

function instanceOf(one: EffectiveInstance, startupDelayMs: number, note: Note): VrrpInstance {
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
    tracksLink: one.trackers.some(isOwnInterface) || ifName === "",
    routing: routingOf(valuesOf(one.virtual_routes), valuesOf(one.virtual_rules), note),
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
  const usual = vmacFor({ family, vrid: vrid.value ?? 0, name: vmac.value.ifName, sendsAdverts });
  const { mac } = vmac.value;
  return mac === null
    ? usual
    : { ...usual, mac: Uint8Array.of(...mac, vrid.value ?? 0).slice(0, 6) };
}

/** What is understood and does not happen. */
function noteUnsupported(one: EffectiveInstance, note: Note): void {
  const instead: readonly (readonly [keyof EffectiveInstance & string, string, boolean?])[] = [
    ["use_ipvlan", "the addresses are on the interface itself"],
    ["use_vmac_addr", "addresses of other interfaces have their MAC addresses"],
    ["vrf", "adverts leave where the routes lead"],
    ["unicast_ttl", "unicast adverts have a TTL of 255"],
    ["old_unicast_checksum", "checksums are those of RFC 9568"],
    ["kernel_rx_buf_size", "the kernel's own size is taken"],
    ["garp_extra_if", "addresses are announced as all others"],
  ];
  for (const [name, text] of instead) {
    const said = one[name] as { readonly value: unknown };
    if (said.value !== null) note(`${name} is not supported: ${text}`);
  }
  for (const { kind, name } of one.trackers) {
    if (kind === "bfd") note(`track_bfd is not supported: ${name} is taken for up`);
  }
  if (one.authentication.value?.type === "AH") note("auth_type AH is not supported: no AH is sent");
  if (one.garp_master_refresh_repeat.value > 1 && one.garp_master_refresh.value > 0) {
    note("garp_master_refresh_repeat is not supported: 1 is sent each time");
  }
}

const valuesOf = <V>(all: readonly { readonly value: V }[]): V[] => all.map(({ value }) => value);

const sourceOf = (one: EffectiveInstance): VrrpInstance["source"] =>
  one.unicast_peer.length > 0
    ? (one.unicast_src_ip.value ?? one.mcast_src_ip.value)
    : one.mcast_src_ip.value;

/** Byte by byte: what stands there is not always UTF-8. */
const passwordOf = (authentication: Authentication | null): string | null =>
  authentication?.type === "PASS" ? new TextDecoder().decode(authentication.password) : null;
