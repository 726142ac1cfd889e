/** Processes of our own program that a test plays, and the parent of one that it tests. */
import type { Child, ChildHandlers, Message, Parent } from "../../src/io/ports.ts";

/** A child as its parent sees it; the test is the child. */
export class FakeChild implements Child {
  readonly pid: number;
  readonly words: readonly string[];
  readonly heard: Message[] = [];
  isKilled = false;
  /** Gets what it is told, as it would. */
  onHeard: (message: Message) => void = () => {};
  readonly #handlers: ChildHandlers;

  constructor(pid: number, words: readonly string[], handlers: ChildHandlers) {
    this.pid = pid;
    this.words = words;
    this.#handlers = handlers;
  }

  /** What it tells its parent. */
  says(message: Message): void {
    this.#handlers.onMessage(message);
  }

  ends(code = "0"): void {
    this.#handlers.onEnd(code);
  }

  send(message: Message): void {
    this.heard.push(message);
    this.onHeard(message);
  }

  kill(): void {
    this.isKilled = true;
  }
}

export class FakeChildren {
  readonly all: FakeChild[] = [];
  /** Gets what any of them is told. */
  onHeard: (child: FakeChild, message: Message) => void = () => {};

  readonly startChild = async (words: readonly string[], handlers: ChildHandlers) => {
    const child = new FakeChild(100 + this.all.length, words, handlers);
    child.onHeard = (message) => this.onHeard(child, message);
    this.all.push(child);
    return child;
  };

  /** The newest one of a role. */
  of(role: string): FakeChild {
    const found = this.all.findLast(({ words }) => words.includes(role));
    if (found === undefined) throw new Error(`no ${role} was started`);
    return found;
  }
}

/** The parent of the process under test; the test is the parent. */
export class FakeParent implements Parent {
  readonly heard: Message[] = [];
  #onMessage: ((message: Message) => void) | undefined;
  #onGone: () => void = () => {};

  send(message: Message): void {
    this.heard.push(message);
  }

  async deliver(message: Message): Promise<void> {
    this.heard.push(message);
  }

  listen(onMessage: (message: Message) => void, onGone: () => void) {
    this.#onMessage = onMessage;
    this.#onGone = onGone;
    return {
      close: () => {
        this.#onMessage = undefined;
      },
    };
  }

  get isListenedTo(): boolean {
    return this.#onMessage !== undefined;
  }

  says(message: Message): void {
    this.#onMessage?.(message);
  }

  dies(): void {
    this.#onGone();
  }
}
