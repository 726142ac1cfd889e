/** What of a keepalived.conf means the same for virtual routers and scripts that run and for simulated ones. */
import type { EffectiveVrrp } from "../../config/effective/configuration.ts";
import type { Definition } from "../../config/effective/definitions.ts";
import { OWNER } from "../../config/effective/identity.ts";
import type { EffectiveInstance, Tracker } from "../../config/effective/instance.ts";
import type { VRRP_SCRIPT } from "../../config/tables/vrrp-script.ts";
import type { Tracker as RouterTracker } from "../../proto/ha/tracking.ts";
import { USUAL, type VrrpConfig } from "../../proto/vrrp/config.ts";
import type { VrrpReach } from "../../proto/vrrp/reach.ts";

/** All but those that their settings keep in FAULT, and the others of their sync groups. */
export function takingPart({ instances }: EffectiveVrrp): EffectiveInstance[] {
  const faulty = instances.filter(({ faults }) => faults.length > 0);
  const groups = new Set(faulty.flatMap(({ group }) => group ?? []));
  return instances.filter(
    (one) => !faulty.includes(one) && (one.group === null || !groups.has(one.group)),
  );
}

export function configOf(instance: EffectiveInstance, startupDelayMs: number): VrrpConfig {
  const priority = instance.priority.value;
  const isOwner = priority === OWNER;
  const ownerIgnoresAdverts = isOwner && instance.owner_ignore_adverts.value;
  return {
    ...USUAL,
    version: instance.version.value === 2 ? 2 : 3,
    vrid: instance.virtual_router_id.value ?? 0,
    priority,
    adverIntervalMs: instance.advert_int.value,
    preempt: isOwner || !instance.nopreempt.value,
    preemptDelayMs: isOwner ? 0 : instance.preempt_delay.value,
    downAdverts: instance.down_timer_adverts.value,
    startupDelayMs,
    ownerIgnoresAdverts,
    strongestPeer: instance.timer_expired_backup.value ?? USUAL.strongestPeer,
    checksum: isBare(instance) ? "bare" : USUAL.checksum,
    answersLower: !instance.lower_prio_no_advert.value,
    advertisesOnYield: instance.higher_prio_send_advert.value && !ownerIgnoresAdverts,
    leaseS: null,
    ...UNHEARD,
  };
}

const isBare = ({ version, family, v3_checksum_as_v2: said }: EffectiveInstance): boolean =>
  said.value === true && version.value === 3 && family.value === 4;

/** Neighbours are not simulated, nor is anybody who takes an address away. */
const UNHEARD = {
  garpRepeat: 1,
  garpDelayMs: 0,
  garpRefreshMs: 0,
  onLoss: "restore",
  lossLimit: 10,
} as const;

export function reachOf({
  unicast_peer: peers,
  mcast_dst_ip: group,
}: EffectiveInstance): VrrpReach {
  if (peers.length === 0) return { kind: "group", group: group.value };
  const believed = peers.map(({ value: { ip, options } }) => ({
    ip,
    minTtl: options.min_ttl?.value ?? 0,
    maxTtl: options.max_ttl?.value ?? 255,
  }));
  return { kind: "peers", peers: believed };
}

export const isOwnInterface = ({ because }: Tracker): boolean => because === "own interface";

export const trackerOf = ({ kind, name, weight: { value } }: Tracker): RouterTracker => ({
  kind,
  name,
  weight: value.weight,
  isReverse: value.isReversed,
});

/** When a vrrp_script runs, and when its results count. */
export function scriptSettings({ name, values }: Definition<typeof VRRP_SCRIPT>) {
  const { interval, timeout, rise, fall, init_fail } = values;
  const intervalMs = interval.value ?? 1000;
  return {
    name,
    intervalMs,
    timeoutMs: timeout.value ?? intervalMs,
    rise: rise.value ?? 1,
    fall: fall.value ?? 1,
    initFail: init_fail.value !== null,
  };
}
