/**
 * A thousand addresses added and removed in one command each, beside `ip -batch` in the same run:
 * `node dist/test/bench/addresses.js`, as root. Whole programs are timed, from start to end; as a
 * bare `node -e 0` takes longer than all of `ip -batch`, the work beyond such a start is printed too.
 */
import { spawnSync } from "node:child_process";
import { performance } from "node:perf_hooks";
import { BIN } from "../support/cli.ts";
import { enterOwnNetns, ownNetnsMissing } from "../support/own-netns.ts";

const ROUNDS = 15;
const ADDRESSES = Array.from({ length: 1000 }, (_, n) => `10.1.${n >> 8}.${n & 255}/32`);

const timed = (file: string, args: readonly string[], input = ""): number => {
  const startMs = performance.now();
  const { status, stderr } = spawnSync(file, args, { input, encoding: "utf8" });
  if (status !== 0) throw new Error(`${file}: exit status ${status}: ${stderr}`);
  return performance.now() - startMs;
};
const vipkit = (...args: string[]): number =>
  timed(process.execPath, [BIN, "vip", ...args, "-I", "bench0", "-q", ...ADDRESSES]);
const batch = (verb: string): number => {
  const lines = ADDRESSES.map((address) => `address ${verb} ${address} dev bench0\n`);
  return timed("ip", ["-batch", "-"], lines.join(""));
};
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

if (ownNetnsMissing !== false) throw new Error(ownNetnsMissing);
await enterOwnNetns();
timed("ip", ["link", "add", "bench0", "up", "type", "veth", "peer", "name", "bench1"]);
const ours = { add: [] as number[], del: [] as number[] };
const theirs = { add: [] as number[], del: [] as number[] };
const starts: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  starts.push(timed(process.execPath, ["-e", "0"]));
  ours.add.push(vipkit("add", "--dad", "none", "--no-announce"));
  ours.del.push(vipkit("del"));
  theirs.add.push(batch("add"));
  theirs.del.push(batch("del"));
}
const start = median(starts);
for (const verb of ["add", "del"] as const) {
  const [own, other] = [median(ours[verb]), median(theirs[verb])];
  const [whole, beyond] = [own / other, (own - start) / other];
  process.stdout.write(
    `1000 addresses ${verb}: vipkit ${own.toFixed(0)} ms (node starts in ${start.toFixed(0)}), ` +
      `ip -batch ${other.toFixed(0)} ms, ratio ${whole.toFixed(2)}, beyond the start ${beyond.toFixed(2)}\n`,
  );
}
