import assert from "node:assert/strict";
import { test } from "node:test";
import { checkTcpRan } from "../../../support/check-cli.ts";

/** Silent hosts, one at a time. */
const LONG = "10.0.0.8:80 10.0.0.81:80 10.0.0.82:80 10.0.0.83:80 -t 1s --concurrency 1";

test("a long run on a terminal tells how far it is, in one line that it takes back", async () => {
  const { stderr } = await checkTcpRan(LONG, { columns: 80 });
  const err = stderr
    .replaceAll("\x1b[F", "<up>")
    .replaceAll("\x1b[K", "<clear>")
    .trimEnd()
    .split("\n");
  assert.match(err[0] ?? "", /^1 of 4 done, 1 down, 1\/s, 3s left/);
  assert.match(err[1] ?? "", /^<up>2 of 4 done/);
  assert.equal(err.at(-2), "<up><clear><up>");
  assert.match(err.at(-1) ?? "", /^4 targets/);
});

test("a line is never as wide as the terminal: one that is broken could not be taken back", async () => {
  const { err } = await checkTcpRan(LONG, { columns: 20 });
  assert.equal((err[0] ?? "").replace("\x1b[K", "").length, 19);
});

test("a pipe, JSON, -q and a plugin have none", async () => {
  const told = async (line: string, columns?: number) =>
    (await checkTcpRan(line, columns === undefined ? {} : { columns })).stderr.includes("done");
  assert.equal(await told(LONG), false);
  for (const option of ["-j", "-q", "--nagios"])
    assert.equal(await told(`${LONG} ${option}`, 80), false);
});
