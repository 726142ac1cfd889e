/** What the program asks of the outside about a terminal that it has for itself: a part of `ports.ts`. */
import type { Closable } from "./ports.ts";

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
