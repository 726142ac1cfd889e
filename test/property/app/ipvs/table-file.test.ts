import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseYamlTarget } from "../../../../src/app/ipvs/yaml-target.ts";
import { UsageError } from "../../../../src/core/errors.ts";
import type { IpvsTarget } from "../../../../src/proto/ipvs/target.ts";
import { formatJsonTable, formatYamlTable } from "../../../../src/proto/ipvs/target-text.ts";
import { ipvsTarget } from "../../../support/ipvs-arbitraries.ts";

async function assertRead(text: string, { table, timeouts, daemons }: IpvsTarget): Promise<void> {
  const { places, named, ...read } = await parseYamlTarget(text, "f");
  assert.deepEqual(read, { table, timeouts, daemons });
  assert.deepEqual(named, []);
  for (const key of table.keys()) assert.match(places.get(key) ?? "", /^f:\d+:\d+$/);
}

test("what is written as YAML or JSON is read as it was", async () => {
  const check = async (target: IpvsTarget): Promise<void> => {
    await assertRead(formatYamlTable(target), target);
    await assertRead(formatJsonTable(target), target);
  };
  await fc.assert(fc.asyncProperty(ipvsTarget, check), { numRuns: 150 });
});

test("a text that is cut off or spoilt is read or refused with a place", async () => {
  const check = async (target: IpvsTarget, at: number, spoil: string): Promise<void> => {
    const text = formatYamlTable(target);
    const cut = at % text.length;
    for (const spoilt of [text.slice(0, cut), text.slice(0, cut) + spoil + text.slice(cut + 1)])
      await parseYamlTarget(spoilt, "f").catch((error: unknown) => {
        assert.ok(error instanceof UsageError, String(error));
        assert.match(error.message, /^f:\d+:\d+: /);
      });
  };
  const spoil = fc.oneof(fc.string(), fc.constantFrom("*a", "&a ", "!!x ", "{", "- ", ": "));
  await fc.assert(fc.asyncProperty(ipvsTarget, fc.nat(), spoil, check), { numRuns: 150 });
});
