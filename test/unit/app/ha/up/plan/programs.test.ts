/** As whom programs run, and which are not run since keepalived would not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { notifyPlanOf } from "../../../../../../src/app/ha/up/plan/notify-of.ts";
import type { HaPlan } from "../../../../../../src/app/ha/up/plan/plan.ts";
import { planOf } from "../../../../../../src/app/ha/up/plan/plan-of.ts";
import { Programs } from "../../../../../../src/app/ha/up/plan/programs.ts";
import { readBlock } from "../../../../../../src/config/block.ts";
import { examine } from "../../../../../../src/config/examine.ts";
import type { Finding } from "../../../../../../src/config/finding.ts";
import { ROOT } from "../../../../../../src/config/tables/root.ts";
import type { PathPart } from "../../../../../../src/core/path-part.ts";
import { findUser } from "../../../../../../src/core/user-database.ts";
import { statementsOf } from "../../../../../support/conf.ts";
import { instance, linesOf } from "../../../../../support/effective.ts";

const passwd = "root:x:0:0::/:\nann:x:37:38::/:\n";
const part = (path: string, more: Partial<PathPart> = {}): PathPart => ({
  path,
  kind: path === "/" ? "directory" : "file",
  uid: 0,
  gid: 0,
  mode: 0o755,
  ...more,
});
const WAYS = new Map([
  ["/good", [part("/"), part("/good")]],
  ["/open", [part("/"), part("/open", { mode: 0o777 })]],
]);

/** @param inside of the only instance */
function planned(inside: string, globals = "script_user root; enable_script_security", more = "") {
  const findings: Finding[] = [];
  const report = (one: Finding): void => void findings.push(one);
  const text = `global_defs {; ${globals}; }; ${instance(inside)}; ${more}`;
  const conf = readBlock(statementsOf(linesOf(text)), ROOT, "", report);
  const users = { get: (name: string) => findUser(passwd, name)?.uid };
  const host = {
    interfaces: new Map(),
    users,
    programs: { get: (name: string) => WAYS.get(name) ?? [] },
    networkd: null,
  };
  const { vrrp } = examine(conf, host, report);
  const programs = new Programs(vrrp.globals, { passwd, group: "staff:x:50:\n" }, findings);
  const plan = notifyPlanOf(vrrp, vrrp.instances, programs, "host.example.test");
  const whole = (): HaPlan => {
    const ports = { readSecretFile: () => assert.fail(), environment: () => undefined };
    return planOf({ configuration: conf, ...examine(conf, host, () => {}) }, programs, "h", ports);
  };
  return { plan, hooks: plan.subjects[0]?.hooks, refused: programs.refused, whole };
}

test("a program runs as who is written behind it, else as script_user", () => {
  const { hooks, refused } = planned(
    'notify_master "/good a"; notify_backup /good ann; notify_fault /good ann staff; notify /good ann 7',
  );
  assert.deepEqual(hooks?.MASTER, { argv: ["/good", "a"], user: { uid: 0, gid: 0 } });
  assert.deepEqual(hooks?.BACKUP?.user, { uid: 37, gid: 38 });
  assert.deepEqual(hooks?.FAULT?.user, { uid: 37, gid: 50 });
  assert.deepEqual(hooks?.change?.user, { uid: 37, gid: 7 });
  assert.deepEqual(refused, []);
});

test("without script_user and without the usual account it is ourselves, unless that must be secure", () => {
  assert.equal(planned("notify /good", "").hooks?.change?.user, null);
  const { hooks, refused } = planned("notify /good", "enable_script_security");
  assert.deepEqual(hooks, {});
  assert.deepEqual(refused, [
    "/good: there is no user keepalived_script, as whom it is to run: it is not run",
  ]);
});

test("what keepalived would not run is not run, and why is told", () => {
  const { hooks, refused } = planned(
    "notify_master /none; notify_backup /good bob; notify_fault /good ann crew; notify_stop /open; notify /open ann",
  );
  assert.deepEqual(Object.keys(hooks ?? {}), ["change"]);
  assert.deepEqual(refused, [
    "PATH has no /none: it is not run",
    "the host has no user bob, as whom /good is to run: it is not run",
    "/good: there is no group crew: it is not run",
    "/open: /open can be changed by everybody (0777 0:0), and it runs as root: it is not run",
  ]);
});

test("a script that keepalived disables is not run, and what tracks it waits for nobody", () => {
  const scripts = (security: string): string =>
    `script_user root${security}; }; vrrp_script none {; script /none; }; vrrp_script open {; script /open; }; vrrp_script good {; script /good`;
  const tracked = "track_script {; none; open; good; }";
  const names = (all: readonly { readonly name: string }[] = []): string[] =>
    all.map(({ name }) => name);
  const { whole, refused } = planned(tracked, scripts("; enable_script_security"));
  const plan = whole();
  assert.deepEqual(names(plan.scripts), ["good"]);
  assert.deepEqual(names(plan.routers[0]?.trackers), ["good"]);
  assert.equal(refused.length, 2);
  assert.match(refused[0] ?? "", /^vrrp_script none: .*: it is not run, and taken for up$/);
  const trusting = planned(tracked, scripts("")).whole();
  assert.deepEqual(names(trusting.scripts), ["open", "good"]);
});

test("without enable_script_security it runs what others could change", () => {
  assert.deepEqual(planned("notify /open", "script_user root").hooks?.change?.argv, ["/open"]);
});

test("FIFOs have the permissions that the umask leaves, and an owner where one is named", () => {
  const { plan } = planned("", "notify_fifo /run/a; vrrp_notify_fifo /run/b ann; umask 022");
  assert.deepEqual(plan.fifos, [
    { of: "all", path: "/run/a", mode: 0o644, owner: null, reader: null },
    { of: "vrrp", path: "/run/b", mode: 0o644, owner: { uid: 37, gid: 38 }, reader: null },
  ]);
  assert.equal(planned("", "notify_fifo /run/a").plan.fifos[0]?.mode, 0o600);
});

test("there are mails where there is a server and somebody to write to", () => {
  assert.equal(planned("", "smtp_server 127.0.0.1").plan.mail, null);
  const globals =
    "smtp_server 127.0.0.1 26; notification_email {; a@b; c@d; }; smtp_connect_timeout 5";
  const { plan } = planned("smtp_alert", globals, "vrrp_sync_group g {; group {; v; }; }");
  assert.deepEqual(plan.mail, {
    server: { host: "127.0.0.1", port: 26, helo: "host.example.test", limitMs: 5000 },
    from: "root@host.example.test",
    to: ["a@b", "c@d"],
    routerId: "host.example.test",
    tellsFaults: true,
  });
  assert.deepEqual(
    plan.subjects.map(({ name, isMailed }) => [name, isMailed]),
    [
      ["v", true],
      ["g", false],
    ],
  );
});
