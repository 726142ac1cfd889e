/** global_defs, and what stands outside blocks for the daemon itself. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseIp } from "../../../../src/core/addr.ts";
import { readConf, said } from "../../../support/conf.ts";

const inGlobal = (...lines: string[]) => {
  const { conf, found } = readConf("global_defs {", ...lines, "}");
  return { values: said(conf.global_defs?.value ?? {}), found };
};

test("several blocks are read as one", () => {
  const { conf, found } = readConf(
    "global_defs {",
    "router_id a",
    "lvs_process_name x",
    "notification_email {",
    "a@b.c",
    "}",
    "nftables t",
    "}",
    "global_defs {",
    "router_id b",
    "checker_process_name y",
    "notification_email {",
    "d@e.f",
    "}",
    "nftables u",
    "vrrp_version 3",
    "}",
    "global_defs {",
    "router_id c",
    "}",
  );
  const values = said(conf.global_defs?.value ?? {});
  assert.deepEqual(
    [values.router_id, values.checker_process_name, values.nftables, values.vrrp_version],
    ["c", "y", "t", 3],
  );
  assert.equal((values.notification_email as unknown[]).length, 2);
  assert.deepEqual(found, [
    "a.conf:3:1 vk121 'lvs_process_name' is deprecated",
    "a.conf:10:1 vk123 'router_id' replaces what was written before",
    "a.conf:11:1 vk123 'checker_process_name' replaces what was written before",
    "a.conf:15:1 vk122 'nftables' was written before, and the first one counts",
    "a.conf:19:1 vk123 'router_id' replaces what was written before",
  ]);
});

test("mails go to addresses by a server", () => {
  const { values, found } = inGlobal("smtp_server mail.example 2525", "smtp_connect_timeout 0");
  assert.deepEqual(values, {
    smtp_server: { host: "mail.example", port: 2525 },
    smtp_connect_timeout: 1,
  });
  assert.deepEqual(found, ["a.conf:3:22 vk208 0 is outside 1..4294, and becomes 1"]);
  assert.match(inGlobal("smtp_server 10.0.0.3/24").found[0] ?? "", /vk205/);
  assert.match(inGlobal("notification_email {", "}").found[0] ?? "", /vk238/);
});

test("a real-time priority is moved into its range, and a long name is cut", () => {
  const { values, found } = inGlobal(
    "vrrp_rt_priority 500",
    "bfd_rt_priority -3",
    "process_name a234567890123456",
  );
  assert.deepEqual(values, {
    vrrp_rt_priority: 99,
    bfd_rt_priority: 1,
    process_name: "a23456789012345",
  });
  assert.deepEqual(
    found.map((line) => line.split(" ")[1]),
    ["vk208", "vk208", "vk235"],
  );
});

test("CPUs add up, and lvs_timeouts do", () => {
  const { values, found } = inGlobal(
    "vrrp_cpu_affinity 0 1",
    "vrrp_cpu_affinity 3",
    "lvs_timeouts tcp 1",
    "lvs_timeouts udp 2 foo",
    "lvs_timeouts",
  );
  assert.deepEqual(values.vrrp_cpu_affinity, [[0, 1], [3]]);
  assert.deepEqual((values.lvs_timeouts as object[]).map(said), [{ tcp: 1 }, { udp: 2 }]);
  assert.deepEqual(
    found.map((line) => line.split(" ")[1]),
    ["vk217", "vk225"],
  );
});

test("a umask is a number or names of bits", () => {
  for (const [text, value] of [
    ["077", 0o77],
    ["63", 63],
    ["0x3f", 63],
    ["IWGRP|IWOTH", 0o22],
    ["IRUSR|IXOTH", 0o401],
  ] as const) {
    assert.deepEqual(inGlobal(`umask ${text}`).values, { umask: value }, text);
  }
  for (const text of ["01000", "088", "-1", "IFOO", "IRUSR|foo"]) {
    assert.match(inGlobal(`umask ${text}`).found[0] ?? "", /vk237/, text);
  }
});

test("off behind vrrp_strict is read, and old versions do not", () => {
  const { values, found } = inGlobal("vrrp_strict off", "vrrp_check_unicast_src off");
  assert.deepEqual(values, { vrrp_strict: false, vrrp_check_unicast_src: true });
  assert.deepEqual(found, [
    "a.conf:2:13 vk234 'vrrp_strict off' switches it on before 2.3.0",
    "a.conf:3:24 vk219 'vrrp_check_unicast_src off' switches it on",
  ]);
});

test("announcements are spaced, and never by nothing", () => {
  const { values, found } = inGlobal(
    "vrrp_garp_interval 0.001",
    "vrrp_gna_interval 0",
    "vrrp_garp_master_repeat 0",
    "vrrp_vmac_garp_intvl all 100",
    "vrrp_garp_extra_if 0",
  );
  assert.deepEqual(values, {
    vrrp_garp_interval: 1,
    vrrp_garp_master_repeat: 1,
    vrrp_garp_extra_if: { isForAll: true, intervalS: 100 },
  });
  assert.deepEqual(
    found.map((line) => line.split(" ")[1]),
    ["vk203", "vk208", "vk120", "vk203"],
  );
});

test("groups are multicast addresses of their family", () => {
  assert.deepEqual(inGlobal("vrrp_mcast_group6 ff02::5").values, {
    vrrp_mcast_group6: parseIp("ff02::5"),
  });
  for (const [line, code] of [
    ["vrrp_mcast_group4 10.0.0.1", "vk215"],
    ["vrrp_mcast_group4 ff02::12", "vk214"],
    ["vrrp_mcast_group6 ff05::12", "vk215"],
  ] as const) {
    assert.ok(inGlobal(line).found[0]?.includes(code), line);
  }
});

test("buffers have one size", () => {
  const policy = (words: string) => inGlobal(`vrrp_rx_bufs_policy ${words}`);
  assert.deepEqual(policy("mtu NO_SEND_RX").values, {
    vrrp_rx_bufs_policy: { size: "MTU", isNoneOfSenders: true },
  });
  assert.deepEqual(policy("5000").values, {
    vrrp_rx_bufs_policy: { size: 5000, isNoneOfSenders: false },
  });
  assert.match(policy("MTU ADVERT").found[0] ?? "", /vk218/);
  assert.match(policy("").found[0] ?? "", /vk201/);
});

test("the sync daemon follows an instance that is named with inst or without", () => {
  const sync = (words: string) => {
    const { values, found } = inGlobal(`lvs_sync_daemon ${words}`);
    const { ifName, instance, options } = (values.lvs_sync_daemon ?? {}) as {
      ifName?: string;
      instance?: string | null;
      options?: object;
    };
    return { ifName, instance, options: said(options ?? {}), found };
  };
  assert.deepEqual(sync("eth0 v id 5 group ff05::81"), {
    ifName: "eth0",
    instance: "v",
    options: { id: 5, group: parseIp("ff05::81") },
    found: [],
  });
  assert.equal(sync("eth0 inst id").instance, "id");
  assert.equal(sync("eth0 ttl 1").instance, null);
  assert.match(sync("eth0 v inst w").found[0] ?? "", /vk218/);
  assert.match(sync("eth0 v 5").found[0] ?? "", /vk217/);
});

test("checks of includes are one, or some with signs", () => {
  assert.deepEqual(inGlobal("include_check +match -wildcard_match").values.include_check, [
    [
      { check: "match", change: "+" },
      { check: "wildcard_match", change: "-" },
    ],
  ]);
  assert.match(inGlobal("include_check read match").found[0] ?? "", /vk218/);
  assert.match(inGlobal("include_check readable").found[0] ?? "", /vk204 /);
});

test("a FIFO has an owner, and three of them take the same", () => {
  const { values } = inGlobal("notify_fifo /f", "lvs_notify_fifo /g root root");
  assert.deepEqual(values, {
    notify_fifo: { path: "/f", user: null, group: null },
    lvs_notify_fifo: { path: "/g", user: "root", group: "root" },
  });
});

test("what the daemon is stands outside blocks", () => {
  const { conf, found } = readConf("net_namespace_ipvs", "instance a", "child_wait_time 9");
  const { net_namespace_ipvs: ipvs, instance, child_wait_time: wait } = said(conf);
  assert.deepEqual([ipvs, instance, wait], [null, "a", 9]);
  assert.deepEqual(found, []);
});
