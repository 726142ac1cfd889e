/** What every child of `ha up` does: it listens to its parent, shows that its loop turns, and ends with it. */
import { SystemError, UsageError } from "../../../core/errors.ts";
import type { Cancel, Clock, Closable, Parent, Ports } from "../../../io/ports.ts";
import type { FromChild, Question, ToChild } from "./messages.ts";

/** The work of a child. */
export interface Work<Message> extends Closable {
  /** Gets what the parent says, but for its wish that it ends. */
  hear(message: Message): void;
  answer(question: Question): Promise<object>;
  /** With each sign of life. */
  beat?(): void;
  /** Hands over politely. */
  stop(): void;
  /** Gives everything up in this very turn. */
  abandon(): void;
  /** Resolves at the end. @throws SystemError, UsageError */
  readonly ended: Promise<void>;
}

export type BeginWork<Message> = (
  tell: (message: FromChild) => void,
  live: () => void,
) => Work<Message>;

export interface Surroundings {
  readonly urgent: AbortSignal;
  readonly silentMs: number; // without a sign of life for so long it is taken for dead
  /** Why, and what would help. */
  readonly reasonOf: (error: SystemError | UsageError) => string;
}

/**
 * Resolves at the polite end. What keeps it from its work is told to the parent.
 * @param begin gets `live`, to be called meanwhile where its work keeps the loop from turning for long
 */
export async function serveParent<Message extends object>(
  parent: Parent,
  begin: BeginWork<Message>,
  { clock }: Pick<Ports, "clock">,
  { urgent, reasonOf, silentMs }: Surroundings,
): Promise<boolean> {
  const tell = (message: FromChild): void => parent.send(message);
  let work: Work<Message> | undefined;
  const beats = new Heartbeat(clock, silentMs * BEAT_SHARE, (lateMs) => {
    tell({ kind: "beat", lateMs });
    work?.beat?.();
  });
  try {
    work = begin(tell, () => beats.live());
    const { hear, answer, stop, abandon } = bound(work);
    const line = parent.listen((message) => {
      const said = message as ToChild<Message>;
      if ("kind" in said && said.kind === "end") stop();
      else if ("kind" in said && said.kind === "abandon") abandon();
      else if ("kind" in said && said.kind === "ask") {
        const { id, question } = said;
        void answer(question).then((reply) => tell({ kind: "answer", id, answer: reply }));
      } else hear(said as Message);
    }, stop);
    // SIGTERM goes to a whole process group or service: when each of it ends, the parent alone decides.
    urgent.addEventListener("abort", abandon, { once: true });
    beats.start();
    await work.ended;
    tell({ kind: "done" });
    line.close();
    return true;
  } catch (error) {
    if (!(error instanceof SystemError || error instanceof UsageError)) throw error;
    tell({ kind: "refused", text: reasonOf(error) });
    return false;
  } finally {
    beats.close();
    work?.close();
  }
}

const bound = <Message>(
  work: Work<Message>,
): Pick<Work<Message>, "hear" | "answer" | "stop" | "abandon"> => ({
  hear: (message) => work.hear(message),
  answer: (question) => work.answer(question),
  stop: () => work.stop(),
  abandon: () => work.abandon(),
});

/** Tells each time that the loop came round, and how late. */
class Heartbeat implements Closable {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #beat: (lateMs: number) => void;
  #dueMs = 0;
  #beatMs = 0;
  #cancel: Cancel = () => {};

  constructor(clock: Clock, intervalMs: number, beat: (lateMs: number) => void) {
    this.#clock = clock;
    this.#intervalMs = Math.min(intervalMs, LONGEST_INTERVAL_MS);
    this.#beat = beat;
  }

  start(): void {
    this.#show(0);
    this.#next();
  }

  /** A sign of life of one whose loop does not turn just now, where one is due. */
  live(): void {
    if (this.#clock.nowMs() >= this.#beatMs + this.#intervalMs) this.#show(0);
  }

  close(): void {
    this.#cancel();
  }

  #next(): void {
    this.#dueMs = this.#clock.nowMs() + this.#intervalMs;
    this.#cancel = this.#clock.at(this.#dueMs, () => {
      this.#show(this.#clock.nowMs() - this.#dueMs);
      this.#next();
    });
  }

  #show(lateMs: number): void {
    this.#beatMs = this.#clock.nowMs();
    this.#beat(lateMs);
  }
}

/** At half of the silence that it bears the parent becomes suspicious. */
const BEAT_SHARE = 1 / 5;
const LONGEST_INTERVAL_MS = 200; // what goes with each beat is not to be older
