/** What was heard on a LAN as lines for people. */
import type {
  WireRouterRecord,
  WireSpeakerRecord,
  WireStatus,
} from "../../app/vrrp/wire-status.ts";
import { formatDurationMs } from "../../core/duration.ts";

/** `eth0  vrid 51 ipv4 version 3`, and below it who is master; or that nobody is. */
export function wireLines(status: WireStatus): string[] {
  const rejected = Object.entries(status.adverts_rejected).map(([code, n]) => `${code}=${n}`);
  const listened = formatDurationMs(Math.round(status.listened_ms / 10) * 10);
  return [
    ...status.instances.flatMap(routerLines),
    ...(status.instances.length === 0
      ? [`${status.interface}  no master heard in ${listened}`]
      : []),
    ...(rejected.length === 0 ? [] : [`  rejected  ${rejected.join(" ")}`]),
  ];
}

function routerLines(router: WireRouterRecord): string[] {
  const { vrid, family, version, masters, vips, peers } = router;
  const verdict = masters.length > 1 ? `  SPLIT BRAIN: ${masters.length} masters` : "";
  return [
    `${router.interface}  vrid ${vrid}, ${family} version ${version}${verdict}`,
    ...(masters.length === 0 ? ["  master    none any more"] : []),
    ...masters.map((one) => `  master    ${speakerText(one)}`),
    `  vips      ${vips.map(({ address }) => address).join(" ")}`,
    ...peers.map((one) => `  former    ${speakerText(one)}`),
  ];
}

function speakerText(speaker: WireSpeakerRecord): string {
  const { address, mac, priority, interval_ms, adverts, advert_age_ms, here } = speaker;
  const [interval, age] = [interval_ms, Math.round(advert_age_ms)].map(formatDurationMs);
  const who = `${address} (${mac}${here ? ", this host" : ""})`;
  return `${who} priority ${priority}, every ${interval}, ${adverts} adverts, the last ${age} ago`;
}
