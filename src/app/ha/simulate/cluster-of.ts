/** Several keepalived.conf as one cluster: who hears whom, and from which addresses. */
import type { EffectiveVrrp } from "../../../config/effective/configuration.ts";
import type { EffectiveInstance } from "../../../config/effective/instance.ts";
import { type IpBytes, includesIp } from "../../../core/addr.ts";
import { takingPart } from "../router-settings.ts";
import { clusterProblems, type SimulatedCluster } from "./cluster.ts";
import { nodeOf } from "./node-of.ts";

export interface ClusterMember {
  readonly name: string; // of the node
  readonly vrrp: EffectiveVrrp;
}

export interface PlannedCluster {
  readonly cluster: SimulatedCluster;
  readonly notes: readonly string[]; // what is simulated otherwise than it is written
  readonly problems: readonly string[]; // with any of them it cannot be simulated
}

export function clusterOf(members: readonly ClusterMember[]): PlannedCluster {
  const families = familiesOf(members);
  const nodes = members.map((member, index) =>
    nodeOf(member.name, member.vrrp, (instance) => {
      const family = families.get(keyOf(instance)) ?? [];
      return { lan: lanOf(instance, family), source: sourceOf(instance, index, family) };
    }),
  );
  const cluster = { nodes };
  const isEmpty = nodes.every(({ instances }) => instances.length === 0);
  return {
    cluster,
    notes: members.flatMap(notesOn),
    problems: [
      ...(isEmpty ? ["there is no vrrp_instance that takes part"] : []),
      ...members.flatMap(unknownAuthentication),
      ...clusterProblems(cluster),
    ],
  };
}

/**
 * Hosts call one link by different names: a number is one virtual router, wherever it is. Only where a
 * node has it twice the names of the interfaces tell which belong together.
 */
function lanOf(instance: EffectiveInstance, family: Family): string {
  const isTwice = new Set(family.map(({ index }) => index)).size < family.length;
  return isTwice ? `${instance.interface.value}` : "";
}

/**
 * The address that is written; of unicast the one that the others name and nobody else has. Addresses of
 * interfaces are not in the files: they are made up, that of a later node is higher.
 */
function sourceOf(instance: EffectiveInstance, index: number, family: Family): IpBytes {
  const written = writtenSource(instance);
  if (written !== null) return written;
  const others = family.flatMap((one) => (one.index === index ? [] : one.instance));
  const taken = [...peersOf(instance), ...others.flatMap((one) => writtenSource(one) ?? [])];
  const named = others.flatMap(peersOf).find((ip) => !includesIp(taken, ip));
  return named ?? madeUp(instance.family.value, index + 1);
}

const writtenSource = (instance: EffectiveInstance): IpBytes | null =>
  peersOf(instance).length > 0
    ? (instance.unicast_src_ip.value ?? instance.mcast_src_ip.value)
    : instance.mcast_src_ip.value;

const peersOf = ({ unicast_peer }: EffectiveInstance): IpBytes[] =>
  unicast_peer.map(({ value }) => value.ip);

/** Instances of one number, and of which nodes they are. */
type Family = readonly { readonly instance: EffectiveInstance; readonly index: number }[];

function familiesOf(members: readonly ClusterMember[]): ReadonlyMap<string, Family> {
  const families = new Map<string, { instance: EffectiveInstance; index: number }[]>();
  for (const [index, { vrrp }] of members.entries()) {
    for (const instance of vrrp.instances) {
      const family = families.get(keyOf(instance)) ?? [];
      family.push({ instance, index });
      families.set(keyOf(instance), family);
    }
  }
  return families;
}

const keyOf = ({ family, virtual_router_id: vrid }: EffectiveInstance): string =>
  `${family.value} ${vrid.value}`;

/** Link-local. @param number of the node, below 65536 */
const madeUp = (family: 4 | 6, number: number): IpBytes => {
  const [high, low] = [number >> 8, number & 0xff];
  return family === 4
    ? Uint8Array.of(169, 254, high, low)
    : Uint8Array.of(0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, high, low);
};

function notesOn({ name, vrrp }: ClusterMember): string[] {
  const active = takingPart(vrrp);
  const idle = vrrp.instances.filter((one) => !active.includes(one));
  const signed = active.filter(({ auth_hmac }) => auth_hmac.value !== null);
  return [
    ...idle.map((one) => {
      const why = one.faults[0]?.message ?? `another one of vrrp_sync_group ${one.group} does`;
      return `${name}: vrrp_instance ${one.name} stays in FAULT, and takes no part: ${why}`;
    }),
    ...(signed.length > 0 ? [`${name}: signatures of auth_hmac are not compared`] : []),
  ];
}

const unknownAuthentication = ({ name, vrrp }: ClusterMember): string[] =>
  takingPart(vrrp).flatMap((one) =>
    one.authentication.value?.type === "AH"
      ? [`${name}: ${one.name}: auth_type AH cannot be simulated`]
      : [],
  );
