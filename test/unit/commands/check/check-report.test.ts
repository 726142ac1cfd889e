import assert from "node:assert/strict";
import { test } from "node:test";
import { checkTcpRan } from "../../../support/check-cli.ts";

test("on a terminal it is a table at the end, in the order of the targets", async () => {
  const { out } = await checkTcpRan("10.0.0.8:80 10.0.0.1:80", { columns: 80 });
  assert.match(out[1] ?? "", /TARGET .* STATE .* CLASS .* TIME .* DETAIL/);
  const rows = out.filter((line) => line.includes("10.0.0."));
  assert.match(rows[0] ?? "", /10\.0\.0\.8:80 .* DOWN .* L4TOUT/);
  assert.match(rows[1] ?? "", /10\.0\.0\.1:80 .* UP .* L4OK/);
});

test("of several checks it is told how many were lost, and how long the others took", async () => {
  const told = async (line: string) => (await checkTcpRan(`${line} -c 2`)).out[0] ?? "";
  assert.match(
    await told("10.0.0.1:80"),
    /connected \(2 checks, 0% lost, min\/avg\/max (0\.00ms\/?){3}\)$/,
  );
  assert.match(await told("10.0.0.3:80"), /refused \(2 checks, 100% lost\)$/);
  assert.match(await told("10.0.0.9:80"), /UNKNOWN .* \(2 checks\)$/);
});

test("a table is as wide as the terminal at most: the detail is cut, then the target", async () => {
  for (const columns of [80, 64, 200]) {
    const name = `${"long".repeat(12)}.example:80`;
    const { out } = await checkTcpRan(`${name} 10.0.0.1:80`, { columns });
    for (const line of out) assert.ok(line.length <= columns, `${columns}: ${line}`);
    const isWhole = out.some((line) => line.includes(name) && line.includes("no such name"));
    assert.equal(isWhole, columns === 200);
    assert.match(out.join("\n"), / UP /);
  }
});

test("states alone have a colour, in lines and in the table", async () => {
  const lines = await checkTcpRan("10.0.0.1:80 10.0.0.3:80 10.0.0.9:80 --color always --sort");
  assert.deepEqual(
    lines.out.map((line) => /<.*>/.exec(line)?.[0]),
    ["<green>UP</green>", "<red>DOWN</red>", "<yellow>UNKNOWN</yellow>"],
  );
  const table = await checkTcpRan("10.0.0.3:80 --color always", { columns: 80 });
  assert.match(table.stdout, / <red>DOWN<\/red> /);
});

test("explanations stand below the table", async () => {
  const { out } = await checkTcpRan("10.0.0.3:80 --explain", { columns: 80 });
  const from = out.findIndex((line) => line.startsWith("We tried to connect to 10.0.0.3:80."));
  assert.ok(from > 0);
  for (const line of out.slice(from)) assert.ok(line.length <= 80, line);
  assert.match(out.slice(from + 1).join("\n"), /^ {2}\S/);
});

test("what a terminal would obey is never printed as it is", async () => {
  const { stdout, stderr } = await checkTcpRan("a\x1b[2J:80");
  assert.ok(!(stdout + stderr).includes("\x1b"));
});
