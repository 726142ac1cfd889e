/** `vrrp_instance`: its keywords, and what keepalived changes about them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseIp } from "../../../../src/core/addr.ts";
import { readConf, said } from "../../../support/conf.ts";

function read(...lines: string[]) {
  const { conf, found, findings } = readConf("vrrp_instance VI_1 {", ...lines, "}");
  const [instance] = conf.vrrp_instance;
  return { values: instance && said(instance.value.body), found, findings };
}

test("an instance as most are", () => {
  const { values, found } = read(
    "state BACKUP",
    "interface eth0",
    "virtual_router_id 51",
    "priority 100",
    "advert_int 1.5",
    "nopreempt",
    "preempt_delay 4.12",
    "track_src_ip",
    "mcast_src_ip 10.0.0.1",
    "garp_extra_if all 10",
    "timer_expired_backup",
    "smtp_alert off",
    "notify_master /bin/true root",
  );
  assert.deepEqual(found, []);
  assert.deepEqual(values, {
    state: "BACKUP",
    interface: "eth0",
    virtual_router_id: 51,
    priority: 100,
    advert_int: 1500,
    nopreempt: true,
    preempt_delay: 4120,
    track_src_ip: true,
    mcast_src_ip: parseIp("10.0.0.1"),
    garp_extra_if: { isForAll: true, intervalS: 10 },
    timer_expired_backup: 254,
    smtp_alert: false,
    notify_master: { argv: ["/bin/true"], user: "root", group: null },
  });
});

test("lists that are written twice are both there", () => {
  const { values, found } = read(
    "track_interface {",
    "eth1 weight 5",
    "}",
    "track_interface {",
    "eth2",
    "}",
  );
  assert.deepEqual(found, []);
  assert.equal([values?.track_interface].flat().length, 2);
});

test("of state, version and commands the first one counts", () => {
  const { values, found, findings } = read(
    "state MASTER",
    "state BACKUP",
    "version 2",
    "version 3",
  );
  assert.deepEqual(values, { state: "MASTER", version: 2 });
  assert.deepEqual(found, [
    "a.conf:3:1 vk122 'state' was written before, and the first one counts",
    "a.conf:5:1 vk122 'version' was written before, and the first one counts",
  ]);
  assert.equal(findings[0]?.related[0]?.span.place.line, 2);
});

test("an old name counts, is told, and can be replaced", () => {
  const { values, found, findings } = read("vmac_garp_intvl 10");
  assert.deepEqual(values, { garp_extra_if: { isForAll: false, intervalS: 10 } });
  assert.deepEqual(found, ["a.conf:2:1 vk120 'vmac_garp_intvl' is deprecated"]);
  assert.equal(findings[0]?.help, "write garp_extra_if");
  assert.deepEqual(findings[0]?.edits, [{ span: findings[0]?.span, text: "garp_extra_if" }]);
  assert.deepEqual(read("linkbeat_use_polling").findings[0]?.edits, []);
});

test("skip_check_adv_addr off switches it on", () => {
  const { values, found } = read("skip_check_adv_addr off");
  assert.deepEqual(values, { skip_check_adv_addr: true });
  assert.deepEqual(found, ["a.conf:2:21 vk219 'skip_check_adv_addr off' switches it on"]);
});

test("a password is cut at eight bytes, not characters", () => {
  const { values, found } = read("authentication {", "auth_type PASS", "auth_pass äöüäö", "}");
  const { auth_pass: password } = said(values?.authentication ?? {});
  assert.deepEqual(password, new TextEncoder().encode("äöüä"));
  assert.deepEqual(found, [
    "a.conf:4:11 vk209 the password has 10 bytes: those behind the eighth are cut off",
  ]);
});

test("keys of auth_hmac are text, hex or a file", () => {
  const hex = "00".repeat(32);
  const { values, found } = read(
    "auth_hmac {",
    `key 1 hex:${hex}`,
    "key 2 file:/etc/keepalived/key",
    "key 3 short",
    "active_key 1",
    "mode enforced",
    "}",
  );
  const { key, active_key: active } = said(values?.auth_hmac ?? {});
  assert.deepEqual(key, [
    { id: 1, secret: { bytes: new Uint8Array(32) } },
    { id: 2, secret: { path: "/etc/keepalived/key" } },
  ]);
  assert.equal(active, 1);
  assert.deepEqual(found, [
    "a.conf:5:7 vk230 the secret has 5 bytes: 32 to 64",
    "a.conf:7:6 vk204 'enforced' is not enforce, permissive or receive-only (did you mean enforce?)",
  ]);
});

test("groups that adverts cannot go to", () => {
  assert.deepEqual(read("mcast_dst_ip 10.0.0.1").found, [
    "a.conf:2:14 vk215 10.0.0.1 is no multicast address",
  ]);
  assert.match(read("mcast_dst_ip ff05::12").found[0] ?? "", /is no link-local multicast address/);
  assert.deepEqual(read("mcast_dst_ip ff02::13").found, []);
});

test("a repeat of 0 becomes 1, and garp_extra_if needs a time", () => {
  assert.deepEqual(read("garp_master_repeat 0").values, { garp_master_repeat: 1 });
  assert.match(read("garp_extra_if all").found[0] ?? "", /^a.conf:2:18 vk225/);
});

test("a command that is empty is none", () => {
  const { values, found } = read("notify_fault");
  assert.deepEqual(values, {});
  assert.deepEqual(found, ["a.conf:2:13 vk201 'notify_fault' needs a command behind it"]);
  assert.deepEqual(read("notify_deleted").values, { notify_deleted: null });
  assert.match(read("notify_stop /bin/true root root x").found[0] ?? "", /2:33 vk104/);
});

test("a setting spans all its words, also those that are keywords within the line", () => {
  const { conf } = readConf("vrrp_instance VI_1 {", "use_vmac vr5 group 3", "}");
  const vmac = conf.vrrp_instance[0]?.value.body.use_vmac;
  assert.equal(vmac?.span.place.column, "use_vmac ".length + 1);
  assert.equal(vmac?.span.length, "vr5 group 3".length);
  assert.equal(vmac?.value.options.group?.span.length, "3".length);
});
