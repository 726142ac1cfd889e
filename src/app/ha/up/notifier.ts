/** What follows a transition: programs, then FIFOs, then mails, of virtual routers and of sync groups. */
import type { Closable, Ports } from "../../../io/ports.ts";
import { GroupState } from "../../../proto/ha/group-state.ts";
import { type Notice, noticeLine, STATE_WORDS, type StateWord } from "../../../proto/ha/notice.ts";
import type { MailText } from "../../../proto/lvs/server-notice.ts";
import type { VrrpState } from "../../../proto/vrrp/facts.ts";
import type { VrrpTransition } from "../../vrrp/events.ts";
import { transitionEnvironment } from "../../vrrp/hooks.ts";
import { FifoTeller } from "./fifo-teller.ts";
import { HookRunner } from "./hook-runner.ts";
import { Mailer } from "./mailer.ts";
import type { FormerStates, LowerHeard, RouterEvent } from "./messages.ts";
import type { PlannedFifo, PlannedSubject } from "./notify-plan.ts";
import type { HaPlan } from "./plan.ts";

type Environment = Readonly<Record<string, string>>;
type Outside = Pick<Ports, "clock" | "runProgram" | "openFifo" | "sendMail">;

/** By which others are told of virtual servers. */
export interface ServerChannels {
  readonly line: (line: string) => void;
  readonly mail: (make: (routerId: string) => MailText) => void;
}

export class Notifier implements Closable {
  readonly #plan: HaPlan;
  readonly #ports: Outside;
  readonly #states: Map<string, VrrpState>; // by instance
  readonly #groups: ReadonlyMap<string, GroupState>;
  readonly #subjects = new Map<string, readonly [PlannedSubject, HookRunner]>();
  readonly #fifos: readonly (readonly [PlannedFifo, FifoTeller])[];
  readonly #mailer: Mailer | undefined;

  /** @param known where the routers are already, which is told to nobody */
  constructor(
    plan: HaPlan,
    known: FormerStates,
    ports: Outside,
    onTrouble: (line: string) => void,
  ) {
    this.#plan = plan;
    this.#ports = ports;
    this.#states = new Map(known);
    const running = new Set(plan.routers.map(({ instance }) => instance.name));
    this.#groups = new Map(
      plan.syncGroups.map(({ name, members }) => [
        name,
        new GroupState(
          members.filter((member) => running.has(member)),
          known,
        ),
      ]),
    );
    const { subjects, fifos, mail } = plan.notify;
    for (const one of subjects) {
      this.#subjects.set(keyOf(one), [one, new HookRunner(one, ports, onTrouble)]);
    }
    this.#fifos = fifos.map((fifo) => [fifo, new FifoTeller(fifo, ports, onTrouble)]);
    this.#mailer = mail === null ? undefined : new Mailer(mail, ports, onTrouble);
  }

  start(): void {
    for (const [, fifo] of this.#fifos) void fifo.open();
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
    await Promise.all([...this.#runners.map((one) => one.drained()), this.#mailer?.drained()]);
    cancel();
    this.close();
  }

  /** What follows the end itself is still run, for a while. */
  hurry(): void {
    for (const runner of this.#runners) runner.hurry();
    this.#mailer?.close();
  }

  close(): void {
    this.#mailer?.close();
    for (const [, fifo] of this.#fifos) fifo.close();
  }

  get #runners(): HookRunner[] {
    return Array.from(this.#subjects.values(), ([, runner]) => runner);
  }

  /** A process that took up the work of another one where it was has changed nothing. */
  #follow(name: string, event: VrrpTransition): void {
    const { to, priority } = event;
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

  #rerank(name: string, priority: number): void {
    const state = this.#states.get(name);
    if (state !== "master" && state !== "backup") return;
    const [planned] = this.#subjects.get(keyOf({ subject: "INSTANCE", name })) ?? [];
    if (planned?.tellsPriority !== true) return;
    const word = state === "master" ? "MASTER_PRIORITY" : "BACKUP_PRIORITY";
    this.#tell({ subject: "INSTANCE", name, word, priority }, {});
  }

  #tellState(notice: Notice & { readonly word: StateWord }, environment: Environment): void {
    this.#tell(notice, environment);
    const [planned] = this.#subjects.get(keyOf(notice)) ?? [];
    if (planned?.isMailed === true) this.#mailer?.tell(notice, notice.word);
  }

  #tell(notice: Notice, environment: Environment): void {
    const [, runner] = this.#subjects.get(keyOf(notice)) ?? [];
    runner?.tell(notice, environment);
    const line = noticeLine(notice);
    this.#write(line, "lvs");
  }

  /** @param but those that are not for it */
  #write(line: string, but: PlannedFifo["of"]): void {
    for (const [{ of }, fifo] of this.#fifos) if (of !== but) fifo.tell(line);
  }
}

const keyOf = ({ subject, name }: Pick<Notice, "subject" | "name">): string => `${subject} ${name}`;

/** A parent waits longer than this and the end of a hurry together. */
const PATIENCE_MS = 3000;
