/** Who is told of what: instances and groups, each by its own words or by those of global_defs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { notifyPlanOf } from "../../../../../../src/app/ha/up/plan/notify-of.ts";
import { Programs } from "../../../../../../src/app/ha/up/plan/programs.ts";
import { effective, instance } from "../../../../../support/effective.ts";

const ACCOUNTS = { passwd: "root:x:0:0::/:\nann:x:37:38::/:\n", group: "" };

/** Of instance `v`, and of group `g` with it where `ofGroup` is given. */
function notify(globals: string, inside = "", ofGroup?: string) {
  const group = ofGroup === undefined ? "" : `vrrp_sync_group g {; group {; v; }; ${ofGroup}; }`;
  const { vrrp } = effective(
    `global_defs {; script_user root; ${globals}; }; ${instance(inside)}; ${group}`,
  );
  const programs = new Programs(vrrp.globals, ACCOUNTS, []);
  const plan = notifyPlanOf(vrrp, vrrp.instances, programs, "host");
  return { ...plan, refused: programs.refused };
}
const subjects = (...said: Parameters<typeof notify>) => notify(...said).subjects;

test("each state has its program, also of a group; a lower advert is told of an instance", () => {
  const words = ["master", "backup", "fault", "stop"];
  const all = ["notify /any", ...words.map((word) => `notify_${word} "/${word} x"`)].join("; ");
  const [one, group] = subjects("", `${all}; notify_master_rx_lower_pri /lower`, all);
  const argvs = (hooks: Readonly<Record<string, { readonly argv: readonly string[] }>> = {}) =>
    Object.entries(hooks).map(([kind, { argv }]) => `${kind}: ${argv.join(" ")}`);
  const common = [...words.map((word) => `${word.toUpperCase()}: /${word} x`), "change: /any"];
  assert.deepEqual(argvs(one?.hooks), [...common, "MASTER_RX_LOWER_PRI: /lower"]);
  assert.deepEqual(argvs(group?.hooks), common);
  assert.deepEqual([one?.subject, one?.name, group?.subject], ["INSTANCE", "v", "GROUP"]);
  assert.deepEqual(
    subjects("").map(({ hooks }) => hooks),
    [{}],
  );
});

test("mails and priorities are told as each says, else as global_defs says, else not", () => {
  const told = (...said: Parameters<typeof notify>) =>
    subjects(...said).map(({ isMailed, tellsPriority }) => [isMailed, tellsPriority]);
  const no = [false, false];
  assert.deepEqual(told("", "", ""), [no, no]);
  const globals = "smtp_alert_vrrp on; vrrp_notify_priority_changes on";
  assert.deepEqual(told(globals, "", ""), [
    [true, true],
    [true, true],
  ]);
  assert.deepEqual(told(globals, "smtp_alert off; notify_priority_changes off", "smtp_alert off"), [
    no,
    [false, true],
  ]);
});

test("a FIFO has its reader, its owner, and the permissions that the umask leaves", () => {
  const { fifos } = notify(`umask 027; notify_fifo /run/a ann; notify_fifo_script "/reader a"
    vrrp_notify_fifo /run/b; vrrp_notify_fifo_script /reader`);
  assert.deepEqual(
    fifos.map(({ path, mode, owner, reader }) => [path, mode, owner?.uid, reader?.argv]),
    [
      ["/run/a", 0o640, 37, ["/reader", "a"]],
      ["/run/b", 0o640, undefined, ["/reader"]],
    ],
  );
});

test("files of ours are for us alone unless umask says otherwise, and never to be written by others", () => {
  const mode = (globals: string) => notify(`${globals}; notify_fifo /run/a`).fifos[0]?.mode;
  assert.deepEqual([mode(""), mode("umask 0")], [0o600, 0o644]);
});

test("a FIFO of somebody whom the host does not know is left out, and why is told", () => {
  const { fifos, refused } = notify("notify_fifo /run/a bob; vrrp_notify_fifo /run/b");
  assert.deepEqual(
    fifos.map(({ path }) => path),
    ["/run/b"],
  );
  assert.deepEqual(refused, [
    "/run/a: there is no user bob, as whom it is to run: nothing is written to it",
  ]);
});

test("mails need a server and somebody to write to; the rest has defaults", () => {
  const to = "notification_email {; a@b; }";
  assert.equal(notify("smtp_server 127.0.0.1").mail, null);
  assert.equal(notify(to).mail, null);
  const usual = notify(`smtp_server 127.0.0.1; ${to}`).mail;
  assert.deepEqual(
    [usual?.from, usual?.routerId, usual?.server.helo, usual?.server.limitMs],
    ["root@host", "host", "host", 30_000],
  );
  assert.equal(usual?.tellsFaults, true);
  const said = notify(`smtp_server 127.0.0.1; ${to}; smtp_helo_name h; smtp_connect_timeout 7
    notification_email_from x@y; router_id R; no_email_faults`).mail;
  assert.deepEqual(
    [said?.from, said?.routerId, said?.server.helo, said?.server.limitMs, said?.tellsFaults],
    ["x@y", "R", "h", 7000, false],
  );
});
