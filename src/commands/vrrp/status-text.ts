/** The status of a virtual router as lines for people. */
import type { VrrpStatusRecord } from "../../app/vrrp/status.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { printable } from "../../core/printable.ts";

/** `VI_1  MASTER for 12m3s  vrid 51 on eth0, ...`, and below it what it hears and has counted. */
export function statusLines(status: VrrpStatusRecord): string[] {
  const { instance, state, vrid, family, version, priority, vips, peers, master } = status;
  const [age, uptime] = [status.state_age_ms, status.uptime_ms].map(formatDurationMs);
  const present = vips.filter((vip) => vip.present).length;
  const where = `vrid ${vrid} on ${status.interface}, ${family} version ${version}`;
  return [
    `${instance}  ${state.toUpperCase()} for ${age}  ${where}  priority ${priority}`,
    `  master    ${masterText(master)}`,
    `  vips      ${present}/${vips.length} present: ${vips.map(({ address }) => address).join(" ")}`,
    ...peers.map(
      (peer) =>
        `  peer      ${peer.address} priority ${peer.priority}, ${peer.adverts} adverts, the last ${formatDurationMs(peer.advert_age_ms)} ago`,
    ),
    `  counters  ${countersText(status.counters)}`,
    `  process   ${status.pid}, up ${uptime}`,
  ].map(printable);
}

function masterText(master: VrrpStatusRecord["master"]): string {
  if (master === null) return "none heard";
  const { address, priority, advert_age_ms, here } = master;
  const age = formatDurationMs(advert_age_ms);
  return `${address}${here ? " (this router)" : ""} priority ${priority}, last advert ${age} ago`;
}

/** Zeros are left out, except of what every router does. */
function countersText({ adverts_rejected, ...counters }: VrrpStatusRecord["counters"]): string {
  const reasons = Object.entries(adverts_rejected).map(([reason, n]) => [`rejected:${reason}`, n]);
  return [...Object.entries(counters), ...reasons]
    .filter(([name, count]) => count !== 0 || `${name}`.startsWith("adverts_"))
    .map(([name, count]) => `${name}=${count}`)
    .join(" ");
}
