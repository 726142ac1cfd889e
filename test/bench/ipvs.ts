/**
 * 1,000 services of IPVS with 10 servers each, in user-mode-linux: `ipvs sync` beside `ipvsadm -R`, `ipvs show`
 * beside `ipvsadm -Ln`, as whole programs in one run: `node dist/test/bench/ipvs.js`, as root. Wanted: from empty 5
 * times faster, unchanged 10 times, shown no slower, and one request for one weight.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { BIN } from "../support/cli.ts";
import { bootIpvs, ipvsKernelMissing } from "../support/ipvs-kernel.ts";

const ROUNDS = 3;
const [SERVICES, SERVERS] = [1000, 10];
const PEERS: Readonly<Record<string, string>> = {
  "ipvs sync, from empty": "ipvsadm -R",
  "ipvs sync, unchanged": "ipvsadm -R",
  "ipvs show": "ipvsadm -Ln",
};

async function outside(): Promise<void> {
  const missing = ipvsKernelMissing();
  if (missing !== false) throw new Error(missing);
  const own = mkdtempSync(join(tmpdir(), "vipkit-bench-"));
  try {
    const self = fileURLToPath(import.meta.url);
    const kernel = bootIpvs(own, [`'${process.execPath}' '${self}' '${own}' 2>&1`]);
    await kernel.ended;
    process.stdout.write(kernel.lines.all.map((line) => `${line}\n`).join(""));
  } finally {
    rmSync(own, { recursive: true });
  }
}

function inside(place: string): void {
  const saved = join(place, "saved");
  const text = tableText();
  writeFileSync(saved, text);
  const times: Record<string, number[]> = {};
  const time = (name: string, file: string, ...words: string[]): void => {
    times[name] = [...(times[name] ?? []), run(file, words, text).ms];
  };
  const vipkit = (name: string, ...words: string[]): void =>
    time(name, process.execPath, BIN, "ipvs", ...words);
  for (let round = 0; round < ROUNDS; round += 1) {
    run("ipvsadm", ["-C"]);
    time("ipvsadm -R", "ipvsadm", "-R");
    time("ipvsadm -Ln", "ipvsadm", "-Ln");
    vipkit("ipvs show", "show");
    run("ipvsadm", ["-C"]);
    time("node -e 0", process.execPath, "-e", "0");
    vipkit("ipvs sync, from empty", "sync", "-q", "-f", saved);
    vipkit("ipvs sync, unchanged", "sync", "-q", "-f", saved);
  }
  for (const [name, all] of Object.entries(times)) {
    const peer = PEERS[name];
    const ratio =
      peer === undefined
        ? ""
        : `, ${peer} ${(median(times[peer] ?? []) / median(all)).toFixed(2)} times as long`;
    process.stdout.write(`${name}: ${median(all).toFixed(0)} ms${ratio}\n`);
  }
  writeFileSync(saved, text.replace(/-w 1$/m, "-w 77"));
  const { stdout } = run(process.execPath, [BIN, "ipvs", "sync", "-j", "-f", saved]);
  process.stdout.write(`one weight changed: ${JSON.parse(stdout).steps.length} steps\n`);
}

/** As `ipvsadm -S -n` writes it. */
function tableText(): string {
  const lines = Array.from({ length: SERVICES }, (_, n) => {
    const [service, net] = [`-t 10.10.${n >> 8}.${n & 255}:80`, `10.${20 + (n >> 8)}.${n & 255}`];
    const servers = Array.from(
      { length: SERVERS },
      (_, m) => `-a ${service} -r ${net}.${m + 1}:8080 -m -w ${m + 1}\n`,
    );
    return [`-A ${service} -s wrr\n`, ...servers].join("");
  });
  return lines.join("");
}

function run(file: string, words: readonly string[], input = ""): { stdout: string; ms: number } {
  const startMs = performance.now();
  const options = { input, encoding: "utf8", maxBuffer: 64 << 20 } as const;
  const { status, stdout, stderr } = spawnSync(file, words, options);
  const ms = performance.now() - startMs;
  if (status !== 0) throw new Error(`${file} ${words.join(" ")}: ${status}: ${stderr.slice(-300)}`);
  return { stdout, ms };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const folder = process.argv[2];
if (folder === undefined) await outside();
else inside(folder);
