/** A line of a terminal that is written over again and again (ECMA-48). */
export class RedrawnLine {
  readonly #print: (line: string) => void;
  readonly #columns: number;
  #isShown: boolean = false;

  /** @param print one line, to which the line end is added */
  constructor(print: (line: string) => void, columns: number) {
    this.#print = print;
    this.#columns = columns;
  }

  /** Instead of what it showed before; cut, as a line that is broken could not be taken back. */
  show(text: string): void {
    this.#print(`${this.#isShown ? UP : ""}${text.slice(0, this.#columns - 1)}${CLEAR}`);
    this.#isShown = true;
  }

  /** Leaves no trace: what is printed next stands in its place. */
  erase(): void {
    if (this.#isShown) this.#print(`${UP}${CLEAR}${UP}`);
    this.#isShown = false;
  }
}

/** To the begin of the line above; erase to the end of the line. */
const UP = "\x1b[F";
const CLEAR = "\x1b[K";
