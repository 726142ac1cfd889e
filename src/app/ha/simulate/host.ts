/** A simulated node: its kernel, and the one process that runs its virtual routers and checks. */
import { SyncGroup } from "../../../proto/ha/sync-group.ts";
import type { TrackedState, Tracker } from "../../../proto/ha/tracking.ts";
import type { SimulatedNode } from "./cluster.ts";
import { type RouterHost, SimulatedRouter } from "./router.ts";
import { RunningScript, type ScriptFate } from "./script.ts";
import type { World } from "./world.ts";

export class SimulatedHost implements RouterHost {
  readonly name: string;
  readonly routers: readonly SimulatedRouter[];
  readonly scripts: readonly RunningScript[];
  isUp: boolean = false;
  isFrozen: boolean = false;
  #segment = 0; // hears those of the same one; clients are in 0
  readonly #node: SimulatedNode;
  readonly #world: World;
  readonly #downLinks = new Set<string>();
  readonly #states: Map<string, TrackedState>; // of watched things and files
  readonly #groupOf = new Map<SimulatedRouter, SyncGroup<SimulatedRouter>>();
  readonly #signals = new Set<"reload" | "stop">(); // that a frozen process has not seen yet
  #isSettling: boolean = false;
  #isStopping: boolean = false;

  constructor(node: SimulatedNode, world: World) {
    this.name = node.name;
    this.#node = node;
    this.#world = world;
    const { scripts, watched, files, syncGroups } = node;
    this.#states = new Map<string, TrackedState>([
      ...watched.map((name) => [name, "up"] as const),
      ...files.map(({ name, value }) => [name, value] as const),
    ]);
    const mayRun = (): boolean => this.isUp && !this.isFrozen;
    this.scripts = scripts.map(
      (script) => new RunningScript(script, world.queue, mayRun, this.#scriptChanged),
    );
    this.routers = node.instances.map((instance) => {
      const group = syncGroups.find(({ members }) => members.includes(instance.name));
      return new SimulatedRouter(instance, this, group, world);
    });
  }

  get segment(): number {
    return this.#segment;
  }

  /** It hands over, and will end. */
  get isStopping(): boolean {
    return this.isUp && this.#isStopping;
  }

  /** Of a process, a BFD session or a file. */
  watchedState(name: string): TrackedState {
    return this.#states.get(name) ?? "unknown";
  }

  hasLink(ifName: string): boolean {
    return !this.#downLinks.has(ifName);
  }

  stateOf({ kind, name }: Tracker): TrackedState {
    if (kind === "interface") return this.hasLink(name) ? "up" : "down";
    if (kind !== "script") return this.watchedState(name);
    return this.scripts.find(({ script }) => script.name === name)?.state ?? "unknown";
  }

  start(): void {
    if (this.isUp) return;
    this.isUp = true;
    this.#isStopping = false;
    for (const script of this.scripts) script.start();
    for (const router of this.routers) router.reset();
    this.#formGroups();
    for (const router of this.routers) router.begin();
  }

  /** Politely: masters hand over, and then the process ends. */
  stop(): void {
    if (!this.isUp || this.#isDeafTo("stop")) return;
    this.#isStopping = true;
    for (const script of this.scripts) script.stop();
    for (const router of this.routers) router.feed({ kind: "stopped" });
    this.#endWhenDone();
  }

  /** The process ends without a farewell; the kernel keeps the addresses, unless they are leased. */
  kill(): void {
    this.isUp = false;
    this.isFrozen = false;
    this.#signals.clear();
    for (const script of this.scripts) script.stop();
  }

  /** The node loses power. */
  crash(): void {
    this.kill();
    for (const router of this.routers) router.hold(false);
  }

  /** With the same settings: checks begin anew, what they found stays, routers go on. */
  reload(): void {
    if (!this.isUp || this.#isStopping || this.#isDeafTo("reload")) return;
    for (const script of this.scripts) script.restart();
  }

  freeze(): void {
    this.isFrozen = this.isUp;
  }

  thaw(): void {
    if (!this.isFrozen) return;
    this.isFrozen = false;
    for (const router of this.routers) router.thaw();
    for (const router of this.routers) router.track();
    const signals = [...this.#signals];
    this.#signals.clear();
    for (const signal of signals) this[signal]();
  }

  /** The switch puts it into another segment, of which its kernel learns nothing. */
  moveTo(segment: number): void {
    this.#segment = segment;
    this.#noteReach();
  }

  setLink(ifName: string, isUp: boolean): void {
    if (isUp === this.hasLink(ifName)) return;
    if (isUp) this.#downLinks.delete(ifName);
    else this.#downLinks.add(ifName);
    const there = this.routers.filter(({ instance }) => instance.ifName === ifName);
    for (const router of there) router.isLinkUp = isUp;
    this.#noteReach();
    this.#tell(ifName, isUp ? "up" : "down");
    const fact = { kind: isUp ? "fault-cleared" : "fault-raised", fault: "link-down" } as const;
    for (const router of there) if (router.instance.tracksOwnLink) router.feed(fact);
    this.#track(ifName);
  }

  /** From its next run on. */
  setFate(name: string, fate: ScriptFate): void {
    for (const script of this.scripts) if (script.script.name === name) script.fate = fate;
  }

  /** A process, a BFD session or a file. */
  setState(name: string, state: "up" | "down" | number): void {
    if (this.#states.get(name) === state) return;
    this.#states.set(name, state);
    this.#tell(name, state);
    this.#track(name);
  }

  /** One group after the other comes to rest; what it does comes back here. */
  settle(router: SimulatedRouter): void {
    if (this.#isStopping) this.#endWhenDone();
    if (this.#groupOf.size === 0 || this.#isSettling || this.#isStopping) return;
    const group = this.#groupOf.get(router);
    if (group === undefined) return;
    this.#isSettling = true;
    for (let orders = group.review(); orders.length > 0; orders = group.review()) {
      for (const { member, fact } of orders) member.feed(fact);
    }
    this.#isSettling = false;
  }

  readonly #scriptChanged = ({ script: { name }, state }: RunningScript): void => {
    if (state !== "unknown") this.#tell(name, state);
    this.#track(name);
  };

  #track(name: string): void {
    if (!this.isUp || this.isFrozen || this.#isStopping) return;
    const tracks = (router: SimulatedRouter): boolean =>
      router.trackers.some((tracker) => tracker.name === name);
    for (const router of this.routers.filter(tracks)) router.track();
  }

  #formGroups(): void {
    this.#groupOf.clear();
    for (const { members } of this.#node.syncGroups) {
      const routers = this.routers.filter(({ instance }) => members.includes(instance.name));
      const group = new SyncGroup(routers);
      for (const router of routers) this.#groupOf.set(router, group);
    }
  }

  /** It comes in when the process thaws. */
  #isDeafTo(signal: "reload" | "stop"): boolean {
    if (this.isFrozen) this.#signals.add(signal);
    return this.isFrozen;
  }

  #endWhenDone(): void {
    if (this.routers.every(({ state }) => state === "init")) this.isUp = false;
  }

  #noteReach(): void {
    for (const { addresses } of this.routers) for (const address of addresses) address.note();
  }

  #tell(name: string, state: "up" | "down" | number): void {
    const { queue, timeline } = this.#world;
    timeline.add(queue.nowMs, { kind: "tracked", node: this.name, name, state });
  }
}
