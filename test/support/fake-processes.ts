/** Processes of a host: those that run, and those who are told of them. */
import type { Ports, ProcessEntry, ProcessEvent } from "../../src/io/ports.ts";

export class FakeProcesses {
  readonly running: ProcessEntry[] = [];
  isPartial = false;
  readonly #watching = new Set<(event: ProcessEvent) => void>();

  /** @param words the command line; the kernel keeps 15 bytes of the program's name */
  start(pid: number, ...words: readonly string[]): void {
    const name = (words[0]?.split("/").at(-1) ?? "").slice(0, 15);
    this.running.push({ pid, name, argv: words });
  }

  tell(event: ProcessEvent): void {
    for (const onEvent of [...this.#watching]) onEvent(event);
  }

  get watching(): number {
    return this.#watching.size;
  }

  readonly listProcesses: Ports["listProcesses"] = async (wants, withArguments) => ({
    processes: this.running
      .filter(({ name }) => wants(name))
      .map((one) => (withArguments ? one : { ...one, argv: [] })),
    isPartial: this.isPartial,
  });

  readonly watchProcesses: Ports["watchProcesses"] = (onEvent) => {
    this.#watching.add(onEvent);
    return { close: () => void this.#watching.delete(onEvent) };
  };
}
