import assert from "node:assert/strict";
import { test } from "node:test";
import {
  effectiveSettings,
  settingFindings,
  strictest,
} from "../../../../src/proto/doctor/settings-check.ts";
import { addressFact, doctorFacts, fixes, told } from "../../../support/doctor.ts";

const ip4 = (values: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    Object.entries(values).map(([path, value]) => [`net/ipv4/conf/${path}`, `${value}`]),
  );
const VMACS = [{ ifName: "vrrp.51", mac: "00:00:5e:00:01:33" }];
const SAFE = { "eth0/arp_ignore": 1, "eth0/arp_announce": 2 };

test("what takes effect is the greater of all and the interface", () => {
  const settings = ip4({
    "all/rp_filter": 2,
    "eth0/rp_filter": 1,
    "eth0/arp_ignore": 1,
    "all/accept_local": 1,
  });
  const facts = doctorFacts({ settings: { ...settings, "net/ipv4/ip_nonlocal_bind": "1" } });
  assert.equal(strictest(facts.setting, "rp_filter", "eth0"), 2);
  assert.deepEqual(
    effectiveSettings(facts).map(({ name, value }) => `${name}=${value}`),
    ["rp_filter=2", "arp_ignore=1", "arp_announce=null", "accept_local=null", "ip_nonlocal_bind=1"],
  );
  assert.deepEqual(told(settingFindings(facts)), [
    "ok: rp_filter=2 arp_ignore=1 ip_nonlocal_bind=1",
  ]);
});

test("with the addresses on the interface itself none of the usual values does harm", () => {
  for (const value of [0, 1]) {
    const settings = ip4({
      "all/rp_filter": value,
      "eth0/arp_ignore": value,
      "eth0/arp_announce": value,
    });
    assert.equal(settingFindings(doctorFacts({ settings }))[0]?.verdict, "ok");
  }
});

test("under a VMAC the interface must not speak for its addresses, nor the VMAC drop", () => {
  const weak = settingFindings(
    doctorFacts({ vmacs: VMACS, settings: ip4({ "vrrp.51/rp_filter": 1 }) }),
  );
  assert.deepEqual(
    weak.map(({ verdict, fix }) => [verdict, ...fix]),
    [
      ["warn", "sysctl -w net/ipv4/conf/eth0/arp_ignore=1"],
      ["warn", "sysctl -w net/ipv4/conf/eth0/arp_announce=2"],
      ["fail", "sysctl -w net/ipv4/conf/vrrp.51/rp_filter=2"],
    ],
  );
  assert.equal(
    settingFindings(doctorFacts({ vmacs: VMACS, settings: ip4(SAFE) }))[0]?.verdict,
    "ok",
  );
});

test("arp_ignore that keeps everybody from an answer", () => {
  const all = settingFindings(doctorFacts({ settings: ip4({ "all/arp_ignore": 8 }) }));
  assert.match(told(all)[0] ?? "", /^fail: arp_ignore is 8/);
  const addresses = [addressFact("10.0.0.3/24"), addressFact("10.0.0.100/32")];
  const two = settingFindings(doctorFacts({ addresses, settings: ip4({ "eth0/arp_ignore": 2 }) }));
  assert.match(told(two)[0] ?? "", /^fail: arp_ignore is 2: .* prefix length 32/);
  assert.ok(fixes(two).includes("sysctl -w net/ipv4/conf/eth0/arp_ignore=1"));
  const prefix = settingFindings(doctorFacts({ settings: ip4({ "eth0/arp_ignore": 2 }) }));
  assert.equal(prefix[0]?.verdict, "ok");
});

test("IPv6 that is switched off matters to who speaks it", () => {
  const settings = { "net/ipv6/conf/eth0/disable_ipv6": "1", "net/ipv6/conf/eth0/accept_dad": "1" };
  assert.match(
    told(settingFindings(doctorFacts({ families: [6], settings })))[0] ?? "",
    /^fail: disable_ipv6/,
  );
  assert.equal(settingFindings(doctorFacts({ settings }))[0]?.verdict, "ok");
  const bare = doctorFacts({ families: [6], addresses: [], settings });
  assert.equal(settingFindings(bare)[0]?.verdict, "ok", "told of the address already");
  const on = { ...settings, "net/ipv6/conf/eth0/disable_ipv6": "0" };
  assert.deepEqual(told(settingFindings(doctorFacts({ families: [6], settings: on }))), [
    "ok: disable_ipv6=0 accept_dad=1",
  ]);
});
