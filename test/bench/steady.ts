/**
 * Takeovers without cause at 10 ms intervals while another process loads the CPU: a master and a backup
 * of vipkit and of keepalived in the same run, each pair on a LAN of its own, and the longest silence of
 * each master by kernel time stamps of a third host: `node dist/test/bench/steady.js [SECONDS]`, by
 * default 300. Wanted: none.
 */
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Lan } from "../support/netns.ts";
import { FAST_ROUTERS, type Router, startRouter } from "../support/router.ts";
import { Witness } from "../support/witness.ts";

const seconds = Number(process.argv[2] ?? 300);
const ROUTER = { ...FAST_ROUTERS.IPv4, intervalMs: 10 };
const PRESSURE = fileURLToPath(new URL("../support/pressure.js", import.meta.url));

for (const line of await Promise.all([pair("vipkit"), pair("keepalived")])) {
  process.stdout.write(`${line}\n`);
}

async function pair(program: "vipkit" | "keepalived"): Promise<string> {
  await using lan = await Lan.open("a", "b", "client");
  const { a, b, client } = lan.hosts;
  const master = startRouter(program, a, { ...ROUTER, priority: 200 });
  await master.becomes("MASTER");
  const backup = startRouter(program, b, { ...ROUTER, priority: 100 });
  await backup.becomes("BACKUP");
  const witness = await Witness.open(client, "vrrp");
  const load = client.spawn(process.execPath, PRESSURE, "cpu", `${seconds}`);
  await load.lines.next(/^working/);
  const said = [master, backup].map(({ program }) => program.lines.all.length);
  await setTimeout(seconds * 1000);

  const takeovers = [master, backup].flatMap((router, n) => changes(router, said[n] ?? 0));
  const adverts = witness.frames.filter(({ sourceMac }) => sourceMac === a.mac);
  const silences = adverts.map(({ atMs }, n) => atMs - (adverts[n - 1]?.atMs ?? atMs));
  const silence = silences.reduce((most, ms) => Math.max(most, ms), 0).toFixed(1);
  return (
    `${program}: ${takeovers.length} changes of state in ${seconds} s, ${adverts.length} adverts, ` +
    `longest silence of the master ${silence} ms${takeovers.map((line) => `\n  ${line}`).join("")}`
  );
}

/** What it said of its state behind so many lines. */
function changes({ program }: Router, from: number): string[] {
  return program.lines.all.slice(from).filter((line) => /-> (MASTER|BACKUP)|Entering/.test(line));
}
