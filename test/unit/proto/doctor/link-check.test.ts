import assert from "node:assert/strict";
import { test } from "node:test";
import { ADDRESS_FLAGS } from "../../../../src/core/netlink/rtnl-address.ts";
import { addressFindings, linkFindings } from "../../../../src/proto/doctor/link-check.ts";
import { addressFact, doctorFacts, fixes, linkFact, told } from "../../../support/doctor.ts";

const ofLink = (
  changes: Parameters<typeof linkFact>[0],
  master: { name: string; kind: string } | null = null,
) => linkFindings(doctorFacts({ link: linkFact(changes), master }));

test("a link that is up, with a carrier and multicast, is well", () => {
  assert.deepEqual(told(ofLink({})), [
    "ok: eth0 up, carrier, 02:00:00:00:00:03, mtu 1500",
    "ok: eth0 can do multicast",
  ]);
});

test("down, without a carrier, or waiting: each is told as such", () => {
  const down = ofLink({ up: false, carrier: false, running: false });
  assert.deepEqual(
    [told(down, "link"), down[0]?.fix],
    [["fail: eth0 is down"], ["ip link set dev eth0 up"]],
  );
  const cut = ofLink({ carrier: false, running: false });
  assert.deepEqual(told(cut, "link"), ["fail: eth0 is up, but has no carrier"]);
  const waiting = ofLink({ running: false, operState: "dormant" });
  assert.match(told(waiting, "link")[0] ?? "", /^fail: eth0 has a carrier, but is dormant/);
});

test("a link without multicast, with its cure", () => {
  const findings = ofLink({ multicast: false });
  assert.match(told(findings, "multicast")[0] ?? "", /^fail: eth0 has no MULTICAST flag/);
  assert.deepEqual(fixes(findings), ["ip link set dev eth0 multicast on"]);
});

test("a port of a bridge hears nothing; a member of a VRF does", () => {
  const port = ofLink({}, { name: "br0", kind: "bridge" });
  assert.match(told(port, "link")[0] ?? "", /^fail: eth0 is a port of the bridge br0/);
  assert.deepEqual(fixes(port), ["vipkit vrrp doctor -I br0"]);
  assert.equal(ofLink({}, { name: "red", kind: "vrf" })[0]?.verdict, "ok");
});

test("a name that a shell would read something into is quoted where it is to be pasted", () => {
  const [finding] = ofLink({ name: "$(halt)", up: false, running: false });
  assert.deepEqual(finding?.fix, ["ip link set dev '$(halt)' up"]);
});

test("an address of the family that is asked about", () => {
  const of = (family: 4 | 6, ...addresses: Parameters<typeof addressFact>[]) =>
    addressFindings(
      doctorFacts({ families: [family], addresses: addresses.map((each) => addressFact(...each)) }),
    );
  assert.deepEqual(told(of(4, ["10.0.0.3/24"], ["fe80::3/64"])), ["ok: 10.0.0.3/24"]);
  assert.match(told(of(4, ["fe80::3/64"]))[0] ?? "", /^fail: eth0 has no IPv4 address/);
  assert.match(told(of(6, ["fd00::3/64"]))[0] ?? "", /^fail: eth0 has no link-local IPv6 address/);
  const duplicate = { flags: ADDRESS_FLAGS.dadFailed | ADDRESS_FLAGS.tentative };
  assert.match(
    told(of(6, ["fe80::3/64", duplicate]))[0] ?? "",
    /^fail: fe80::3 on eth0 is a duplicate/,
  );
  const fresh = { flags: ADDRESS_FLAGS.tentative };
  assert.match(told(of(6, ["fe80::3/64", fresh]))[0] ?? "", /^warn: .* is tentative/);
  assert.deepEqual(told(of(6, ["fe80::3/64", fresh], ["fe80::4/64"])), ["ok: fe80::4/64"]);
});

test("what would help is a command that runs as it stands, else advice", () => {
  const of = (family: 4 | 6, ...addresses: Parameters<typeof addressFact>[]) =>
    fixes(
      addressFindings(
        doctorFacts({
          families: [family],
          addresses: addresses.map((each) => addressFact(...each)),
        }),
      ),
    );
  assert.deepEqual(of(4), ["# ip address add ADDR/LEN dev eth0"]);
  assert.deepEqual(of(6), ["ip address add fe80::ff:fe00:3/64 dev eth0"]);
  const duplicate = { flags: ADDRESS_FLAGS.dadFailed };
  assert.match(of(6, ["fe80::3/64", duplicate])[0] ?? "", /^# /);
});

test("where IPv6 is switched off that is the cure", () => {
  const settings = { "net/ipv6/conf/eth0/disable_ipv6": "1" };
  const findings = addressFindings(doctorFacts({ families: [6], addresses: [], settings }));
  assert.deepEqual(fixes(findings), ["sysctl -w net/ipv6/conf/eth0/disable_ipv6=0"]);
});
