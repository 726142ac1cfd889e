/**
 * How fast `vrrp sniff -r` reads a capture, beside tcpdump and tshark on the same file, in turns:
 * `node dist/test/bench/sniff.js [ADVERTS] [ROUNDS]`, by default 1000000 and 3. Prints medians, peak
 * memory, and ratios. Wanted: `--follow` at least 3 times as fast as each of the two, the default lines
 * at least as fast as tcpdump, in less than 120 MB.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { writeCapture } from "../support/generated-capture.ts";
import { VIPKIT } from "../support/vipkit.ts";
import { quantile } from "./distribution.ts";

const [adverts = "1000000", rounds = "3"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "vipkit-bench-"));
const capture = join(folder, "adverts.pcap");
const measured = join(folder, "resident");

interface Reader {
  readonly name: string;
  readonly argv: readonly string[];
  readonly times: Record<Sink, number[]>; // seconds
  residentMb: number; // most of all rounds
}

type Sink = keyof typeof SINKS;

const TIME = "/usr/bin/time"; // of GNU: tells what a process needed
const HAS_TIME = existsSync(TIME);
const SINKS = { "/dev/null": ">/dev/null", pipe: "| cat >/dev/null" } as const;
const SNIFF = [process.execPath, VIPKIT, "vrrp", "sniff", "-r", capture];
const follow = reader("vipkit --follow", [...SNIFF, "--follow"]);
const lines = reader("vipkit", SNIFF);
const tcpdump = reader("tcpdump -v", ["tcpdump", "-nnr", capture, "-v"]);
const tshark = reader("tshark", ["tshark", "-nr", capture]);
const READERS = [follow, lines, tcpdump, tshark];

try {
  writeCapture(capture, { adverts: Number(adverts), vrids: 250, failoverEveryMs: 10_000 });
  for (let round = 0; round < Number(rounds); round++) {
    for (const sink of Object.keys(SINKS) as Sink[])
      for (const each of READERS) each.times[sink].push(timeS(each, sink));
  }
} finally {
  rmSync(folder, { recursive: true });
}
print(
  `${adverts} adverts, ${rounds} rounds${HAS_TIME ? "" : ", no /usr/bin/time: memory unknown"}`,
);
for (const sink of Object.keys(SINKS) as Sink[]) {
  for (const each of READERS) {
    const memory = HAS_TIME ? `  ${each.residentMb.toFixed(0)} MB` : "";
    const name = `${each.name} to ${sink}`.padEnd(28);
    print(`${name} ${median(each.times[sink]).toFixed(2)} s${memory}`);
  }
  compare(follow, tcpdump, sink, 3);
  compare(follow, tshark, sink, 3);
  compare(lines, tcpdump, sink, 1);
}

function reader(name: string, argv: readonly string[]): Reader {
  return { name, argv, times: { "/dev/null": [], pipe: [] }, residentMb: 0 };
}

/** From its start until all has been read and written. */
function timeS(each: Reader, sink: Sink): number {
  const [name = "", ...args] = each.argv;
  const program = HAS_TIME ? [TIME, "-f", "%M", "-o", measured, name, ...args] : each.argv;
  // The status of a pipe is that of cat, so the reader's is told on stderr where it is a failure.
  const script = `{ "$@" || [ $? -lt 2 ] || echo failed >&2; } ${SINKS[sink]}`;
  const startMs = performance.now();
  const { stderr } = spawnSync("sh", ["-c", script, "sh", ...program], { encoding: "utf8" });
  const tookMs = performance.now() - startMs;
  if (/^failed$/m.test(stderr)) throw new Error(`${each.name}: ${stderr}`);
  if (HAS_TIME) {
    const residentKb = Number(readFileSync(measured, "utf8").trim().split("\n").at(-1));
    each.residentMb = Math.max(each.residentMb, residentKb / 1024);
  }
  return tookMs / 1000;
}

function compare(ours: Reader, peer: Reader, sink: Sink, wanted: number): void {
  const ratio = (median(peer.times[sink]) / median(ours.times[sink])).toFixed(2);
  print(`  ${ours.name} is ${ratio} times as fast as ${peer.name} (wanted: ${wanted})`);
}

function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
