/** How far apart the adverts of the virtual routers of a host are from what they should be. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Host } from "../support/netns.ts";
import { packetsOfPcap } from "../support/pcap-file.ts";

/** Of each two adverts of the same router that follow each other, by the kernel's time stamps. */
export async function spacingErrors(
  host: Host,
  intervalMs: number,
  seconds: number,
): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-spacing-"));
  try {
    const file = join(folder, "adverts.pcap");
    const tcpdump = host.spawn(..."tcpdump -Z root -n -s 64 -i eth0 -w".split(" "), file, "vrrp");
    await tcpdump.lines.next(/^tcpdump: listening on/);
    await setTimeout(seconds * 1000);
    await tcpdump.stop("SIGINT");
    return errorsOf(readFileSync(file), intervalMs);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function errorsOf(file: Uint8Array, intervalMs: number): number[] {
  const lastMs = new Map<number, number>(); // by VRID
  return packetsOfPcap(file).flatMap(({ bytes, seconds, nanoseconds }) => {
    const vrid = bytes[VRID_AT] ?? 0;
    const atMs = seconds * 1000 + nanoseconds / 1e6;
    const formerMs = lastMs.get(vrid);
    lastMs.set(vrid, atMs);
    return formerMs === undefined ? [] : Math.abs(atMs - formerMs - intervalMs);
  });
}

const VRID_AT = 14 + 20 + 1; // behind Ethernet and an IP header without options
