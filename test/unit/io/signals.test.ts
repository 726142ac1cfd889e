/** Signals of a process to itself; their numbers are those of glibc. */
import { once } from "node:events";
import { test } from "node:test";
import type { DumpSignal } from "../../../src/io/ports.ts";
import { onSignal } from "../../../src/io/signals.ts";

const NUMBERS: readonly (readonly [DumpSignal, number])[] = [
  ["SIGUSR1", 10],
  ["SIGUSR2", 12],
  ["SIGRTMIN+2", 36],
  ["SIGRTMAX-1", 63],
];

for (const [signal, number] of NUMBERS) {
  test(`${signal} is heard, and each time again`, async () => {
    const heard = new EventTarget();
    const watch = onSignal(signal, () => heard.dispatchEvent(new Event("signal")));
    for (let time = 0; time < 2; time++) {
      const said = once(heard, "signal");
      process.kill(process.pid, number);
      const alive = setInterval(() => {}, 1000); // the watch does not keep us
      await said;
      clearInterval(alive);
    }
    watch.close();
    watch.close();
  });
}
