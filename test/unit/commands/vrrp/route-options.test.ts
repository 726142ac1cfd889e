import assert from "node:assert/strict";
import { test } from "node:test";
import { routingOf } from "../../../../src/commands/vrrp/route-options.ts";
import { formatCidr } from "../../../../src/core/addr.ts";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const dryRun = (...more: string[]) =>
  runInProcess(
    [
      "vrrp",
      "run",
      "-I",
      "eth0",
      "--vrid",
      "51",
      "--vip",
      "10.0.0.100/24",
      "--dry-run",
      "--force",
      ...more,
    ],
    { ports: new FakePorts() },
  );

test("the family of the virtual addresses is that of a route or rule that does not tell its own", () => {
  const { routes, rules } = routingOf(
    { route: ["default dev tun0"], rule: ["fwmark 1 table 9"] },
    6,
  );
  assert.deepEqual(
    [routes.map((it) => formatCidr(it.destination)), rules[0]?.family],
    [["::/0"], 6],
  );
});

test("a dry run shows what would be added, and what was left", async () => {
  const more = [
    "--route",
    "default via 10.0.0.254 table 100",
    "--rule",
    "from 10.0.0.100 table 100",
  ];
  const { stdout } = await dryRun(...more);
  assert.match(stdout, /^route {5}as MASTER: default via 10\.0\.0\.254 table 100$/m);
  assert.match(stdout, /^rule {6}as MASTER: from 10\.0\.0\.100\/32 table 100$/m);
  const { routes, rules } = JSON.parse((await dryRun(...more, "-j")).stdout);
  assert.deepEqual(routes, ["default via 10.0.0.254 table 100"]);
  assert.deepEqual(rules, ["from 10.0.0.100/32 table 100"]);
});

for (const [more, reason] of [
  [
    ["--route", "default vai 10.0.0.254"],
    '--route "default vai 10.0.0.254" says "vai", which is not understood (did you mean via?)',
  ],
  [["--rule", "from 10.0.0.0/8"], '--rule "from 10.0.0.0/8" names no table, and is not'],
  [
    ["--route", "default via 10.0.0.254", "--route", "default dev eth0"],
    "--route default via 10.0.0.254 and --route default dev eth0 are one and the same to the kernel",
  ],
  [
    ["--rule", "from 10.0.0.9 lookup 9", "--rule", "from 10.0.0.9/32 table 9"],
    "are one and the same to the kernel; a metric or priority can tell them apart",
  ],
] as const) {
  test(`${more.join(" ")} is refused in one line`, async () => {
    const { exitCode, stdout, stderr } = await dryRun(...more);
    assert.deepEqual([exitCode, stdout, stderr.split("\n").length], [2, "", 2]);
    assert.ok(stderr.includes(reason), stderr);
  });
}
