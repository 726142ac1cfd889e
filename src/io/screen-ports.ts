/** What the program asks of the outside about its terminal: a part of `ports.ts`. */
import type { Closable, Limit } from "./ports.ts";

export interface ScreenHandlers {
  /** What a key sends: a character, or an escape sequence of ECMA-48. Several may come at once. */
  readonly onKeys: (text: string) => void;
  readonly onResize: () => void;
}

/** A whole terminal; closing it, and any end of this process, gives it back as it was. */
export interface Screen extends Closable {
  readonly columns: number;
  readonly rows: number;
  /** In the place of what was there. A line may have colours; what is too long is cut. */
  draw(lines: readonly string[]): void;
}

export interface TerminalPorts {
  /** The terminal of this process alone; undefined where it has none. */
  openScreen(handlers: ScreenHandlers): Screen | undefined;
  /** The next line that is typed; undefined where standard input is no terminal. "" when `signal` is aborted. */
  readonly readAnswer: (signal: Limit) => Promise<string> | undefined;
}
