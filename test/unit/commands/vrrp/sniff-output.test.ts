/** What is told is bounded by what the reader of standard output takes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Context } from "../../../../src/commands/define.ts";
import { parseArgs } from "../../../../src/commands/parse.ts";
import { sniffOptions } from "../../../../src/commands/vrrp/sniff-options.ts";
import { SniffOutput } from "../../../../src/commands/vrrp/sniff-output.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { advertPacket, Onlooker } from "../../../support/sniffed.ts";

/** One that takes nothing once it has `backlogBytes`. */
function outputFor(words: readonly string[], backlogBytes: number) {
  const told: string[] = [];
  let waits = 0;
  const same = (text: string) => text;
  const ctx = {
    ports: new FakePorts(),
    stdout: (line: string) => told.push(line),
    backlogBytes: () => backlogBytes,
    drained: async () => {
      waits += 1;
    },
    columns: undefined,
    rows: undefined,
    paint: { red: same, green: same, yellow: same },
  } as unknown as Context;
  const output = new SniffOutput(parseArgs(words, {}, sniffOptions), ctx);
  const packet = advertPacket();
  const sighting = new Onlooker().see(packet) ?? assert.fail();
  const show = () => {
    output.onSighting(sighting, packet);
    return output.onPause();
  };
  return { output, told, show, waits: () => waits };
}

test("a reader that keeps up is shown all, and nobody waits", () => {
  const { output, told, show, waits } = outputFor(["-i", "eth0"], 0);
  assert.equal(show(), undefined);
  assert.deepEqual([told.length, output.unshown, waits()], [1, 0, 0]);
});

test("the wire does not wait for a slow reader: beyond 4 MiB lines are left out and counted", async () => {
  const live = outputFor(["-i", "eth0"], (4 << 20) + 1);
  await live.show();
  assert.deepEqual([live.told.length, live.output.unshown], [0, 1]);
  const below = outputFor(["-i", "eth0"], 4 << 20);
  await below.show();
  assert.deepEqual([below.told.length, below.output.unshown], [1, 0]);
});

test("a capture waits for it and leaves nothing out", async () => {
  const { output, told, show, waits } = outputFor(["-r", "x.pcap"], (4 << 20) + 1);
  await show();
  assert.deepEqual([told.length, output.unshown, waits()], [1, 0, 1]);
});
