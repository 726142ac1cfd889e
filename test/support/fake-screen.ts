/** A terminal in memory, for one program. */
import type { Ports, Screen, ScreenHandlers } from "../../src/io/ports.ts";

export class FakeScreen {
  columns = 80;
  rows = 24;
  lines: readonly string[] = [];
  isOpen = false;
  #handlers: ScreenHandlers | undefined;

  readonly openScreen: Ports["openScreen"] = (handlers): Screen => {
    this.#handlers = handlers;
    this.isOpen = true;
    const size = (): FakeScreen => this;
    return {
      get columns() {
        return size().columns;
      },
      get rows() {
        return size().rows;
      },
      draw: (lines) => {
        this.lines = lines;
      },
      close: () => {
        this.isOpen = false;
      },
    };
  };

  press(keys: string): void {
    this.#handlers?.onKeys(keys);
  }

  resize(columns: number, rows: number): void {
    [this.columns, this.rows] = [columns, rows];
    this.#handlers?.onResize();
  }
}
