/** What `ha up` does beside its routers: hooks that hang or may not be run, an account of theirs, mails. */
import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { HaUp } from "../support/ha-up.ts";
import { Lifeline } from "../support/lifeline.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { Notified, sorted } from "../support/notified.ts";

const isRoot = process.getuid?.() === 0;
const skip = isRoot ? labMissing() : "needs root: programs run as another account";

const instance = (name: string, vrid: number, inside: string) => `vrrp_instance ${name} {
  interface eth0
  version 3
  virtual_router_id ${vrid}
  advert_int 0.1
  virtual_ipaddress { 10.0.0.${vrid}/24 }
  ${inside}
}\n`;

test("a program that never ends delays no other router's, and does not outlive the end", {
  skip,
}, async () => {
  await using lan = await Lan.open("a");
  using told = new Notified();
  using held = new Lifeline(told.path("held"));
  told.script("hang", "exec 3>HERE/held; sleep 600 & echo begun >>HERE/hung.txt; wait");
  const log = `notify "${told.path("log")}"`;
  const conf = `global_defs {\nscript_user root\nenable_script_security\n}\n${instance(
    "hangs",
    51,
    `notify_backup ${told.path("hang")}\n${log}`,
  )}${instance("goes", 61, log)}`;
  const router = new HaUp(lan.hosts.a, conf);
  await told.reaches("log.txt", 2);
  await told.reaches("hung.txt", 1);
  assert.deepEqual(told.lines("log.txt"), ["INSTANCE goes BACKUP 100", "INSTANCE goes MASTER 100"]);
  await router.stop();
  assert.deepEqual(sorted(told.lines("log.txt").slice(2)), [
    "INSTANCE goes STOP 100",
    "INSTANCE hangs STOP 100",
  ]);
  await held.isLetGo();
  assert.match(router.program.lines.all.join("\n"), /hangs: hook .*killed with its process group/);
});

test("a program runs as its account, and one that others could change does not run as root", {
  skip,
}, async () => {
  await using lan = await Lan.open("a");
  using told = new Notified();
  told.script("who", 'echo "$1 $(id -u):$(id -g) $(id -G)" >>HERE/who.txt');
  told.script("open", "echo open >>HERE/who.txt");
  chmodSync(told.path("open"), 0o777);
  chmodSync(told.folder, 0o1777); // for those who are not root
  const conf = `global_defs {\nscript_user nobody\nenable_script_security\n}
vrrp_script chk {\nscript "${told.path("who")} chk"\ninterval 1\n}
${instance(
  "v",
  51,
  `notify_backup "${told.path("who")} backup"
notify_master ${told.path("open")} root
track_script { chk }`,
)}`;
  told.touch("who.txt");
  const router = new HaUp(lan.hosts.a, conf);
  await router.becomes("MASTER");
  await router.stop();
  const lines = new Set(told.lines("who.txt"));
  assert.deepEqual(sorted(lines), ["backup 65534:65534 65534", "chk 65534:65534 65534"]);
  const said = router.program.lines.all.find((line) => line.includes("it is not run"));
  assert.match(said ?? "", /open: .*open can be changed by everybody \(0777 0:0\)/);
});

test("mails reach the server, and the router does not wait for one that is deaf", {
  skip,
}, async () => {
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  const script = fileURLToPath(new URL("../support/mail-server.js", import.meta.url));
  const server = a.spawn(process.execPath, script, "25");
  await server.lines.next(/listening/);
  const conf = (port: number) => `global_defs {
router_id R1
smtp_server 127.0.0.1 ${port}
smtp_alert_vrrp
notification_email { ops@example.test }
}\n${instance("v", 51, "")}`;
  const mailing = new HaUp(a, conf(25));
  await server.lines.next(/\[R1\] VRRP Instance v - Entering MASTER state/);
  await mailing.stop();
  await server.lines.next(/\[R1\] VRRP Instance v - Stopping/);
  const lonely = new HaUp(a, conf(26));
  await lonely.becomes("MASTER");
  await lonely.program.lines.next(/mail to 127\.0\.0\.1 port 26: .*ECONNREFUSED.*tried again/);
  await lonely.stop();
  assert.match(lonely.program.lines.all.join("\n"), /Entering MASTER state: the end is urgent/);
});
