/** What adverts say of themselves, which all nodes have alike: version, number, interval, where they go to, checksum. */
import { formatIp } from "../../core/addr.ts";
import { formatDurationMs } from "../../core/duration.ts";
import {
  CHECKSUMS_DIFFER,
  GROUPS_DIFFER,
  INTERVALS_DIFFER,
  TRANSPORTS_DIFFER,
  V2_INTERVALS_DIFFER,
  VERSIONS_DIFFER,
  VRIDS_DIFFER,
} from "../codes/cluster.ts";
import { byDefault, type InForce } from "../effective/in-force.ts";
import type { Report } from "../finding.ts";
import { oddOnes, tellDifference } from "./differences.ts";
import type { Member, SharedRouter } from "./members.ts";

export const DISCARDED = "each discards the adverts of the other, and both become MASTER";
const UNHEARD = "none hears the other, and both become MASTER";

export function compareVersions(router: SharedRouter, report: Report): void {
  for (const pair of oddOnes(router, ({ instance }) => instance.version.value)) {
    const textOf = ({ instance }: Member): string => `version ${instance.version.value}`;
    const settingOf = ({ instance }: Member): InForce<unknown> => instance.version;
    tellDifference(VERSIONS_DIFFER, pair, settingOf, textOf, DISCARDED, report);
  }
}

export function compareNumbers(router: SharedRouter, report: Report): void {
  const known = router.filter(({ instance }) => instance.virtual_router_id.value !== null);
  for (const pair of oddOnes(known, ({ instance }) => instance.virtual_router_id.value)) {
    const textOf = ({ instance }: Member): string =>
      `virtual_router_id ${instance.virtual_router_id.value}`;
    const settingOf = ({ instance }: Member): InForce<unknown> => instance.virtual_router_id;
    tellDifference(VRIDS_DIFFER, pair, settingOf, textOf, UNHEARD, report);
  }
}

export function compareIntervals(router: SharedRouter, report: Report): void {
  for (const pair of oddOnes(router, ({ instance }) => instance.advert_int.value)) {
    const textOf = ({ instance }: Member): string =>
      `advert_int ${formatDurationMs(instance.advert_int.value)}`;
    const settingOf = ({ instance }: Member): InForce<unknown> => instance.advert_int;
    const isV2 = [pair.member, pair.other].some(({ instance }) => instance.version.value === 2);
    const so = isV2 ? DISCARDED : "how soon a failure is noticed depends on who is MASTER";
    const kind = isV2 ? V2_INTERVALS_DIFFER : INTERVALS_DIFFER;
    tellDifference(kind, pair, settingOf, textOf, so, report);
  }
}

export const isUnicast = ({ instance }: Member): boolean => instance.unicast_peer.length > 0;

export function compareTransports(router: SharedRouter, report: Report): void {
  for (const pair of oddOnes(router, isUnicast)) {
    const textOf = (member: Member): string => (isUnicast(member) ? "unicast peers" : "multicast");
    const settingOf = ({ instance }: Member): InForce<unknown> =>
      instance.unicast_peer[0] ?? byDefault(null);
    tellDifference(TRANSPORTS_DIFFER, pair, settingOf, textOf, DISCARDED, report);
  }
}

export function compareMulticastGroups(router: SharedRouter, report: Report): void {
  const multicasting = router.filter((member) => !isUnicast(member));
  const groupOf = ({ instance }: Member): string => formatIp(instance.mcast_dst_ip.value);
  for (const pair of oddOnes(multicasting, groupOf)) {
    const textOf = (member: Member): string => `group ${groupOf(member)}`;
    const settingOf = ({ instance }: Member): InForce<unknown> => instance.mcast_dst_ip;
    tellDifference(GROUPS_DIFFER, pair, settingOf, textOf, UNHEARD, report);
  }
}

/** Over IPv6 the kernel makes them. */
export function compareChecksums(router: SharedRouter, report: Report): void {
  const concerned = router.filter(
    ({ instance }) => instance.version.value === 3 && instance.family.value === 4,
  );
  const textOf = ({ instance }: Member): string =>
    `v3_checksum_as_v2 ${instance.v3_checksum_as_v2.value === true ? "on" : "off"}`;
  for (const pair of oddOnes(concerned, textOf)) {
    const settingOf = ({ instance }: Member): InForce<unknown> => instance.v3_checksum_as_v2;
    tellDifference(CHECKSUMS_DIFFER, pair, settingOf, textOf, DISCARDED, report);
  }
}
