/** The status of a virtual router as lines for people. */
import type { ConflictRecord } from "../../app/vrrp/conflict-record.ts";
import type { VrrpStatusRecord } from "../../app/vrrp/status.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { printable } from "../../core/printable.ts";
import { ownHealthLine, verifyText } from "./event-text.ts";

/** `VI_1  MASTER for 12m3s  vrid 51 on eth0, ...`, and below it what it hears and has counted. */
export function statusLines(status: VrrpStatusRecord): string[] {
  const { instance, state, vrid, family, version, vips, peers, master } = status;
  const { priority, configured_priority, vmac, hmac, stalls } = status;
  const [age, uptime] = [status.state_age_ms, status.uptime_ms].map(formatDurationMs);
  const present = vips.filter((vip) => vip.present).length;
  const places = vips.map((vip) => vipText(vip, status));
  const where = `vrid ${vrid} on ${status.interface}, ${family} version ${version}`;
  const ranked =
    priority === configured_priority ? priority : `${priority} (configured ${configured_priority})`;
  return [
    `${instance}  ${state.toUpperCase()} for ${age}  ${where}  priority ${ranked}`,
    `  master    ${masterText(master)}`,
    `  vips      ${present}/${vips.length} present: ${places.join(", ")}`,
    ...(vmac === null ? [] : [`  vmac      ${vmac.interface} with ${vmac.mac}`]),
    ...status.conflicts.map((conflict) => `  conflict  ${conflictText(conflict)}`),
    ...status.verify.map((record) => `  verify    ${verifyText(record)}`),
    ...(status.faults.length > 0 ? [`  faults    ${faultsText(status)}`] : []),
    ...peers.map((peer) => `  peer      ${peerText(peer)}`),
    ...(hmac === null ? [] : [`  keys      ${hmacText(hmac)}`]),
    ...(stalls.count === 0 ? [] : [`  stalls    ${stallsText(stalls)}`]),
    `  counters  ${countersText(status.counters)}`,
    `  health    ${ownHealthLine(status)}`,
    `  process   ${status.pid}, up ${uptime}`,
  ].map(printable);
}

/** Its interface where it is another one, and that a master lacks it. */
function vipText(
  vip: VrrpStatusRecord["vips"][number],
  { interface: ifName, state }: VrrpStatusRecord,
): string {
  const place = vip.interface === ifName ? "" : ` dev ${vip.interface}`;
  return `${vip.address}${place}${state === "master" && !vip.present ? " (absent)" : ""}`;
}

function conflictText(conflict: ConflictRecord): string {
  const { kind, vip, source, mac, our_mac, count } = conflict;
  const [age, last] = [conflict.age_ms, conflict.last_heard_age_ms].map(formatDurationMs);
  const heard = `for ${age}, heard ${count} times, the last ${last} ago`;
  return kind === "address-conflict"
    ? `${vip} is at ${mac} too, beside ${our_mac}: ${heard}`
    : `${source} at ${mac} is MASTER too, beside ${our_mac}: ${heard}`;
}

function masterText(master: VrrpStatusRecord["master"]): string {
  if (master === null) return "none heard";
  const { address, priority, advert_age_ms, here } = master;
  const age = formatDurationMs(advert_age_ms);
  return `${address}${here ? " (this router)" : ""} priority ${priority}, last advert ${age} ago`;
}

function faultsText({ faults, retry_in_ms, suspects }: VrrpStatusRecord): string {
  const list = faults.join(", ");
  if (retry_in_ms === null) return list;
  const by = suspects.length > 0 ? `, perhaps by ${suspects.join(", ")}` : "";
  return `${list}${by}; tries again in ${formatDurationMs(retry_in_ms)}`;
}

function peerText(peer: VrrpStatusRecord["peers"][number]): string {
  if (peer.advert_age_ms === null) return `${peer.address} never heard`;
  const age = formatDurationMs(peer.advert_age_ms);
  return `${peer.address} priority ${peer.priority}, ${peer.adverts} adverts, the last ${age} ago`;
}

function hmacText({ mode, key_id, key_ids }: NonNullable<VrrpStatusRecord["hmac"]>): string {
  const signing = mode === "receive-only" ? "none signs" : `key ${key_id} signs`;
  return `${mode}, ${signing}, believed are ${key_ids.join(", ")}`;
}

function stallsText({ count, longest_ms, last_age_ms }: VrrpStatusRecord["stalls"]): string {
  const [longest, age] = [longest_ms ?? 0, last_age_ms ?? 0].map(formatDurationMs);
  return `${count}, the longest ${longest}, the last ${age} ago`;
}

/** Zeros are left out, except of what every router does. */
function countersText({ adverts_rejected, ...counters }: VrrpStatusRecord["counters"]): string {
  const reasons = Object.entries(adverts_rejected).map(([reason, n]) => [`rejected:${reason}`, n]);
  return [...Object.entries(counters), ...reasons]
    .filter(([name, count]) => count !== 0 || `${name}`.startsWith("adverts_"))
    .map(([name, count]) => `${name}=${count}`)
    .join(" ");
}
