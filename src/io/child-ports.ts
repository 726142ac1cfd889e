/** What the program asks of the outside about processes of its own program, and who started it: a part of `ports.ts`. */
import type { Closable } from "./ports.ts";

/** What the structured clone algorithm takes: values alone. */
export type Message = object;

export interface ChildHandlers {
  readonly onMessage: (message: Message) => void;
  /** Called once; nothing follows it. `code` is its exit status, a signal's name, or an errno's. */
  readonly onEnd: (code: string) => void;
}

/** Our program once more, with the same command line and a role in it. */
export interface Child {
  /** Undefined where it could not be started, which `onEnd` tells. */
  readonly pid: number | undefined;
  /** Never waits; into the void when it has ended. */
  send(message: Message): void;
  /** At once, with SIGKILL. */
  kill(): void;
}

/** The other end, in the child. */
export interface Parent {
  send(message: Message): void;
  /** The same, for who ends behind it: resolves when all of it is on its way, or nobody is there to read it. */
  deliver(message: Message): Promise<void>;
  /** Messages that came before this was called are not lost. */
  listen(onMessage: (message: Message) => void, onGone: () => void): Closable;
}

/** systemd, as sd_notify(3) speaks with it. */
export interface ServiceManager {
  /** It takes us for dead after so long without `WATCHDOG=1`; null: never. */
  readonly watchdogMs: number | null;
  /** Lines `NAME=value`; into the void where it does not read. Never waits, never throws. */
  tell(text: string): void;
}

export interface ChildPorts {
  /** Our program once more: `words` are added to our command line. Never throws. */
  startChild(words: readonly string[], handlers: ChildHandlers): Promise<Child>;
  /** Who started us so; undefined where nobody did. */
  readonly parent: Parent | undefined;
  /** Undefined where nobody started us as a service that tells how it is. */
  readonly serviceManager: ServiceManager | undefined;
}
