/** From a vrrp_instance as it is in force to a virtual router as `vrrp run` has it. */
import type { Globals } from "../../../../config/effective/globals.ts";
import { OWNER } from "../../../../config/effective/identity.ts";
import type {
  Authentication,
  EffectiveAddress,
  EffectiveInstance,
} from "../../../../config/effective/instance.ts";
import { formatCidr } from "../../../../core/addr.ts";
import type { Ports } from "../../../../io/ports.ts";
import { lawfulTrackers } from "../../../../proto/ha/tracking.ts";
import type { VirtualAddress } from "../../../../proto/vrrp/virtual-address.ts";
import type { Vmac } from "../../../../proto/vrrp/vmac.ts";
import {
  leaseFor,
  type Room,
  type SocketWishes,
  USUAL_SOCKETS,
  type VrrpInstance,
  virtualAddress,
} from "../../../vrrp/instance.ts";
import { vmacFor } from "../../../vrrp/vmac.ts";
import { configOf, isOwnInterface, reachOf, trackerOf } from "../../router-settings.ts";
import { extrasOf } from "./address-of.ts";
import { announcingOf, extraGarpOn } from "./announcing-of.ts";
import { keysOf } from "./keys-of.ts";
import type { PlannedRouter } from "./plan.ts";
import { type Note, routingOf } from "./routing-of.ts";

/** @throws SystemError, UsageError where a key file cannot be read */
export function plannedRouter(
  one: EffectiveInstance,
  globals: Globals,
  ports: Pick<Ports, "readSecretFile">,
  note: Note,
): PlannedRouter {
  noteUnsupported(one, note);
  const watched = one.trackers.filter(({ kind }) => kind !== "bfd");
  const trackers = watched.filter((tracker) => !isOwnInterface(tracker)).map(trackerOf);
  const isOwner = one.priority.value === OWNER;
  return {
    instance: instanceOf(one, globals, note),
    afterBootMs: globals.vrrp_delay_after_boot.value ?? 0,
    keys: one.auth_hmac.value && keysOf(one.auth_hmac.value, ports, note),
    trackers: lawfulTrackers(trackers, { isOwner, mayWeigh: true }), // of groups: done before
  };
}

function instanceOf(one: EffectiveInstance, globals: Globals, note: Note): VrrpInstance {
  const ifName = one.interface.value ?? "";
  const vmac = vmacOf(one, globals);
  const place = { ifName, vmac };
  const vips = one.virtual_ipaddress.map(({ value }) => addressOf(value, place));
  const excludedVips = one.virtual_ipaddress_excluded.map(({ value }) => addressOf(value, place));
  const config = configOf(one, globals.vrrp_startup_delay.value ?? 0);
  const extras = extraGarpOn(one, { ifName, vmac, vips });
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
    extraGarpOn: extras,
    comparesAlways: !one.skip_check_adv_addr.value,
    sockets: socketsOf(one, globals),
    routing: routingOf(valuesOf(one.virtual_routes), valuesOf(one.virtual_rules), note),
    config: {
      ...config,
      ...announcingOf(one, extras),
      leaseS: leaseFor("auto", config),
      beatSlotMs: config.adverIntervalMs / BEATS_APART,
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
    extras: extrasOf(address, options),
  };
  return virtualAddress(wish, place);
}

function vmacOf(one: EffectiveInstance, globals: Globals): Vmac | null {
  const { use_vmac: vmac, vmac_xmit_base: base, virtual_router_id: vrid } = one;
  if (vmac.value === null) return null;
  const family = one.family.value;
  const sendsAdverts = base.value === null && one.unicast_peer.length === 0;
  const prefix = globals.vmac_prefix.value;
  const number = vrid.value ?? 0;
  const called = prefix === null ? null : `${prefix}${family === 4 ? "" : "6"}.${number}`;
  const name = vmac.value.ifName ?? called;
  const usual = vmacFor({ family, vrid: number, name, sendsAdverts });
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
    ["old_unicast_checksum", "checksums are those of RFC 9568"],
  ];
  for (const [name, text] of instead) {
    const said = one[name] as { readonly value: unknown };
    if (said.value !== null) note(`${name} is not supported: ${text}`);
  }
  for (const { kind, name } of one.trackers) {
    if (kind === "bfd") note(`track_bfd is not supported: ${name} is taken for up`);
  }
  for (const { value } of [...one.virtual_ipaddress, ...one.virtual_ipaddress_excluded]) {
    if (value.options.use_vmac.value === null) continue;
    note(
      `use_vmac of ${formatCidr(value.address)} is not supported: it is on the interface itself`,
    );
  }
  if (one.use_vmac.value?.options.group) note("group of use_vmac is not supported: it has none");
  if (one.authentication.value?.type === "AH") note("auth_type AH is not supported: no AH is sent");
}

/** Of IPv6 the kernel's own hop limit is 64. */
function socketsOf(
  { unicast_ttl, kernel_rx_buf_size, family }: EffectiveInstance,
  { vrrp_rx_bufs_policy, vrrp_rx_bufs_multiplier }: Globals,
): SocketWishes {
  const usualTtl = family.value === 4 ? USUAL_SOCKETS.unicastTtl : 64;
  const own = kernel_rx_buf_size.value;
  const size = vrrp_rx_bufs_policy.value?.size ?? null;
  const count = vrrp_rx_bufs_multiplier.value ?? 3;
  const units = { MTU: "packet", ADVERT: "advert" } as const;
  const general: Room | null =
    size === null
      ? null
      : typeof size === "number"
        ? { count: size, of: "byte" }
        : { count, of: units[size] };
  return {
    unicastTtl: unicast_ttl.value ?? usualTtl,
    room: own === null ? general : { count: own, of: "byte" },
  };
}

const valuesOf = <V>(all: readonly { readonly value: V }[]): V[] => all.map(({ value }) => value);

const sourceOf = (one: EffectiveInstance): VrrpInstance["source"] =>
  one.unicast_peer.length > 0
    ? (one.unicast_src_ip.value ?? one.mcast_src_ip.value)
    : one.mcast_src_ip.value;

/** Byte by byte: what stands there is not always UTF-8. */
const passwordOf = (authentication: Authentication | null): string | null =>
  authentication?.type === "PASS" ? new TextDecoder().decode(authentication.password) : null;

/** To wake up for each of hundreds of routers alone costs more than what they do then. */
const BEATS_APART = 20;
