/** VRIDs in use and free ones as lines for people. */
import type { VridFamilyRecord, VridOwnerRecord, VridReport } from "../../app/vrrp/vrid-report.ts";
import { formatDurationMs } from "../../core/duration.ts";
import type { Paint } from "../define.ts";

/** `eth0  ipv4, heard for 5s`, below it who uses which VRID, the free ones and the one to take. */
export function vridLines(report: VridReport, paint: Paint): string[] {
  const listened = formatDurationMs(Math.round(report.listened_ms / 10) * 10);
  return report.families.flatMap((each) => [
    `${report.interface}  ${each.family}, heard for ${listened}`,
    ...each.used.flatMap(({ vrid, owners }) => useLines(vrid, owners)),
    ...(each.used.length === 0 ? ["  in use     none was heard"] : []),
    `  free       ${freeText(each)}`,
    ...each.vips.flatMap(({ address, vrid }) =>
      vrid === null
        ? []
        : [`  note       ${address} is that of vrid ${vrid} already: take ${vrid} to join it`],
    ),
    `  suggested  ${suggestedText(each, paint)}`,
  ]);
}

const useLines = (vrid: number, owners: readonly VridOwnerRecord[]): string[] =>
  owners.map((owner, n) => `  ${(n === 0 ? `vrid ${vrid}` : "").padEnd(9)}  ${ownerText(owner)}`);

function ownerText(owner: VridOwnerRecord): string {
  const { protocol, address, mac, version, priority, vips, here } = owner;
  const who = `${address} (${mac}${here ? ", this host" : ""})`;
  if (protocol === "carp") return `${who} CARP, with the virtual MAC of this number too`;
  if (version === null) return `${who} with adverts that nobody believes`;
  const rank = priority === 0 ? "resigned" : `priority ${priority}`;
  return `${who} ${rank}, version ${version}: ${vips.join(" ")}`;
}

function freeText({ free }: VridFamilyRecord): string {
  if (free.length === 0) return "none";
  return free.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
}

function suggestedText({ suggested, vips }: VridFamilyRecord, paint: Paint): string {
  if (suggested === null) return paint.red("none: all 255 are in use");
  const from = vips.map(({ address }) => address).join(" ");
  return `${paint.green(`${suggested}`)}${from === "" ? "" : `, from ${from}`}`;
}
