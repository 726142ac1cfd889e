/** `ha up` on fake ports: its parent at work, and children that the test plays. */
import { runHa } from "../../src/app/ha/up/parent/parent.ts";
import type { ReadPlan } from "../../src/app/ha/up/parent/reading.ts";
import type { HaEvent } from "../../src/app/ha/up/parent/supervisor.ts";
import type { LvsPlan } from "../../src/app/ha/up/plan/lvs-plan.ts";
import type { ServiceRecord } from "../../src/app/ha/up/servers/server-status.ts";
import { runInProcess } from "./cli.ts";
import { dumpPlan, instanceConf } from "./dump-plan.ts";
import { type FakeChild, FakeChildren } from "./fake-children.ts";
import { FakePorts } from "./fake-ports.ts";
import { haPlan } from "./ha-plan.ts";
import { ROUTER } from "./ha-status.ts";
import { vrrpInstance } from "./vrrp.ts";

type State = "master" | "backup" | "fault";

/** Routers VI_1 and VI_2 in the group VG, and VI_3; all are MASTER. */
export class FakeHa {
  readonly children = new FakeChildren();
  readonly ports: FakePorts;
  readonly events: HaEvent[] = [];
  /** A router that is missing here does not answer. */
  readonly states = new Map<string, State>();
  /** What its file says when it is asked for a reload. */
  read: () => Promise<ReadPlan> = () => new Promise(() => {});
  /** As the process of the checks tells of them. */
  services: readonly ServiceRecord[] = [];
  becameMaster = 0; // of each of them
  readonly ended: Promise<string | undefined>;

  /** @param ports of a process before this one, whose files are there */
  constructor(ports = new FakePorts(), { isShown = false, lvs = haPlan().lvs }: HaShape = {}) {
    const { startChild } = this.children;
    this.ports = Object.assign(ports, { startChild });
    this.children.onHeard = (child, message) => this.#hear(child, message);
    for (const name of NAMES) this.states.set(name, "master");
    const routers = NAMES.map((name) => ({
      instance: vrrpInstance({ name }),
      keys: null,
      trackers: [],
    }));
    const { instances } = dumpPlan(NAMES.map((name) => instanceConf("", name)).join("\n"));
    const dump = { ...haPlan().dump, instances };
    const plan = haPlan({
      routers,
      dump,
      lvs,
      syncGroups: [{ name: "VG", members: ["VI_1", "VI_2"] }],
    });
    const { signal } = new AbortController();
    this.ended = runHa(
      {
        first: { kind: "plan", plan, files: [], errors: [] },
        read: () => this.read(),
        watchesFiles: false,
        onReload: () => {},
        file: "/etc/ha.conf",
        socket: "ha",
        stateDirectory: "/state",
        limits: { silentMs: 1e9, startMs: 1e9, endMs: 1e9 },
        signal,
        urgent: signal,
        emit: (event) => void this.events.push(event),
        isShown,
      },
      this.ports,
    );
    this.ended.catch(() => {}); // a test that awaits it sees the error all the same
  }

  static async up(ports?: FakePorts, options?: HaShape): Promise<FakeHa> {
    const ha = new FakeHa(ports, options);
    await ha.ports.clock.pass(0);
    for (const [name, state] of ha.states) ha.#tell(name, "backup", state);
    return ha;
  }

  /** Resolves when somebody follows what happens. */
  async followed(): Promise<void> {
    while (this.ports.control.following === 0) await new Promise(setImmediate);
  }

  /** A command line of the group ha. */
  readonly run = (...words: string[]) => runInProcess(["ha", ...words], { ports: this.ports });

  /** The wishes for maintenance that the routers were told. */
  get maintenance(): boolean[] {
    return this.children
      .of("vrrp")
      .heard.flatMap((one) => ("isOn" in one ? [one.isOn as boolean] : []));
  }

  #tell(instance: string, from: State, to: State): void {
    const circumstances = { heard: null, link: null, lateMs: 0, worstLateMs: 0, suspects: [] };
    const cause = { kind: "released", to: "10.0.0.2" };
    const event = { type: "transition", from, to, priority: 100, cause, circumstances };
    this.children.of("vrrp").says({ kind: "router", instance, event });
  }

  #hear(child: FakeChild, message: object): void {
    const { kind, id, question } = message as { kind: string; id: number; question: Question };
    if (kind === "end") child.ends();
    if (kind === "plan" && child.words.includes("vrrp")) child.says({ kind: "applied" });
    if (kind !== "ask") return;
    const services = { services: this.services };
    const answer = { scripts: { scripts: [] }, services }[question.kind] ?? this.#answer(question);
    if (answer !== undefined) child.says({ kind: "answer", id, answer });
  }

  #answer({ instance, request }: Question): object | undefined {
    const state = this.states.get(instance);
    if (state === undefined) return undefined;
    if (request.request === "status") {
      const counters = { ...ROUTER.counters, became_master: this.becameMaster };
      return { ...ROUTER, instance, state, counters };
    }
    if (request.request !== "failover") return { error: "unknown request" };
    this.states.set(instance, "backup");
    if (state === "master") this.#tell(instance, "master", "backup");
    return { state: "backup", to: "10.0.0.2", took_ms: 12 };
  }
}

interface HaShape {
  readonly isShown?: boolean;
  readonly lvs?: LvsPlan; // no virtual servers unless said
}

interface Question {
  readonly kind: string;
  readonly instance: string;
  readonly request: { readonly request: string };
}

const NAMES = ["VI_1", "VI_2", "VI_3"];
