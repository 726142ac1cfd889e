/** `vrrp run --dry-run`: what a run would open, send and change here, and what its peers may rely on. */
import { acceptsPackets, guardTable } from "../../app/vrrp/accept-guard.ts";
import type { VirtualAddress, VrrpInstance, VrrpPeer, VrrpReach } from "../../app/vrrp/instance.ts";
import { rehearseVrrp, type VrrpPlan } from "../../app/vrrp/rehearsal.ts";
import { hmacRecord, vmacRecord } from "../../app/vrrp/status.ts";
import { familyOf, formatCidr, formatIp, formatMac } from "../../core/addr.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { scopeName } from "../../core/netlink/rtnl.ts";
import { printable } from "../../core/printable.ts";
import { formatVirtualRoute } from "../../core/virtual-route.ts";
import { formatVirtualRule } from "../../core/virtual-rule.ts";
import type { Context } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { reasonOf } from "../report.ts";

export async function showPlan(
  instance: VrrpInstance,
  args: PlanArgs,
  caveats: readonly string[],
  ctx: Context,
): Promise<number> {
  const { ports, signal } = ctx;
  const { force, record: recordDirectory = null } = args;
  const plan = await rehearseVrrp({ instance, force, signal, recordDirectory, caveats }, ports);
  if (args.json) ctx.stdout(JSON.stringify(planRecord(plan, instance, args)));
  else for (const line of planLines(plan, instance, args)) ctx.stdout(printable(line));
  return plan.refusals.length === 0 ? ExitCode.ok : ExitCode.unknown;
}

interface PlanArgs {
  readonly json: boolean;
  readonly force: boolean;
  readonly record: string | undefined;
}

function planLines(plan: VrrpPlan, instance: VrrpInstance, { force, record }: PlanArgs): string[] {
  const { ifName, family, config, hmac, reach, routing, verify } = instance;
  const { version, vrid, priority, adverIntervalMs, garpRepeat, garpDelayMs, garpRefreshMs } =
    config;
  const lease =
    config.leaseS === null
      ? "none: addresses stay when this process dies or freezes"
      : `${config.leaseS}s, then the kernel takes the addresses from a process that died or froze`;
  const source = plan.source === null ? "an address yet to come" : formatIp(plan.source);
  const later =
    garpDelayMs > 0 ? `, ${garpRepeat} times again after ${formatDurationMs(garpDelayMs)}` : "";
  const refresh = garpRefreshMs > 0 ? `, once every ${formatDurationMs(garpRefreshMs)}` : "";
  return [
    `claim     virtual router ${vrid} for IPv${family} on ${ifName}, one process at a time`,
    `open      IPv${family} protocol 112 on ${ifName}, ${reachText(reach)}`,
    ...(force
      ? []
      : [`listen    ${formatDurationMs(adverIntervalMs)} for others that use VRID ${vrid}`]),
    `send      as MASTER: VRRPv${version} priority ${priority} from ${source} every ${formatDurationMs(adverIntervalMs)}`,
    ...(hmac === null ? [] : [`sign      ${hmacText(hmac)}`]),
    ...vmacLines(instance),
    ...additions(instance),
    ...routing.routes.map((route) => `route     as MASTER: ${formatVirtualRoute(route)}`),
    ...routing.rules.map((rule) => `rule      as MASTER: ${formatVirtualRule(rule)}`),
    ...(acceptsPackets(instance)
      ? []
      : [
          `drop      packets for these addresses that would end here (table ${guardTable(instance)})`,
        ]),
    `lease     ${lease}`,
    `announce  ${garpRepeat} times on takeover${later}${refresh}`,
    ...(verify === null
      ? []
      : [`verify    ${["the gateway", ...verify.map(formatIp)].join(", ")}`]),
    ...(record === undefined ? [] : [`record    each transition in ${record}`]),
    ...plan.refusals.map((refusal) => `note      a run would be refused: ${reasonOf(refusal)}`),
    ...plan.caveats.map((text) => `note      ${text}`),
    ...plan.leftovers.map((text) => `note      ${text}`),
    ...plan.faults.map((fault) => `note      FAULT for now: ${fault}`),
    `promise   we take over at most ${formatDurationMs(plan.takeoverLimitMs)} after the last advert of a master`,
    `          that has our interval; peers of priority 1 do so after ${formatDurationMs(plan.peerLimitMs)} at the latest`,
  ];
}

/** What a VMAC takes, a line for each interface. */
function vmacLines({ vmac, ifName, family }: VrrpInstance): string[] {
  if (vmac === null) return [];
  const { ifName: name, mac, sendsAdverts } = vmac;
  const adverts = sendsAdverts ? "adverts leave from it" : `adverts leave from ${ifName}`;
  const below = "arp_ignore=1, arp_filter=1, arp_announce=2, or stricter";
  return [
    `make      macvlan ${name} on ${ifName} with ${formatMac(mac)}, up while MASTER; ${adverts}`,
    ...(family === 4 ? [`set       ${below}, on ${ifName} while there is such a macvlan`] : []),
  ];
}

/** `add       as MASTER: 192.0.2.10/24 on eth0`: a line for each interface, and for what no advert has. */
function additions({ vips, excludedVips }: VrrpInstance): string[] {
  const lines = new Map<string, string[]>();
  for (const vip of [...vips, ...excludedVips]) {
    const where = `${vip.ifName}${vips.includes(vip) ? "" : ", in no advert"}`;
    const words = [
      formatCidr(vip),
      ...(vip.label === null ? [] : [`label ${vip.label}`]),
      ...(familyOf(vip.ip) === 6 || vip.scope === 0 ? [] : [`scope ${scopeName(vip.scope)}`]),
      ...(vip.tracked ? [] : ["no_track"]),
    ];
    lines.set(where, [...(lines.get(where) ?? []), words.join(" ")]);
  }
  return Array.from(
    lines,
    ([where, texts]) => `add       as MASTER: ${texts.join(", ")} on ${where}`,
  );
}

const vipRecord = ({ ifName, label, scope, tracked, ...cidr }: VirtualAddress): object => ({
  address: formatCidr(cidr),
  interface: ifName,
  label,
  scope,
  tracked,
});

/** Which keys there are; never what they are. */
function hmacText({ mode, keys, active, windowMs }: NonNullable<VrrpInstance["hmac"]>): string {
  const signing = mode === "receive-only" ? "nothing" : `adverts with key ${active.id}`;
  const ids = keys.map(({ id }) => id).join(", ");
  const window = formatDurationMs(windowMs);
  return `${signing}; mode ${mode}, keys ${ids} are believed, clocks may differ by ${window}`;
}

/** `group 224.0.0.18`, or each peer with the TTLs that it may come with. */
function reachText(reach: VrrpReach): string {
  if (reach.kind === "group") return `group ${formatIp(reach.group)}`;
  const peers = reach.peers.map(
    ({ ip, minTtl, maxTtl }) => `${formatIp(ip)} (TTL ${minTtl} to ${maxTtl})`,
  );
  return `peers ${peers.join(", ")}, no group`;
}

const peerRecord = ({ ip, minTtl, maxTtl }: VrrpPeer): object => ({
  address: formatIp(ip),
  min_ttl: minTtl,
  max_ttl: maxTtl,
});

const planRecord = (
  plan: VrrpPlan,
  instance: VrrpInstance,
  { force, record }: PlanArgs,
): object => {
  const { ifName, family, vips, excludedVips, vmac, config, hmac, reach, routing } = instance;
  return {
    interface: ifName,
    family: `ipv${family}`,
    version: config.version,
    vrid: config.vrid,
    priority: config.priority,
    interval_ms: config.adverIntervalMs,
    source: plan.source === null ? null : formatIp(plan.source),
    group: reach.kind === "group" ? formatIp(reach.group) : null,
    peers: reach.kind === "group" ? [] : reach.peers.map(peerRecord),
    listen_ms: force ? 0 : config.adverIntervalMs,
    hmac: hmac && hmacRecord(hmac),
    vips: vips.map(vipRecord),
    excluded_vips: excludedVips.map(vipRecord),
    accept: instance.accept,
    verify: instance.verify?.map(formatIp) ?? null,
    vmac: vmac && vmacRecord(vmac),
    routes: routing.routes.map(formatVirtualRoute),
    rules: routing.rules.map(formatVirtualRule),
    lease_s: config.leaseS,
    record_directory: record ?? null,
    caveats: plan.caveats,
    leftovers: plan.leftovers,
    faults: plan.faults,
    refusals: plan.refusals.map(reasonOf),
    takeover_limit_ms: plan.takeoverLimitMs,
    peer_takeover_limit_ms: plan.peerLimitMs,
  };
};
