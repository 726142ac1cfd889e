/** `vipkit vrrp doctor` in this process, on fake ports and in virtual time. */
import assert from "node:assert/strict";
import { runInProcess } from "./cli.ts";
import { FakePorts } from "./fake-ports.ts";

export const DOCTOR = ["vrrp", "doctor", "-I", "eth0"];

/** What the LAN does meanwhile. */
export type Watcher = (ports: FakePorts, elapsedMs: number) => void;

/**
 * @param argv what stands behind the interface
 * @param each is called every 10 ms of the run, until it ends
 */
export async function runDoctor(
  argv: readonly string[],
  each: Watcher = () => {},
  ports = new FakePorts(),
  columns?: number,
) {
  let ended = false;
  const given = columns === undefined ? { ports } : { ports, columns };
  const running = runInProcess([...DOCTOR, ...argv], given).finally(() => {
    ended = true;
  });
  // The command is loaded first, which takes as long as it takes.
  while (!ended && ports.open === 0) await ports.clock.pass(0);
  for (let elapsedMs = 0; !ended && elapsedMs < 600_000; elapsedMs += 10) {
    await ports.clock.pass(10);
    each(ports, elapsedMs);
  }
  const ran = await running;
  assert.equal(ports.open, 0, "nothing stays open");
  return { ...ran, ports, lines: ran.stdout.trimEnd().split("\n") };
}
