/**
 * Run inside a host as `node pressure.js cpu|memory|disk SECONDS`: takes what there is of one thing and
 * prints `working` once a round. Bounded in time, and to 256 MB of memory or 32 MB of a file.
 */
import { fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [kind = "", seconds = ""] = process.argv.slice(2);
const endMs = performance.now() + Number(seconds) * 1000;
const folder = mkdtempSync(join(tmpdir(), "vipkit-pressure-"));
const file = openSync(join(folder, "file"), "w");
rmSync(folder, { recursive: true }); // lives as long as it is open

const ROUNDS: Readonly<Record<string, () => void>> = {
  cpu: () => {
    for (const fromMs = performance.now(); performance.now() < fromMs + 100; );
  },
  memory: () => {
    for (let block = 0; block < 4; block += 1) Buffer.alloc(64 << 20, 1); // garbage at once
  },
  disk: () => {
    const block = Buffer.alloc(1 << 20, 1);
    for (let n = 0; n < 32; n += 1) writeSync(file, block, 0, block.length, n << 20);
    fsyncSync(file);
  },
};

const round = ROUNDS[kind] ?? (() => process.exit(2));
while (performance.now() < endMs) {
  round();
  process.stdout.write("working\n");
}
