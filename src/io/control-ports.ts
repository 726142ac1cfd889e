/** What the program asks of the outside about those who ask it: a part of `ports.ts`. */
import type { Closable } from "./ports.ts";

/** Somebody who asks a running instance, one request for each connection. */
export interface ControlClient {
  /** Sends one line. Who does not read for long is cut off: nothing here ever waits. */
  send(line: string): void;
  /** Sends each line when the one before has left; resolves at the end, or when the client is gone. */
  stream(lines: Iterable<string>): Promise<void>;
  /** Nothing more will be sent. */
  end(): void;
  /** Lifts the limit of time that a client has; `onGone` is called when it leaves. */
  keep(onGone: () => void): void;
}

/** Sockets by which running instances of this host are asked, by name: lines of text both ways. */
export interface ControlSockets {
  /** @throws SystemError; `already-running` where a living process has the name */
  serve(name: string, onRequest: (line: string, client: ControlClient) => void): Promise<Closable>;
  /** @returns the first line of the answer. @throws SystemError; `not-running` where nobody serves */
  ask(name: string, request: string, limitMs: number): Promise<string>;
  /** Gives every line of the answer to `onLine` until it ends, or `signal` ends it. @throws SystemError */
  follow(
    name: string,
    request: string,
    onLine: (line: string) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /** Names that are served, or were by a process that died. */
  names(): string[];
}
