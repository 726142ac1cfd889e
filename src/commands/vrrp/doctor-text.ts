/** What `vrrp doctor` found as a record, and its details for people. */
import type { DoctorReport } from "../../app/doctor/doctor.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { printable } from "../../core/printable.ts";

/** For `-v`: who was heard, and the kernel's settings as they take effect. */
export function detailLines({ speakers, settings }: DoctorReport): string[] {
  const heard = speakers.map(({ vrid, source, mac, here, version, ...one }) => {
    const who = `${source} (${mac}${here ? ", this host" : ""})`;
    const flaws = Object.entries(one.flaws).map(([code, n]) => ` ${code}=${n}`);
    const interval = one.terms === null ? "" : `, every ${formatDurationMs(one.terms.intervalMs)}`;
    const counts = `${one.alone} adverts, ${one.joined} when joined, ${one.received}/${one.expected} on the socket`;
    return `heard   vrid ${vrid} version ${version} from ${who}${interval}: ${counts}${flaws.join("")}`;
  });
  const set = settings.map(({ name, ifName, value, rule }) => {
    const where = ifName === "" ? "" : ` on ${ifName}`;
    return `sysctl  ${name} = ${value ?? "not there"}${where} (${rule})`;
  });
  return [...heard, ...set].map(printable);
}

/** The matrix of a two-sided test, one line for each way. */
export function wayLines(matrix: NonNullable<DoctorReport["matrix"]>): string[] {
  return (["multicast", "unicast"] as const).map((way) => {
    const { us_to_peer, peer_to_us } = matrix[way];
    const [out, back] = [us_to_peer, peer_to_us].map(deliveredText);
    return printable(`      ${way.padEnd(10)} us -> peer ${out}   peer -> us ${back}`);
  });
}

function deliveredText({ sent, received, at_interface }: Delivered): string {
  if (received === null) return "unknown";
  if (sent === 0) return "not tried";
  const seen =
    at_interface !== null && at_interface > received ? ` (${at_interface} at the interface)` : "";
  return `${received}/${sent}${seen}`;
}

type Delivered = NonNullable<DoctorReport["matrix"]>["multicast"]["us_to_peer"];

/** The document of `-j`. */
export const doctorRecord = (
  { listenedMs, findings, matrix }: DoctorReport,
  question: { readonly ifName: string; readonly vrid: number | null },
) => ({
  interface: question.ifName,
  vrid: question.vrid,
  listened_ms: Math.round(listenedMs),
  findings,
  matrix,
});
