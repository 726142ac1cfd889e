/** Holds what is in force against what is heard on a link. */
import { formatIp } from "../../core/addr.ts";
import { formatDurationMs } from "../../core/duration.ts";

import type { ClusterNode } from "../cluster/members.ts";
import {
  ADDRESS_UNDER_OTHER_NUMBER,
  NOBODY_BELIEVED,
  NOBODY_HEARD,
  NOTHING_ON_LINK,
  NUMBER_IN_USE,
  SEVERAL_MASTERS_HEARD,
} from "../codes/wire.ts";
import { spanOf } from "../effective/in-force.ts";
import type { EffectiveInstance } from "../effective/instance.ts";
import { finding, type Report } from "../finding.ts";
import type { HeardLink, HeardRouter, HeardSpeaker } from "./heard.ts";
import { compareSpeaker } from "./speaker.ts";

export function checkWire(node: ClusterNode, link: HeardLink, report: Report): void {
  const { vrrp } = node;
  const here = vrrp.instances.filter((one) => one.interface.value === link.ifName);
  const [first] = vrrp.instances;
  if (here.length === 0 && first !== undefined) {
    const message = `no vrrp_instance is on ${link.ifName}: nothing is compared with what is heard there`;
    report(finding(NOTHING_ON_LINK, spanOf(first.interface.origin) ?? first.span, message));
  }
  for (const instance of here) {
    const isOurs = ({ vrid, family }: HeardRouter): boolean =>
      vrid === instance.virtual_router_id.value && family === instance.family.value;
    const heard = link.routers.find(isOurs);
    const others = link.routers.filter((one) => !isOurs(one));
    const isElsewhere = findAddresses(instance, others, report);
    if (heard !== undefined || !isElsewhere) findMasters(instance, heard, link, report);
    for (const speaker of heard?.speakers ?? []) {
      if (!findOtherUse(instance, speaker, report))
        compareSpeaker({ node, instance }, speaker, report);
    }
  }
}

const numberSpan = ({ virtual_router_id, span }: EffectiveInstance): EffectiveInstance["span"] =>
  spanOf(virtual_router_id.origin) ?? span;

function findMasters(
  instance: EffectiveInstance,
  heard: HeardRouter | undefined,
  { ifName, listenedMs }: HeardLink,
  report: Report,
): void {
  const it = `virtual_router_id ${instance.virtual_router_id.value}`;
  const span = numberSpan(instance);
  const masters = heard?.speakers.filter(({ isMaster }) => isMaster) ?? [];
  if (masters.length > 1) {
    const who = masters.map(({ source }) => formatIp(source)).join(" and ");
    report(finding(SEVERAL_MASTERS_HEARD, span, `${it} has several MASTERs on ${ifName}: ${who}`));
  }
  const disbelieved = heard?.disbelieved ?? 0;
  if (disbelieved > 0) {
    const adverts = disbelieved === 1 ? "an advert" : `${disbelieved} adverts`;
    const message = `${it} has ${adverts} on ${ifName} that no router believes`;
    const help = `vipkit vrrp sniff -I ${ifName} says why`;
    report(finding(NOBODY_BELIEVED, span, message, { help }));
  } else if (masters.length === 0) {
    const message = `no MASTER of ${it} was heard on ${ifName} in ${formatDurationMs(listenedMs)}`;
    report(finding(NOBODY_HEARD, span, message));
  }
}

/** @returns whether somebody has the number for something else: then nothing else is worth to be compared */
function findOtherUse(
  instance: EffectiveInstance,
  { source, addresses }: HeardSpeaker,
  report: Report,
): boolean {
  const own = instance.virtual_ipaddress.map(({ value }) => formatIp(value.address.ip));
  if (own.length === 0 || addresses.length === 0) return false;
  if (addresses.some((address) => own.includes(address))) return false;
  const message = `${formatIp(source)} has virtual_router_id ${instance.virtual_router_id.value} for other addresses: ${addresses.slice(0, MOST_NAMED).join(", ")}`;
  const help = "take another virtual_router_id: vipkit vrrp id says which are free";
  report(finding(NUMBER_IN_USE, numberSpan(instance), message, { help }));
  return true;
}

/** @returns whether its addresses are advertised under other numbers */
function findAddresses(
  instance: EffectiveInstance,
  others: readonly HeardRouter[],
  report: Report,
): boolean {
  let isFound = false;
  for (const { value, origin } of instance.virtual_ipaddress) {
    const ip = formatIp(value.address.ip);
    for (const { vrid, speakers } of others) {
      const speaker = speakers.find(({ addresses }) => addresses.includes(ip));
      if (speaker === undefined) continue;
      isFound = true;
      const message = `${ip} is advertised by ${formatIp(speaker.source)} under virtual_router_id ${vrid}, not ${instance.virtual_router_id.value}`;
      report(finding(ADDRESS_UNDER_OTHER_NUMBER, spanOf(origin) ?? instance.span, message));
    }
  }
  return isFound;
}

const MOST_NAMED = 8;
