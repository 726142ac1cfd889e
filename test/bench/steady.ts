/**
 * Takeovers without cause at 10 ms intervals while another process loads the CPU: `node
 * dist/test/bench/steady.js [SECONDS]`, by default 300. A master and a backup each of vipkit, of vipkit
 * with real-time priority and of keepalived, in the same run, on LANs of their own; the longest silence
 * of each master is by kernel time stamps of a third host. Wanted: no change of state.
 */
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Lan } from "../support/netns.ts";
import { Program } from "../support/program.ts";
import {
  FAST_ROUTERS,
  type Router,
  type RouterOptions,
  type RouterProgram,
  startRouter,
} from "../support/router.ts";
import { Witness } from "../support/witness.ts";

const seconds = Number(process.argv[2] ?? 300);
const ROUTER = { ...FAST_ROUTERS.IPv4, intervalMs: 10 };
const PRESSURE = fileURLToPath(new URL("../support/pressure.js", import.meta.url));

const load = new Program("load", [process.execPath, PRESSURE, "cpu", `${seconds + 30}`]);
const accounts = await Promise.all([
  account("vipkit", {}),
  account("vipkit", { more: ["--rt-priority", "10"] }),
  account("keepalived", {}),
]);
await load.destroy();
for (const line of accounts) process.stdout.write(`${line}\n`);

async function account(program: RouterProgram, options: Partial<RouterOptions>): Promise<string> {
  await using lan = await Lan.open("a", "b", "client");
  const { a, b, client } = lan.hosts;
  const master = startRouter(program, a, { ...ROUTER, ...options, priority: 200 });
  await master.becomes("MASTER");
  const backup = startRouter(program, b, { ...ROUTER, ...options, priority: 100 });
  await backup.becomes("BACKUP");
  const witness = await Witness.open(client, "vrrp");
  const said = [master, backup].map(({ program }) => program.lines.all.length);
  await setTimeout(seconds * 1000);

  const changed = [master, backup].flatMap((router, n) => changes(router, said[n] ?? 0));
  const adverts = witness.frames.filter(({ sourceMac }) => sourceMac === a.mac);
  const silences = adverts.map(({ atMs }, n) => atMs - (adverts[n - 1]?.atMs ?? atMs));
  const silenceMs = silences.reduce((most, ms) => Math.max(most, ms), 0);
  return [
    `${[program, ...(options.more ?? [])].join(" ")}: ${changed.length} changes of state in ${seconds} s,`,
    `${adverts.length} adverts, longest silence of the master ${silenceMs.toFixed(1)} ms`,
  ].join(" ");
}

/** What it said of its state behind so many lines. */
function changes({ program }: Router, from: number): string[] {
  return program.lines.all.slice(from).filter((line) => /-> (MASTER|BACKUP)|Entering/.test(line));
}
