/**
 * Whether `vrrp sniff` keeps up with a flood of adverts on one core, in its quiet and its wordy form:
 * `node dist/test/bench/sniff-live.js [PER_SECOND] [SECONDS]`, by default 20000 and 10. Prints what was
 * sent, what reached the interface, what the command counted and what the kernel dropped. Wanted: 0.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Host, Lan } from "../support/netns.ts";
import type { Program } from "../support/program.ts";
import { VIPKIT } from "../support/vipkit.ts";

const [perSecond = "20000", seconds = "10"] = process.argv.slice(2);
const FLOOD = fileURLToPath(new URL("../support/advert-flood.js", import.meta.url));
const LISTEN_S = Number(seconds) + 4; // also while it starts and while the flood does

for (const form of [["--follow"], [], ["-j"]]) await measure(form);

async function measure(form: readonly string[]): Promise<void> {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const sniff = ["vrrp", "sniff", "-i", "eth0", "--for", `${LISTEN_S}s`, ...form];
  // Nobody but the command itself is to be measured: not who reads its lines.
  const quiet = ["sh", "-c", 'exec "$@" >/dev/null', "sh"];
  const sniffer = b.spawn(...quiet, "taskset", "-c", "1", process.execPath, VIPKIT, ...sniff);
  await listens(b, sniffer);
  const before = await packets(b, "rx");
  const flood = a.spawn(
    "taskset",
    "-c",
    "0",
    process.execPath,
    FLOOD,
    a.ipv4,
    "7",
    perSecond,
    seconds,
  );
  let usage = "";
  const watch = setInterval(() => {
    usage = usageOf(sniffer) ?? usage;
  }, 250);
  const { code } = await flood.ended;
  if (code !== 0) throw new Error(`the flood ended with ${code}: ${flood.lines.all.join("\n")}`);
  const arrived = (await packets(b, "rx")) - before;
  await sniffer.ended;
  clearInterval(watch);
  const { all } = sniffer.lines;
  const counted = all.findLast((line) => /\d+ (packets|adverts)|"type":"summary"/.test(line));
  const dropped = all.findLast((line) => /kernel.drops/.test(line));
  const sent = flood.lines.all.at(-1);
  process.stdout.write(
    [
      `vrrp sniff ${form.join(" ")}: ${sent} at ${perSecond}/s, ${arrived} frames reached eth0`,
      `  ${usage}`,
      `  ${counted?.trim() ?? "no count of packets in the summary"}`,
      `  ${/kernel.drops\D*\d+/.exec(dropped ?? "")?.[0] ?? "no kernel drops in the summary"}`,
    ]
      .join("\n")
      .concat("\n"),
  );
}

/** Until its packet socket is there. @throws Error where it ended before */
async function listens(host: Host, program: Program): Promise<void> {
  const script = "until [ $(wc -l </proc/net/packet) -gt 1 ]; do sleep 0.05; done";
  const opened = await Promise.race([
    host.run("sh", "-c", script).then(() => true),
    program.ended.then(() => false),
  ]);
  if (!opened) throw new Error(program.lines.all.join("\n"));
}

async function packets(host: Host, way: "rx" | "tx"): Promise<number> {
  return Number(await host.run("cat", `/sys/class/net/eth0/statistics/${way}_packets`));
}

/** @returns undefined when it has ended */
function usageOf({ pid }: Program): string | undefined {
  try {
    const residentKb = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8").split(" ");
    const cpuS = (Number(stat[13]) + Number(stat[14])) / 100;
    return `${(Number(residentKb) / 1024).toFixed(0)} MB, ${cpuS.toFixed(1)} s CPU`;
  } catch {
    return undefined;
  }
}
