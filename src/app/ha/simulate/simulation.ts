/** `ha simulate`: a cluster lives through events in virtual time; what came of it, as plain data. */
import type { SimulatedCluster } from "./cluster.ts";
import { formatEvent, type SimulatedEvent, type TimedEvent } from "./event.ts";
import { type AddressHistory, type Span, totalMs } from "./holders.ts";
import { SimulatedHost } from "./host.ts";
import { idleReason } from "./idle.ts";
import type { SimulatedRouter } from "./router.ts";
import { FATES } from "./script.ts";
import type { TimelineEntry } from "./timeline.ts";
import { type Verdict, VerdictWatch } from "./verdict.ts";
import { World } from "./world.ts";

export interface SimulationResult {
  readonly untilMs: number;
  readonly timeline: readonly TimelineEntry[];
  readonly timelineLeftOut: number; // entries behind the first 100000
  readonly addresses: readonly AddressReport[];
  readonly verdicts: readonly Verdict[]; // of each event in turn
}

export interface AddressReport {
  readonly address: string;
  readonly firstHeldMs: number | null; // null: never
  readonly nobodyMs: number; // in all, since it was first held
  readonly nobody: readonly Span[];
  readonly severalMs: number;
  readonly several: readonly Span[];
  readonly holders: readonly string[]; // at the end
}

/**
 * All nodes start at 0. Events of one time happen in their order. Of a large cluster it lasts: whoever
 * goes on from step to step can show how far it is, and stop. @yields the time of the simulation, in ms
 */
export function* simulating(
  cluster: SimulatedCluster,
  events: readonly TimedEvent[],
  untilMs: number,
  seed = 1,
): Generator<number, SimulationResult> {
  const simulation = new Simulation(cluster, seed);
  const due = [...events].sort((a, b) => a.atMs - b.atMs).filter(({ atMs }) => atMs <= untilMs);
  const verdicts: Verdict[] = [];
  yield* simulation.steps(due[0]?.atMs ?? untilMs);
  for (const [index, { event }] of due.entries()) {
    const watch = simulation.watch(event);
    simulation.apply(event);
    yield* simulation.steps(due[index + 1]?.atMs ?? untilMs);
    verdicts.push(watch.verdict());
  }
  return simulation.result(verdicts);
}

export class Simulation {
  readonly hosts: readonly SimulatedHost[];
  readonly #world: World;

  constructor(cluster: SimulatedCluster, seed: number) {
    const world = new World(seed);
    this.#world = world;
    this.hosts = cluster.nodes.map((node) => new SimulatedHost(node, world));
    for (const host of this.hosts) host.start();
  }

  get nowMs(): number {
    return this.#world.queue.nowMs;
  }

  get routers(): SimulatedRouter[] {
    return this.hosts.flatMap(({ routers }) => routers);
  }

  get advertsSent(): number {
    return this.#world.wire.advertsSent;
  }

  runUntil(untilMs: number): void {
    this.#world.queue.runUntil(untilMs);
  }

  *steps(untilMs: number): Generator<number, void> {
    while (this.nowMs < untilMs) {
      this.runUntil(Math.min(this.nowMs + STEP_MS, untilMs));
      yield this.nowMs;
    }
    this.runUntil(untilMs); // of now, too
  }

  /** To be asked before the event happens; its verdict is of when it is asked for. */
  watch(event: SimulatedEvent): VerdictWatch {
    const idle = idleReason(event, this.hosts, this.#world.wire.lossPct);
    return new VerdictWatch(event, idle, this.routers, () => this.nowMs);
  }

  apply(event: SimulatedEvent): void {
    this.#world.timeline.add(this.nowMs, { kind: "event", words: formatEvent(event) });
    if (event.kind === "loss") this.#world.wire.lossPct = event.pct;
    else if (event.kind === "cut" || event.kind === "heal") this.#divide(event);
    else for (const host of this.hosts) if (host.name === event.node) befall(host, event);
  }

  result(verdicts: readonly Verdict[]): SimulationResult {
    const { timeline, addresses } = this.#world;
    return {
      untilMs: this.nowMs,
      timeline: timeline.entries,
      timelineLeftOut: timeline.leftOut,
      addresses: addresses.map(reportOf),
      verdicts,
    };
  }

  /** Clients are where most nodes are: in segment 0. */
  #divide({ kind, nodes }: Extract<SimulatedEvent, { kind: "cut" | "heal" }>): void {
    const segment = 1 + Math.max(...this.hosts.map((host) => host.segment));
    for (const host of this.hosts) {
      const isMeant = nodes.includes(host.name) || (kind === "heal" && nodes.length === 0);
      if (isMeant) host.moveTo(kind === "cut" ? segment : 0);
    }
  }
}

function befall(host: SimulatedHost, event: Extract<SimulatedEvent, { node: string }>): void {
  switch (event.kind) {
    case "fail":
    case "hang":
    case "recover": {
      const isScript = host.scripts.some(({ script }) => script.name === event.name);
      if (isScript) host.setFate(event.name, FATES[event.kind]);
      else host.setState(event.name, event.kind === "recover" ? "up" : "down");
      break;
    }
    case "set":
      host.setState(event.name, event.value);
      break;
    case "link-down":
    case "link-up":
      host.setLink(event.name, event.kind === "link-up");
      break;
    default:
      host[event.kind]();
  }
}

const STEP_MS = 1000;

function reportOf(history: AddressHistory): AddressReport {
  const { address, firstHeldMs, holders } = history;
  const [nobody, several] = [history.nobody(), history.several()];
  const totals = { nobodyMs: totalMs(nobody), severalMs: totalMs(several) };
  return { address, firstHeldMs, nobody, several, ...totals, holders };
}
