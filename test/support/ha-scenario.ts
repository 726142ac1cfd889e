/** A scenario of some nodes, played by any program that takes a keepalived.conf: what befalls them, who is what then, who is told. */
import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { HaUp } from "./ha-up.ts";
import { Keepalived } from "./keepalived.ts";
import { type Host, Lan } from "./netns.ts";
import { Notified } from "./notified.ts";
import type { Program } from "./program.ts";

export interface Scenario {
  readonly name: string;
  readonly conf: Readonly<Record<string, string>>; // by node; DIR is a folder of its own
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
  readonly ours?: Readonly<Record<string, string>>; // of what `play` returns
}

type Peer = "keepalived" | "vipkit";

/** @returns the states that each instance of each node went through, in order, and what FIFOs and programs were told of it */
export async function play(scenario: Scenario, peer: Peer): Promise<Record<string, string>> {
  await using lan = await Lan.open(...Object.keys(scenario.conf));
  const stage = new Stage(scenario, peer, lan);
  try {
    await stage.prepare();
    for (const step of scenario.steps) await stage.play(step);
    const seen = { ...stage.paths, ...(await stage.told()) };
    await stage.end(); // not looked at: of several that are told to stop one may take over from the first
    return seen;
  } finally {
    stage.close();
  }
}

class Stage {
  readonly #scenario: Scenario;
  readonly #peer: Peer;
  readonly #lan: Lan<string>;
  readonly #nodes: readonly string[];
  readonly #notified = new Map<string, Notified>(); // by node
  readonly #running: Record<string, HaUp | Keepalived | undefined> = {};
  readonly #states = new Map<string, string>(); // "a.VI_1" by its last transition
  readonly #paths = new Map<string, string[]>();
  readonly #killed = new Set<string>();
  #wire: Program | undefined;

  constructor(scenario: Scenario, peer: Peer, lan: Lan<string>) {
    this.#scenario = scenario;
    this.#peer = peer;
    this.#lan = lan;
    this.#nodes = Object.keys(scenario.conf);
    for (const node of this.#nodes) this.#notified.set(node, new Notified());
  }

  get paths(): Record<string, string> {
    const entries = [...this.#paths].map(([key, states]) => [key, states.join(" ")] as const);
    return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  async prepare(): Promise<void> {
    for (const [node, notified] of this.#notified) {
      await this.#scenario.set?.(this.#host(node));
      notified.makeFifo("fifo");
      const script = `exec cat <>${notified.path("fifo")} >${notified.path("fifo.txt")}`;
      this.#host(node).spawn("sh", "-c", script);
    }
    this.#wire = this.#host("b").spawn(
      "tcpdump",
      "-l",
      "-n",
      "-i",
      "eth0",
      "vrrp or ip6 proto 112",
    );
    await this.#wire.lines.next(/listening on/);
  }

  async play(step: string): Promise<void> {
    const [, deed = "", node = "", then = ""] = /^([^:]*?) (\w): ?(.*)$/.exec(step) ?? [];
    await this.#act(deed.split(" "), node);
    for (const wanted of then.split(" ").filter((word) => word !== "")) {
      await this.#becomes(wanted, step);
    }
    await this.#assertHolders(step);
  }

  close(): void {
    for (const notified of this.#notified.values()) notified[Symbol.dispose]();
  }

  /** All programs that still run are told to. */
  async end(): Promise<void> {
    const running = this.#nodes.filter((node) => this.#running[node]?.program.running);
    await Promise.all(running.map((node) => this.#running[node]?.stop()));
  }

  /** What came by the FIFO, and what programs were called with: each subject's in order. */
  async told(): Promise<Record<string, string>> {
    const files = [...this.#notified].flatMap(([node, notified]) => [
      { node, notified, way: "fifo", file: "fifo.txt" },
      { node, notified, way: "notify", file: "log.txt" },
    ]);
    await Promise.all(files.map(({ notified, file }) => notified.settles(file)));
    const found: Record<string, string> = {};
    for (const { node, notified, way, file } of files) {
      for (const line of notified.lines(file)) {
        const [, subject = "", name = "", news = ""] = /^(\w+) "?(\w+)"? (.*)$/.exec(line) ?? [];
        if (news.startsWith("MASTER_RX_LOWER_PRI")) continue; // an advert that was on its way, or not
        const key = `${node}.${name} ${subject} ${way}`;
        found[key] = found[key] === undefined ? news : `${found[key]}, ${news}`;
      }
    }
    return found;
  }

  #host(node: string): Host {
    const host = this.#lan.hosts[node];
    if (host === undefined) throw new Error(`no node ${node}`);
    return host;
  }

  #file(node: string, name: string): string {
    return this.#notified.get(node)?.path(name) ?? "";
  }

  async #act([verb = "", ...words]: readonly string[], node: string): Promise<void> {
    const host = this.#host(node);
    const [first = "", second = ""] = words;
    switch (verb) {
      case "start": {
        const own = `${FIFO}${this.#scenario.conf[node] ?? ""}`;
        const conf = own.replaceAll("DIR", this.#notified.get(node)?.folder ?? "");
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
        writeFileSync(this.#file(node, first), second);
        break;
      case "remove":
        rmSync(this.#file(node, first));
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
  #forget(node: string): void {
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
    for (const node of this.#nodes) {
      const lines = this.#running[node]?.program.lines;
      if (lines === undefined || !this.#running[node]?.program.running) continue;
      while (lines.hasNext(TRANSITION)) this.#follow(node, await lines.next(TRANSITION));
    }
  }

  #follow(node: string, [, theirs, entered, failed, ours, became]: RegExpExecArray): void {
    const state = entered ?? failed ?? became ?? "";
    if (state === "INIT") return;
    const key = `${node}.${theirs ?? ours}`;
    this.#states.set(key, state);
    this.#note(key, state);
  }

  async #becomes(wanted: string, step: string): Promise<void> {
    const [who = "", state = ""] = wanted.split("=");
    const [node = "a", instance = Object.keys(this.#scenario.vips)[0]] = who.split(".");
    const lines = this.#running[node]?.program.lines;
    while (this.#states.get(`${node}.${instance}`) !== state) {
      if (lines === undefined) throw new Error(`${step}: ${node} does not run`);
      this.#follow(node, await lines.next(TRANSITION));
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
        const keeps = (node: string): boolean =>
          this.#killed.has(node) &&
          this.#peer === "keepalived" &&
          differs?.keepsVipsWhenKilled === true;
        const has = (node: string): boolean =>
          this.#states.get(`${node}.${instance}`) === "MASTER" || keeps(node);
        return [instance, this.#nodes.filter(has).join("")];
      }),
    );
  }

  async #holders(): Promise<Record<string, string>> {
    const texts = new Map<string, string>();
    const look = async (node: string): Promise<void> => {
      texts.set(node, await this.#host(node).run("ip", "-o", "address"));
    };
    await Promise.all(this.#nodes.map(look));
    return Object.fromEntries(
      Object.entries(this.#scenario.vips).map(([instance, vip]) => [
        instance,
        this.#nodes.filter((node) => texts.get(node)?.includes(` ${vip}/`)).join(""),
      ]),
    );
  }
}

const same = (one: Record<string, string>, other: Record<string, string>): boolean =>
  Object.entries(one).every(([key, value]) => other[key] === value);

/** Who runs it is told of all by a FIFO. */
const FIFO = `global_defs {
script_user root
vrrp_notify_fifo DIR/fifo
}
`;

/** keepalived's line, and ours. */
const TRANSITION =
  /\((\w+)\) (?:Entering (\w+) STATE|entering (FAULT) state$)|^\S+ {2}(\w+): \w+ -> (\w+) /;
