/** One line of keepalived.conf after the other: what `keepalived -t` complains of is an error of ours, and nothing else is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { examine } from "../../src/config/examine.ts";
import { readConf } from "../support/conf.ts";
import { refusedOf } from "../support/keepalived-conf.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { CHECKER_LINES } from "../vectors/conf-checker-lines.ts";
import { CONF_DIFFERENCES } from "../vectors/conf-differences.ts";
import { GLOBAL_LINES } from "../vectors/conf-global-lines.ts";
import { INSTANCE_LINES } from "../vectors/conf-lines.ts";
import { LVS_LINES } from "../vectors/conf-lvs-lines.ts";
import { ROUTING_LINES } from "../vectors/conf-routing-lines.ts";
import { TRACKING_LINES } from "../vectors/conf-tracking-lines.ts";

const skip = labMissing("keepalived");

const instance = (name: string, vrid: number, lines: string): string =>
  `vrrp_instance ${name} {; interface eth0; virtual_router_id ${vrid}; virtual_ipaddress {; 10.0.0.${vrid}; }; ${lines}; }`;

const SERVICE = "protocol TCP; lb_algo rr; lb_kind NAT";
const SERVER = "real_server 10.0.0.3 80 {; }";

const virtualServer = (lines: string, head = "virtual_server 10.0.0.9 80 {"): string =>
  `${head}; ${SERVICE}; ${lines}; }`;

const realServer = (lines: string): string =>
  virtualServer(`real_server 10.0.0.3 80 {; ${lines}; }`);

const checker = (name: string, lines: string): string => realServer(`${name} {; ${lines}; }`);

/** A file that is right but for the line. */
const FILES: Readonly<Record<keyof typeof LINES, (line: string) => string>> = {
  instance: (line) => instance("v", 9, line),
  address: (line) =>
    `vrrp_instance v {; interface eth0; virtual_router_id 9; virtual_ipaddress {; ${line}; }; }`,
  route: (line) => instance("v", 9, `virtual_routes {; ${line}; }`),
  rule: (line) => instance("v", 9, `virtual_rules {; ${line}; }`),
  interface: (line) => instance("v", 9, `track_interface {; ${line}; }`),
  trackedScript: (line) =>
    `vrrp_script s {; script /bin/true; }; ${instance("v", 9, `track_script {; ${line}; }`)}`,
  group: (line) =>
    `${instance("v", 9, "")}; ${instance("w", 10, "")}; vrrp_sync_group G {; group {; v; w; }; ${line}; }`,
  script: (line) =>
    `vrrp_script s {; script /bin/true; ${line}; }; ${instance("v", 9, "track_script {; s; }")}`,
  file: (line) =>
    `track_file f {; file /etc/hostname; ${line}; }; ${instance("v", 9, "track_file {; f; }")}`,
  process: (line) =>
    `vrrp_track_process p {; process foo; ${line}; }; ${instance("v", 9, "track_process {; p; }")}`,
  bfd: (line) => `bfd_instance b {; neighbor_ip 10.0.0.3; ${line}; }`,
  global: (line) => `global_defs {; ${line}; }; ${instance("v", 9, "")}`,
  outside: (line) => `${line}; ${instance("v", 9, "")}`,
  virtualServer: (line) => virtualServer(`${line}; ${SERVER}`),
  realServer,
  service: (line) => virtualServer(SERVER, line),
  groupMember: (line) =>
    `virtual_server_group g {; ${line}; }; ${virtualServer(SERVER, "virtual_server group g {")}`,
  ssl: (line) => `SSL {; ${line}; }; ${virtualServer(SERVER)}`,
  tcp: (line) => checker("TCP_CHECK", line),
  http: (line) => checker("HTTP_GET", `url {; path /; status_code 200; }; ${line}`),
  url: (line) => checker("HTTP_GET", `url {; path /; ${line}; }`),
  smtp: (line) => checker("SMTP_CHECK", line),
  dns: (line) => checker("DNS_CHECK", line),
  udp: (line) => checker("UDP_CHECK", line),
  ping: (line) => checker("PING_CHECK", line),
  misc: (line) => checker("MISC_CHECK", `misc_path /bin/true; ${line}`),
  otherCheck: (line) =>
    `track_file f {; file /etc/hostname; }; bfd_instance b {; neighbor_ip 10.0.0.3; }; ${realServer(line)}`,
  root: (line) => `${line}; ${instance("v", 9, "")}`,
};

const LINES = {
  ...INSTANCE_LINES,
  ...ROUTING_LINES,
  ...TRACKING_LINES,
  ...GLOBAL_LINES,
  ...LVS_LINES,
  ...CHECKER_LINES,
};

/** Where we differ from 2.2.7, and why. */
const NEWER = "a later version knows it";
const HOST = "the host does not know the name, which is not asked here";
const STRICTER = "keepalived takes it without a word, and something else comes of it";
const DIFFERENT: Readonly<Record<string, string>> = {
  "instance: interface eth9": HOST,
  "instance: use_vmac eth1": HOST,
  "instance: use_vmac name vr5": NEWER,
  "instance: use_vmac netlink_notify_msg": NEWER,
  "instance: use_vmac vr5 group 3": NEWER,
  "instance: use_vmac 02:00:5e:00:01:07:08": STRICTER,
  "instance: use_vmac v5 ; use_vmac v6": "reported as a warning: the second replaces the first",
  "instance: no_virtual_ipaddress": NEWER,
  "instance: timer_expired_backup": NEWER,
  "instance: owner_ignore_adverts": NEWER,
  "instance: v3_checksum_as_v2": NEWER,
  "instance: track_interface": STRICTER,
  "route: default via 10.0.0.2": "an error up to 2.3.1 alone",
  "route: blackhole 10.1.0.0/16": "an error up to 2.3.1 alone",
  "route: 10.1.0.0/16 dev eth0 table nosuch": HOST,
  "route: 10.1.0.0/16 dev eth0 realms foo": HOST,
  "route: 10.1.0.0/16 dev eth0 tos x": HOST,
  "route: 10.1.0.0/16 dev eth0 vrf eth1": HOST,
  "rule: from 10.0.0.0/8 table nosuch priority 10": HOST,
  "rule: realms foo table 100 priority 10": HOST,
  "rule: from all table 100 priority 10 suppress_ifgroup nosuch": HOST,
  "rule: ipproto nosuch from all table 100 priority 10": HOST,
  "rule: from all priority 10 table -1": STRICTER,
  "interface: eth1 weight 10 noreverse": NEWER,
  "script: interval 1.5": NEWER,
  "script: timeout 0.5": NEWER,
  "script: user nosuch": HOST,
  "bfd: multihop": NEWER,
};

test("keepalived -t complains of a line exactly where an error is found in it", {
  skip,
}, async (t) => {
  await using lan = await Lan.open("a");
  await lan.plugSecond(lan.hosts.a);
  const cases = Object.entries(LINES).flatMap(([place, lines]) =>
    lines.split(" |").flatMap((line) => {
      const file = FILES[place as keyof typeof LINES](line.trim()).split(";");
      return line.trim() === "" ? [] : [{ name: `${place}: ${line.trim()}`, file }];
    }),
  );
  const refused = await refusedOf(
    lan.hosts.a,
    cases.map(({ file }) => file),
  );
  const different = cases.filter(({ file }, index) => {
    const { conf, findings } = readConf(...file);
    examine(conf, null, (one) => void findings.push(one));
    const hasError = findings.some(({ kind }) => kind.severity === "error");
    return hasError !== refused[index];
  });
  t.diagnostic(`${cases.length} files, ${refused.filter(Boolean).length} refused by keepalived`);
  const names = different.map(({ name }) => name);
  const listed = [...Object.keys(DIFFERENT), ...CONF_DIFFERENCES];
  assert.deepEqual(
    names.filter((name) => !listed.includes(name)),
    [],
  );
  assert.deepEqual(
    listed.filter((name) => !names.includes(name)),
    [],
    "what is listed is different",
  );
});
