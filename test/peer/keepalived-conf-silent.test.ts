/** What keepalived changes without a word, as its own dump of the configuration shows it: our warnings say the same. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readConf } from "../support/conf.ts";
import { Lan, labMissing } from "../support/netns.ts";

const skip = labMissing("keepalived");

const FILE = [
  "global_defs {",
  "enable_script_security",
  "script_user root",
  "vrrp_skip_check_adv_addr off",
  "vrrp_check_unicast_src off",
  "}",
  "interface_up_down_delays {",
  "eth1 1",
  "}",
  "vrrp_script s {",
  "script /bin/echo a b",
  "}",
  "vrrp_instance v {",
  "interface eth0",
  "virtual_router_id 5",
  "skip_check_adv_addr off",
  "mcast_src_ip 10.0.0.1/24",
  "track_script {",
  "s",
  "}",
  "track_interface {",
  "eth1 weight 5",
  "}",
  "virtual_ipaddress {",
  "10.0.0.10/",
  "}",
  "virtual_routes {",
  "10.1.0.0/16 dev eth0 rtt 1599",
  "10.2.0.0/16 dev eth0 rttvar 799",
  "10.3.0.0/16 10.4.0.0/16 dev eth0",
  "}",
  "}",
];

/** Our code, the line of the file that it is about, and what keepalived makes of it. */
const CHANGES: readonly (readonly [code: string, line: string, dumped: RegExp])[] = [
  ["vk234", "vrrp_skip_check_adv_addr off", /: *VRRP skip check advert addresses = true$/],
  ["vk219", "vrrp_check_unicast_src off", /: *VRRP check unicast_src = true$/],
  ["vk219", "skip_check_adv_addr off", /: *Skip checking advert IP addresses$/],
  ["vk213", "mcast_src_ip 10.0.0.1/24", /: *Using src_ip = 10\.0\.0\.1 /],
  ["vk212", "10.0.0.10/", /: *10\.0\.0\.10\/0 dev eth0/],
  ["vk223", "10.1.0.0/16 dev eth0 rtt 1599", /10\.1\.0\.0\/16 dev eth0 .*rtt 200ms/],
  ["vk223", "10.2.0.0/16 dev eth0 rttvar 799", /10\.2\.0\.0\/16 dev eth0 .*rttvar 200ms/],
  ["vk123", "10.3.0.0/16 10.4.0.0/16 dev eth0", /prepend 10\.4\.0\.0\/16 dev eth0/],
  ["vk220", "script /bin/echo a b", /: *Command = '[^' ]*\/echo'$/],
  ["vk231", "eth1 1", /: *Up debounce timer = 0us$/],
];

test("each warning of a silent change is true of the real keepalived", { skip }, async () => {
  const { findings } = readConf(...FILE);
  const warned = findings.map(({ kind, span }) => [kind.code, FILE[span.place.line - 1]]);
  for (const [code, line] of CHANGES) {
    assert.ok(
      warned.some(([found, at]) => found === code && at === line),
      `${code} ${line}`,
    );
  }

  await using lan = await Lan.open("a");
  await lan.plugSecond(lan.hosts.a);
  const folder = mkdtempSync(join(tmpdir(), "vipkit-conf-silent-"));
  try {
    const file = (name: string) => join(folder, name);
    writeFileSync(file("conf"), [...FILE, ""].join("\n"));
    const pids = ["--pid", file("pid"), "--vrrp_pid", file("vrrp.pid")];
    const { a } = lan.hosts;
    const dumping = a.spawn("keepalived", ...DUMPING, "--use-file", file("conf"), ...pids);
    await dumping.lines.next(/Entering BACKUP STATE/);
    await dumping.stop();
    const dump = dumping.lines.all;
    for (const [code, line, dumped] of CHANGES) {
      assert.ok(
        dump.some((one) => dumped.test(one)),
        `${code} ${line}`,
      );
    }
    // The delay up of an interface stands above its delay down, and only eth1 has one.
    const at = dump.findIndex((one) => one.includes("Down debounce timer = 1000000us"));
    assert.match(dump[at - 1] ?? "", /Up debounce timer = 0us/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const DUMPING = ["--dont-fork", "--log-console", "--no-syslog", "--vrrp", "--dump-conf"];
