/** `vrrp sniff` in this process on fake ports, of a capture or live. */
import assert from "node:assert/strict";
import { runInProcess } from "./cli.ts";
import { FakePorts } from "./fake-ports.ts";
import { pcapngOf } from "./sniff-capture.ts";
import { capturedAdvert } from "./sniff-session.ts";
import type { Said } from "./sniffed.ts";

/** `vrrp sniff -r` of a capture with these adverts, or these bytes. */
export async function read(
  argv: readonly string[],
  capture: readonly Said[] | Uint8Array,
  ports = new FakePorts(),
) {
  const bytes = capture instanceof Uint8Array ? capture : pcapngOf(capture);
  ports.files.contents.set("t.pcapng", bytes);
  const ran = await runInProcess([...READ, ...argv], { ports });
  assert.equal(ports.open, 0);
  return { ...ran, lines: ran.stdout.trimEnd().split("\n"), files: ports.files };
}

/** `vrrp sniff -i eth0`, interrupted behind `script`: what happens while it listens. */
export async function listen(
  argv: readonly string[],
  script: (ports: FakePorts) => Promise<void> = async () => {},
  more: { columns?: number } = {},
) {
  const ports = new FakePorts();
  const stop = new AbortController();
  const running = runInProcess([...LIVE, ...argv], { ports, stop, ...more });
  await ports.clock.pass(0);
  await script(ports);
  await ports.clock.pass(10);
  stop.abort();
  const ran = await running;
  assert.equal(ports.open, 0);
  return { ...ran, lines: ran.stdout.trimEnd().split("\n") };
}

/** An advert passes now. */
export const hear = (ports: FakePorts, said: Said = {}): void =>
  ports.capture(capturedAdvert({ atMs: ports.clock.nowMs() - 1_000_000, ...said }));

/** Of lines of JSON. */
export const records = (stdout: string): Record<string, unknown>[] =>
  stdout
    .trimEnd()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

const READ = ["vrrp", "sniff", "-r", "t.pcapng"];
const LIVE = ["vrrp", "sniff", "-i", "eth0"];
