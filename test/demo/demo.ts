/**
 * `npm run demo`: the main job on one machine. Two nodes share a virtual address and a client asks for
 * it; the master loses its link, then the next master is stopped politely. Exit status 2 where the
 * kernel allows no namespaces. Nothing stays behind, whatever ends it.
 */
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import { addressOf, type Router, type RouterOptions, type RouterState } from "../support/router.ts";
import { commandLine, Vipkit } from "../support/vipkit.ts";
import { drawLan } from "./picture.ts";

async function main(): Promise<number> {
  const missing = labMissing();
  if (missing !== false) {
    process.stderr.write(`demo: ${missing}\n`);
    return 2;
  }
  const interrupted = new Promise<number>((resolve) => {
    process.stdout.on("error", () => resolve(0)); // the reader has seen enough
    process.once("SIGINT", () => resolve(130));
    process.once("SIGTERM", () => resolve(143));
  });
  await using lan = await Lan.open("node-a", "node-b", "client");
  return await Promise.race([tell(lan), interrupted]);
}

async function tell(lan: Lan<"node-a" | "node-b" | "client">): Promise<number> {
  const { "node-a": hostA, "node-b": hostB, client } = lan.hosts;
  const a = new DemoNode(hostA, 200);
  await a.becomes("MASTER");
  const b = new DemoNode(hostB, 100);
  await b.becomes("BACKUP");
  const draw = () => print(`\n${drawLan({ name: "client", address: client.ipv4 }, [a, b], VIP)}`);
  draw();
  print(`\nThe client asks for ${VIP} every 10 ms.`);
  const probe = await Probe.open(client, VIP);
  await tellOutage(probe, 0);

  print(`\nThe cable of node-a, the master, is cut:`);
  let sinceMs = nowMs();
  a.connected = false;
  await Promise.all([lan.cut(hostA), a.becomes("FAULT"), b.becomes("MASTER")]);
  await tellOutage(probe, sinceMs);
  draw();

  print(`\nThe cable is mended; node-a was started with --nopreempt and waits:`);
  a.connected = true;
  await Promise.all([lan.mend(hostA), a.becomes("BACKUP")]);

  print(`\nnode-b, the new master, is stopped politely:`);
  sinceMs = nowMs();
  await Promise.all([b.stop(), a.becomes("MASTER")]);
  await tellOutage(probe, sinceMs);
  draw();
  return 0;
}

/** What the client saw since then, once it has been answered for a while again. */
async function tellOutage(probe: Probe, sinceMs: number): Promise<void> {
  await probe.answer();
  await probe.asks(SETTLED);
  const { asked, answered, longestGapMs } = probe.account(sinceMs);
  const unanswered = Math.max(0, asked - answered);
  const gap = `longest time without an answer: ${longestGapMs.toFixed(0)} ms`;
  print(`  client  ${unanswered} of ${asked} questions unanswered; ${gap}`);
}

/** A node of the picture; each transition it waits for is printed. */
class DemoNode {
  readonly name: string;
  readonly address: string;
  state = "INIT";
  connected = true;
  readonly #router: Router;

  constructor(host: Host, priority: number) {
    this.name = host.name;
    this.address = host.ipv4;
    const options = { ...ROUTER, priority };
    print(`${host.name}$ vipkit vrrp run ${commandLine(options).join(" ")}`);
    this.#router = new Vipkit(host, options);
  }

  async becomes(state: RouterState): Promise<void> {
    const line = await this.#router.becomes(state);
    this.state = state;
    print(`  ${this.name}  ${line}`);
  }

  async stop(): Promise<void> {
    await this.#router.stop();
    this.state = "stopped";
    print(`  ${this.name}  ${this.#router.program.lines.all.at(-1)}`);
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

const nowMs = (): number => performance.timeOrigin + performance.now();

const ROUTER: Omit<RouterOptions, "priority"> = {
  version: 3,
  vrid: 51,
  vip: "10.0.0.100/24",
  intervalMs: 250,
  nopreempt: true,
};
const VIP = addressOf(ROUTER);
const SETTLED = 60; // questions, longer than the client waits for an answer

process.exitCode = await main();
