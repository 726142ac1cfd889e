/** Named pipes that keep what is written to them. */
import type { Fifo } from "../../src/io/ports.ts";

export class FakeFifos {
  readonly lines: string[] = [];
  /** Nobody reads: nothing more is taken. */
  isFull: boolean = false;
  readonly open = new Set<string>();

  readonly openFifo = async (path: string): Promise<Fifo> => {
    this.open.add(path);
    return {
      write: (line) => {
        if (!this.isFull) this.lines.push(line);
        return !this.isFull;
      },
      close: () => void this.open.delete(path),
    };
  };
}
