import assert from "node:assert/strict";
import { test } from "node:test";
import { ListRun } from "../../../../src/commands/check/list-run.ts";
import type { NamedCheck } from "../../../../src/commands/check/listed-check.ts";
import type { Context } from "../../../../src/commands/define.ts";
import { type CheckFinding, down, unknown, up } from "../../../../src/proto/check/result.ts";
import { Tally } from "../../../../src/proto/check/tally.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const STYLE = { json: false, quiet: true, verbose: false, sort: false };

async function statusOf(...checks: readonly (readonly (CheckFinding | undefined)[])[]) {
  const ctx = { ports: new FakePorts() } as Partial<Context> as Context;
  const named = checks.map((findings) => ({
    kind: "x",
    name: null,
    targets: findings.map((_, at) => ({ at })),
    prober: { nameOf: () => "t" },
    args: {},
  })) as unknown as readonly NamedCheck[];
  const run = new ListRun(named, STYLE, ctx);
  for (const [place, check] of named.entries()) {
    const witness = run.witness(check, place);
    for (const [at, finding] of (checks[place] ?? []).entries()) {
      if (finding === undefined) continue;
      const tally = new Tally();
      tally.note({ ...finding, phase: null, address: null, phasesMs: {}, totalMs: 1 });
      witness.onDone({ place: at, target: check.targets[at], tally });
    }
  }
  return await run.end(undefined);
}

const [good, bad, unclear] = [up("L7OK", ""), down("L7STS", ""), unknown("")];

test("all up is 0, one down is 1, also beside what is not known; else that is 2", async () => {
  assert.equal(await statusOf([good], [good, good]), 0);
  assert.equal(await statusOf([good], [good, bad]), 1);
  assert.equal(await statusOf([unclear], [bad]), 1);
  assert.equal(await statusOf([good], [good, unclear]), 2);
});

test("a target that was not checked is not known", async () => {
  assert.equal(await statusOf([good, undefined]), 2);
  assert.equal(await statusOf([bad, undefined]), 1);
});
