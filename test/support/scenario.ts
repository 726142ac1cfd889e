/**
 * Golden scenarios of a machine, one `.jsonl` file each: a sentence that says what goes in and must
 * come out, what differs from the default configuration, then lines of `[nowMs, fact, orders]`, which
 * is the format of a journal. `UPDATE=1` writes the orders that came out; review the difference.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Machine } from "../../src/proto/machine.ts";

type Step<Fact, Order> = [nowMs: number, fact: Fact, orders: Order[]];

/** One test for each file of `test/scenario/FOLDER`. */
export function testScenarios<Config, Fact, Order>(
  folder: string,
  make: (changes: Partial<Config>) => Machine<Fact, Order>,
): void {
  const path = join(import.meta.dirname, "../../../test/scenario", folder);
  for (const name of readdirSync(path).sort()) {
    const file = join(path, name);
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    const [prose, changes, ...steps] = lines.map((line) => JSON.parse(line));
    test(`${folder}/${name}: ${prose}`, () => {
      const replayed = replay(make(changes as Partial<Config>), steps as Step<Fact, Order>[]);
      if (process.env.UPDATE === "1") {
        const text = [prose, changes, ...replayed].map((line) => JSON.stringify(line));
        writeFileSync(file, `${text.join("\n")}\n`);
      } else {
        for (const [index, step] of replayed.entries()) {
          assert.deepEqual(step, steps[index], `${name}:${index + 3}`);
        }
      }
    });
  }
}

/** The same steps with the orders that the machine gives now. */
function replay<Fact, Order>(
  machine: Machine<Fact, Order>,
  steps: readonly Step<Fact, Order>[],
): Step<Fact, Order>[] {
  return steps.map(([nowMs, fact]) => {
    const orders = machine.handle(fact, nowMs);
    return [nowMs, fact, JSON.parse(JSON.stringify(orders)) as Order[]];
  });
}
