import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptOf } from "../../../../src/commands/vrrp/accept-options.ts";
import { UsageError } from "../../../../src/core/errors.ts";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const GIVEN = { accept: false, "no-accept": false, strict: false, priority: 100 };

test("packets are accepted unless --no-accept or --strict; --accept overrules --strict", () => {
  assert.equal(acceptOf(GIVEN), true);
  assert.equal(acceptOf({ ...GIVEN, "no-accept": true }), false);
  assert.equal(acceptOf({ ...GIVEN, strict: true }), false);
  assert.equal(acceptOf({ ...GIVEN, strict: true, accept: true }), true);
});

test("what clashes is refused, naming both", () => {
  const both = { ...GIVEN, accept: true, "no-accept": true };
  assert.throws(() => acceptOf(both), new UsageError("--accept and --no-accept clash"));
  assert.throws(
    () => acceptOf({ ...GIVEN, "no-accept": true, priority: 255 }),
    /--no-accept and --priority 255 clash/,
  );
});

test("a dry run names the table and makes none", async () => {
  const ports = new FakePorts();
  const line = "vrrp run -I eth0 --vrid 51 --vip 10.0.0.100/24 --dry-run --force --no-accept";
  const { stdout } = await runInProcess(line.split(" "), { ports });
  assert.match(stdout, /^drop {6}packets for these addresses .*\(table vipkit-eth0-51-ipv4\)$/m);
  assert.equal(ports.tables.size, 0);
});

test("a dry run tells what the packet filter would refuse", async () => {
  const ports = new FakePorts();
  ports.filterRefusals.push("EOPNOTSUPP", "EOPNOTSUPP");
  const line = "vrrp run -I eth0 --vrid 51 --vip 10.0.0.100/24 --dry-run --force --no-accept";
  const { exitCode, stdout } = await runInProcess(line.split(" "), { ports });
  assert.equal(exitCode, 2);
  assert.match(
    stdout,
    /a run would be refused: nftables rule add .*modprobe nf_tables, or run with --accept \(EOPNOTSUPP\)/,
  );
});

test("--strict of version 2 forbids --accept, of version 3 it leaves it to the user", async () => {
  const line = "vrrp run -I eth0 --vrid 51 --vip 10.0.0.100/24 --dry-run --force --strict --accept";
  const run = (...more: string[]) =>
    runInProcess([...line.split(" "), ...more], { ports: new FakePorts() });
  assert.equal((await run()).exitCode, 0);
  assert.match((await run("--version", "2")).stderr, /--strict: RFC 3768 forbids --accept$/m);
});
