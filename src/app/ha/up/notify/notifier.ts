/** What follows a transition: programs, then FIFOs, then mails, of virtual routers and of sync groups. */
import type { Closable, Ports } from "../../../../io/ports.ts";
import { GroupState } from "../../../../proto/ha/group-state.ts";
import {
  type Notice,
  noticeLine,
  STATE_WORDS,
  type StateWord,
} from "../../../../proto/ha/notice.ts";
import type { MailText } from "../../../../proto/lvs/server-notice.ts";
import type { VrrpState } from "../../../../proto/vrrp/facts.ts";
import type { VrrpTransition } from "../../../vrrp/events.ts";
import { transitionEnvironment } from "../../../vrrp/hooks.ts";
import type { VrrpInstance } from "../../../vrrp/instance.ts";
import type { FormerStates, LowerHeard, RouterEvent } from "../messages.ts";
import type { PlannedFifo, PlannedSubject } from "../plan/notify-plan.ts";
import type { HaPlan } from "../plan/plan.ts";
import { planChanges } from "../plan/plan-changes.ts";
import { FifoTeller } from "./fifo-teller.ts";
import { HookRunner } from "./hook-runner.ts";
import { Mailer } from "./mailer.ts";

type Environment = Readonly<Record<string, string>>;
type Outside = Pick<Ports, "clock" | "runProgram" | "openFifo" | "sendMail">;

/** By which others are told of virtual servers. */
export interface ServerChannels {
  readonly line: (line: string) => void;
  readonly mail: (make: (routerId: string) => MailText) => void;
}

/** A router that a reload has taken out, until it has ended. */
interface Leaving {
  readonly subject: PlannedSubject | undefined;
  readonly instance: VrrpInstance | undefined;
}

export class Notifier implements Closable {
  readonly #ports: Outside;
  readonly #onTrouble: (line: string) => void;
  readonly #runners = new Map<string, HookRunner>(); // by kind and name of the subject; each of a plan before, too
  readonly #leaving = new Map<string, Leaving>(); // by instance
  readonly #priorities = new Map<string, number>(); // by instance, in force
  readonly #mailers = new Set<Mailer>(); // also those that have no more than what waits
  #plan: HaPlan;
  #states: Map<string, VrrpState>; // by instance
  #groups: ReadonlyMap<string, GroupState>;
  #subjects: ReadonlyMap<string, PlannedSubject>;
  #fifos: readonly FifoTeller[] = [];
  #mailer: Mailer | undefined;

  /** @param known where the routers are already, which is told to nobody */
  constructor(
    plan: HaPlan,
    known: FormerStates,
    ports: Outside,
    onTrouble: (line: string) => void,
  ) {
    this.#plan = plan;
    this.#ports = ports;
    this.#onTrouble = onTrouble;
    this.#states = new Map(known);
    this.#groups = groupsOf(plan, known);
    this.#subjects = subjectsOf(plan);
    this.#take(plan);
  }

  /** Goes by this plan from now on. What is the same in both goes on. */
  amend(plan: HaPlan): void {
    const former = this.#plan;
    const states = new Map<string, VrrpState>();
    for (const { kind, name, nextName } of planChanges(former, plan).routers) {
      const state = this.#states.get(name);
      if (kind === "removed" || kind === "restarted") this.#dismiss(name, former);
      else if (state !== undefined) states.set(nextName, state);
    }
    this.#plan = plan;
    this.#states = states;
    this.#groups = groupsOf(plan, states, this.#groups);
    this.#subjects = subjectsOf(plan);
    this.#take(plan);
    if (plan.notify.retells) this.#retell();
  }

  hear(message: RouterEvent | LowerHeard): void {
    const { instance: name } = message;
    if (message.kind === "lower-heard") {
      const { priority } = message;
      this.#tell({ subject: "INSTANCE", name, word: "MASTER_RX_LOWER_PRI", priority }, {});
    } else if (message.event.type === "transition") this.#follow(name, message.event);
    else if (message.event.type === "priority") this.#rerank(name, message.event.to);
  }

  readonly servers: ServerChannels = {
    line: (line) => this.#write(line, "vrrp"),
    mail: (make) => this.#mailer?.push(make),
  };

  /** Resolves when all has been told, or was given up for it took too long. */
  async finish(): Promise<void> {
    const { clock } = this.#ports;
    const cancel = clock.at(clock.nowMs() + PATIENCE_MS, () => this.hurry());
    const all = [...this.#runners.values(), ...this.#mailers];
    await Promise.all(all.map((one) => one.drained()));
    cancel();
    this.close();
  }

  /** What follows the end itself is still run, for a while. */
  hurry(): void {
    for (const runner of this.#runners.values()) runner.hurry();
    for (const mailer of this.#mailers) mailer.close();
  }

  close(): void {
    for (const mailer of this.#mailers) mailer.close();
    for (const fifo of this.#fifos) fifo.close();
  }

  /** FIFOs and mails as they are wished; one that works as it is to goes on. */
  #take({ notify: { fifos, mail } }: HaPlan): void {
    const former = this.#fifos;
    const kept = fifos.map((planned) => former.find((one) => one.tells(planned)));
    for (const one of former) if (!kept.includes(one)) one.close(); // first, for it may be of the same path
    this.#fifos = fifos.map((planned, index) => {
      const own = kept[index];
      if (own !== undefined) return own;
      const fifo = new FifoTeller(planned, this.#ports, this.#onTrouble);
      void fifo.open();
      return fifo;
    });
    if (mail !== null && this.#mailer?.sends(mail) === true) return;
    const last = this.#mailer;
    if (last !== undefined) void last.drained().then(() => this.#mailers.delete(last));
    this.#mailer = mail === null ? undefined : new Mailer(mail, this.#ports, this.#onTrouble);
    if (this.#mailer !== undefined) this.#mailers.add(this.#mailer);
  }

  #dismiss(name: string, { routers }: HaPlan): void {
    const subject = this.#subjects.get(keyOf({ subject: "INSTANCE", name }));
    const planned = routers.find(({ instance }) => instance.name === name);
    this.#leaving.set(name, { subject, instance: planned?.instance });
  }

  /** A process that took up the work of another one where it was has changed nothing. */
  #follow(name: string, event: VrrpTransition): void {
    const { from, to, priority } = event;
    const leaving = this.#leaving.get(name);
    if (from === "init" || to === "init") this.#leaving.delete(name);
    if (leaving !== undefined && from !== "init") {
      if (to === "init") this.#tellEnd(name, leaving, event);
      return;
    }
    this.#priorities.set(name, priority);
    if (this.#states.get(name) === to) return;
    this.#states.set(name, to);
    const router = this.#plan.routers.find(({ instance }) => instance.name === name);
    const environment = router === undefined ? {} : transitionEnvironment(router.instance, event);
    this.#tellState({ subject: "INSTANCE", name, word: STATE_WORDS[to], priority }, environment);
    for (const [group, state] of this.#groups) {
      const common = state.note(name, to);
      if (common === undefined) continue;
      const word = STATE_WORDS[common];
      const environment = { VIPKIT_GROUP: group, VIPKIT_STATE: word };
      this.#tellState({ subject: "GROUP", name: group, word, priority: 0 }, environment);
    }
  }

  #tellEnd(name: string, { subject, instance }: Leaving, event: VrrpTransition): void {
    const word = subject?.tellsDeletion === true ? "DELETED" : "FAULT";
    const environment = instance === undefined ? {} : transitionEnvironment(instance, event);
    const notice = { subject: "INSTANCE", name, word, priority: event.priority } as const;
    this.#tellState(notice, environment, subject);
  }

  #rerank(name: string, priority: number): void {
    this.#priorities.set(name, priority);
    const state = this.#states.get(name);
    if (state !== "master" && state !== "backup") return;
    const planned = this.#subjects.get(keyOf({ subject: "INSTANCE", name }));
    if (planned?.tellsPriority !== true) return;
    const word = state === "master" ? "MASTER_PRIORITY" : "BACKUP_PRIORITY";
    this.#tell({ subject: "INSTANCE", name, word, priority }, {});
  }

  /** keepalived says so of all, and leaves out instances that are MASTER: who reads needs them most. */
  #retell(): void {
    for (const { instance } of this.#plan.routers) {
      const { name, config } = instance;
      const state = this.#states.get(name);
      if (state === undefined) continue;
      const priority = this.#priorities.get(name) ?? config.priority;
      this.#tellLine({ subject: "INSTANCE", name, word: STATE_WORDS[state], priority });
    }
    for (const [name, { state }] of this.#groups) {
      if (state === undefined) continue;
      this.#tellLine({ subject: "GROUP", name, word: STATE_WORDS[state], priority: 0 });
    }
  }

  #tellState(
    notice: Notice & { readonly word: StateWord },
    environment: Environment,
    planned = this.#subjects.get(keyOf(notice)),
  ): void {
    this.#tell(notice, environment, planned);
    if (planned?.isMailed === true) this.#mailer?.tell(notice, notice.word);
  }

  #tell(
    notice: Notice,
    environment: Environment,
    planned = this.#subjects.get(keyOf(notice)),
  ): void {
    if (planned !== undefined) this.#runnerOf(planned).tell(notice, planned.hooks, environment);
    this.#tellLine(notice);
  }

  #tellLine(notice: Notice): void {
    this.#write(noticeLine(notice), "lvs");
  }

  /** @param but those that are not for it */
  #write(line: string, but: PlannedFifo["of"]): void {
    for (const fifo of this.#fifos) if (fifo.of !== but) fifo.tell(line);
  }

  #runnerOf(planned: PlannedSubject): HookRunner {
    const key = keyOf(planned);
    const runner = this.#runners.get(key) ?? new HookRunner(planned, this.#ports, this.#onTrouble);
    this.#runners.set(key, runner);
    return runner;
  }
}

const keyOf = ({ subject, name }: Pick<Notice, "subject" | "name">): string => `${subject} ${name}`;

const subjectsOf = ({ notify }: HaPlan): ReadonlyMap<string, PlannedSubject> =>
  new Map(notify.subjects.map((one) => [keyOf(one), one]));

function groupsOf(
  { routers, syncGroups }: HaPlan,
  known: FormerStates,
  former: ReadonlyMap<string, GroupState> = new Map(),
): ReadonlyMap<string, GroupState> {
  const running = new Set(routers.map(({ instance }) => instance.name));
  return new Map(
    syncGroups.map(({ name, members }) => {
      const own = members.filter((member) => running.has(member));
      return [name, new GroupState(own, known, former.get(name)?.state)];
    }),
  );
}

/** A parent waits longer than this and the end of a hurry together. */
const PATIENCE_MS = 3000;
