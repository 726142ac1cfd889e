/** use_vmac and use_ipvlan: words that are told apart by what they look like. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ipvlan, vmac } from "../../../src/config/vmac.ts";
import { formatCidr } from "../../../src/core/addr.ts";
import { readArgument, said } from "../../support/conf.ts";

const readVmac = (words: string) => {
  const { value, found } = readArgument(vmac, words);
  const mac = value?.mac && Buffer.from(value.mac).toString("hex");
  return { ifName: value?.ifName, mac, options: value && said(value.options), found };
};

test("a VMAC may have a name and a MAC address, in any order", () => {
  const expected = { ifName: "vr5", mac: "02005e000107", options: {}, found: [] };
  assert.deepEqual(readVmac("vr5 02:00:5e:00:01:07"), expected);
  assert.deepEqual(readVmac("2:0:5e:0:1:7 vr5"), expected);
  assert.deepEqual(readVmac(""), { ifName: null, mac: null, options: {}, found: [] });
});

test("five octets leave the sixth to the VRID", () => {
  assert.equal(readVmac("02:00:5e:00:01").mac, "02005e0001");
});

test("a name may be any word behind name", () => {
  const { ifName, options } = readVmac("name group group 3 netlink_notify_msg");
  assert.equal(ifName, "group");
  assert.deepEqual(options, { name: "group", group: 3, netlink_notify_msg: true });
});

test("MAC addresses that keepalived refuses", () => {
  for (const mac of [
    "00:00:5e:00:01",
    "00:00:5e:00:02:07",
    "01:00:5e:00:01:07",
    "00:00:5e",
    "a:b:c:d:e:zz",
  ]) {
    const { mac: read, found } = readVmac(mac);
    assert.equal(read, null, mac);
    assert.match(found[0] ?? "", /^a.conf:1:5 vk216/, mac);
  }
});

test("second names and addresses are ignored", () => {
  assert.deepEqual(readVmac("vr5 vr6").found, [
    "a.conf:1:9 vk218 'vr6' would be a second name, and is ignored",
  ]);
  assert.match(readVmac("02:00:5e:00:01 02:00:5e:00:02").found[0] ?? "", /1:20 vk218/);
});

test("an ipvlan may have a name, an address and a mode", () => {
  const { value, found } = readArgument(ipvlan, "ipv5 10.0.0.4/24 vepa");
  assert.deepEqual(found, []);
  assert.equal(value?.ifName, "ipv5");
  assert.equal(value?.address && formatCidr(value.address), "10.0.0.4/24");
  assert.deepEqual(value && said(value.options), { vepa: true });
  assert.match(readArgument(ipvlan, "ipv5 l3").found[0] ?? "", /1:10 vk218 'l3'/);
  assert.match(readArgument(ipvlan, "bridge vepa").found[0] ?? "", /vk218/);
});
