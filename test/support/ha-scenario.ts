/** A scenario of two nodes, played by any program that takes a keepalived.conf: what befalls them, and who is what then. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HaUp } from "./ha-up.ts";
import { Keepalived } from "./keepalived.ts";
import { type Host, Lan } from "./netns.ts";
import type { Program } from "./program.ts";

export interface Scenario {
  readonly name: string;
  readonly conf: { readonly a: string; readonly b: string }; // DIR is a folder of the node's own
  readonly vips: Readonly<Record<string, string>>; // address by instance
  /** "stop a: b=MASTER", of several instances "a.VI_2=MASTER": what is not named stays as it was. */
  readonly steps: readonly string[];
  /** Where the two programs do not do the same, and why. */
  readonly differs?: Difference;
  /** What a host has before. */
  readonly set?: (host: Host) => Promise<unknown>;
}

export interface Difference {
  readonly because: string;
  readonly keepsVipsWhenKilled?: boolean; // keepalived's
  readonly ours?: Readonly<Record<string, string>>; // states on the way, by node and instance
}

type Name = "a" | "b";
type Peer = "keepalived" | "vipkit";

/** @returns the states that each instance of each node went through, in order */
export async function play(scenario: Scenario, peer: Peer): Promise<Record<string, string>> {
  await using lan = await Lan.open("a", "b");
  const stage = new Stage(scenario, peer, lan);
  try {
    await stage.prepare();
    for (const step of scenario.steps) await stage.play(step);
    return stage.paths;
  } finally {
    stage.close();
  }
}

class Stage {
  readonly #scenario: Scenario;
  readonly #peer: Peer;
  readonly #lan: Lan<Name>;
  readonly #folders: Record<Name, string>;
  readonly #running: Partial<Record<Name, HaUp | Keepalived>> = {};
  readonly #states = new Map<string, string>(); // "a.VI_1" by its last transition
  readonly #paths = new Map<string, string[]>();
  readonly #killed = new Set<Name>();
  #wire: Program | undefined;

  constructor(scenario: Scenario, peer: Peer, lan: Lan<Name>) {
    this.#scenario = scenario;
    this.#peer = peer;
    this.#lan = lan;
    const folder = (): string => mkdtempSync(join(tmpdir(), "vipkit-scenario-"));
    this.#folders = { a: folder(), b: folder() };
  }

  get paths(): Record<string, string> {
    const entries = [...this.#paths].map(([key, states]) => [key, states.join(" ")] as const);
    return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  async prepare(): Promise<void> {
    for (const host of Object.values(this.#lan.hosts)) await this.#scenario.set?.(host);
    const { b } = this.#lan.hosts;
    this.#wire = b.spawn("tcpdump", "-l", "-n", "-i", "eth0", "vrrp or ip6 proto 112");
    await this.#wire.lines.next(/listening on/);
  }

  async play(step: string): Promise<void> {
    const [, deed = "", node, then = ""] = /^([^:]*?) ([ab]): ?(.*)$/.exec(step) ?? [];
    await this.#act(deed.split(" "), node as Name);
    for (const wanted of then.split(" ").filter((word) => word !== "")) {
      await this.#becomes(wanted, step);
    }
    await this.#assertHolders(step);
  }

  close(): void {
    for (const folder of Object.values(this.#folders)) rmSync(folder, { recursive: true });
  }

  async #act([verb = "", ...words]: readonly string[], node: Name): Promise<void> {
    const host = this.#lan.hosts[node];
    switch (verb) {
      case "start": {
        const conf = this.#scenario.conf[node].replaceAll("DIR", this.#folders[node]);
        this.#killed.delete(node);
        this.#running[node] =
          this.#peer === "vipkit" ? new HaUp(host, conf) : new Keepalived(host, conf);
        break;
      }
      case "stop":
        await this.#running[node]?.stop();
        this.#forget(node);
        break;
      case "kill":
        await this.#running[node]?.kill();
        this.#forget(node);
        this.#killed.add(node);
        break;
      case "cut":
        await this.#lan.cut(host);
        break;
      case "mend":
        await this.#lan.mend(host);
        break;
      case "silence":
        await this.#lan.silence(host);
        break;
      case "heal":
        await this.#lan.unsilence(host);
        break;
      case "write":
        writeFileSync(join(this.#folders[node], words[0] ?? ""), words[1] ?? "");
        break;
      case "remove":
        rmSync(join(this.#folders[node], words[0] ?? ""));
        break;
      case "rest": // so many adverts
        for (let left = 6; left > 0; left -= 1) await this.#nextAdvert();
        await this.#catchUp();
        break;
      default:
        await host.run(verb, ...words);
    }
  }

  async #nextAdvert(): Promise<void> {
    await this.#wire?.lines.next(/VRRP|vrrp|112/);
  }

  /** Its programs are gone, and with them its states. */
  #forget(node: Name): void {
    for (const instance of Object.keys(this.#scenario.vips)) {
      this.#states.set(`${node}.${instance}`, "-");
      this.#note(`${node}.${instance}`, "-");
    }
  }

  #note(key: string, state: string): void {
    const path = this.#paths.get(key) ?? [];
    if (path.at(-1) !== state) path.push(state);
    this.#paths.set(key, path);
  }

  /** What is told already. */
  async #catchUp(): Promise<void> {
    for (const node of ["a", "b"] as const) {
      const lines = this.#running[node]?.program.lines;
      if (lines === undefined || !this.#running[node]?.program.running) continue;
      while (lines.hasNext(TRANSITION)) this.#follow(node, await lines.next(TRANSITION));
    }
  }

  #follow(node: Name, [, theirs, entered, ours, became]: RegExpExecArray): void {
    const state = entered ?? became ?? "";
    if (state === "INIT") return;
    const key = `${node}.${theirs ?? ours}`;
    this.#states.set(key, state);
    this.#note(key, state);
  }

  async #becomes(wanted: string, step: string): Promise<void> {
    const [who = "", state = ""] = wanted.split("=");
    const [node = "a", instance = Object.keys(this.#scenario.vips)[0]] = who.split(".");
    const lines = this.#running[node as Name]?.program.lines;
    while (this.#states.get(`${node}.${instance}`) !== state) {
      if (lines === undefined) throw new Error(`${step}: ${node} does not run`);
      this.#follow(node as Name, await lines.next(TRANSITION));
    }
  }

  async #assertHolders(step: string): Promise<void> {
    const wanted = this.#wantedHolders();
    let found = await this.#holders();
    for (let left = 100; left > 0 && !same(found, wanted); left -= 1) found = await this.#holders();
    assert.deepEqual(found, wanted, `${this.#scenario.name}, ${this.#peer}, after "${step}"`);
  }

  /** Who is MASTER, and nobody else. */
  #wantedHolders(): Record<string, string> {
    const { vips, differs } = this.#scenario;
    return Object.fromEntries(
      Object.keys(vips).map((instance) => {
        const keeps = (node: Name): boolean =>
          this.#killed.has(node) &&
          this.#peer === "keepalived" &&
          differs?.keepsVipsWhenKilled === true;
        const has = (node: Name): boolean =>
          this.#states.get(`${node}.${instance}`) === "MASTER" || keeps(node);
        return [instance, (["a", "b"] as const).filter(has).join("")];
      }),
    );
  }

  async #holders(): Promise<Record<string, string>> {
    const { a, b } = this.#lan.hosts;
    const texts = await Promise.all([a, b].map((host) => host.run("ip", "-o", "address")));
    const has = (index: number, vip: string): boolean =>
      texts[index]?.includes(` ${vip}/`) === true;
    return Object.fromEntries(
      Object.entries(this.#scenario.vips).map(([instance, vip]) => [
        instance,
        `${has(0, vip) ? "a" : ""}${has(1, vip) ? "b" : ""}`,
      ]),
    );
  }
}

const same = (one: Record<string, string>, other: Record<string, string>): boolean =>
  Object.entries(one).every(([key, value]) => other[key] === value);

/** keepalived's line, and ours. */
const TRANSITION = /\((\w+)\) Entering (\w+) STATE|^(\w+): \w+ -> (\w+) /;
