import assert from "node:assert/strict";
import { test } from "node:test";
import { formatMac } from "../../../../src/core/addr.ts";
import {
  formatMark,
  parseMark,
  restored,
  strengthened,
  tooWeakBelow,
  usualVmacName,
  virtualMac,
  vmacSettings,
} from "../../../../src/proto/vrrp/vmac.ts";

const BELOW = "net/ipv4/conf/eth0";
/** An interface's settings, which can be read and written. */
class Settings extends Map<string, string> {
  readonly read = (path: string) => this.get(path);

  write(changes: readonly { readonly path: string; readonly value: string }[]): void {
    for (const { path, value } of changes) this.set(path, value);
  }
}
const below = (ignore: string, filter: string, announce: string): Settings =>
  new Settings([
    [`${BELOW}/arp_ignore`, ignore],
    [`${BELOW}/arp_filter`, filter],
    [`${BELOW}/arp_announce`, announce],
  ]);

test("the virtual MAC address has the family in its fifth byte and the VRID in its last", () => {
  assert.equal(formatMac(virtualMac(4, 51)), "00:00:5e:00:01:33");
  assert.equal(formatMac(virtualMac(6, 255)), "00:00:5e:00:02:ff");
  assert.deepEqual([usualVmacName(4, 51), usualVmacName(6, 51)], ["vrrp.51", "vrrp6.51"]);
});

test("a VMAC with IPv4 addresses alone has no IPv6, one with IPv6 makes no address of its own", () => {
  const pathsOf = (hasIp6: boolean) =>
    vmacSettings("vrrp.51", { hasIp6, rpFilterOfAll: "0" }).map(
      ({ path, value }) => `${path}=${value}`,
    );
  const ip4 = ["arp_ignore=1", "accept_local=1", "rp_filter=0", "promote_secondaries=1"];
  const both = ip4.map((setting) => `net/ipv4/conf/vrrp.51/${setting}`);
  assert.deepEqual(pathsOf(false), [...both, "net/ipv6/conf/vrrp.51/disable_ipv6=1"]);
  assert.deepEqual(pathsOf(true), [
    ...both,
    "net/ipv6/conf/vrrp.51/addr_gen_mode=1",
    "net/ipv6/conf/vrrp.51/accept_ra=0",
  ]);
});

test("where all interfaces filter strictly a VMAC filters loosely, for the stricter one of two holds", () => {
  const filterWith = (rpFilterOfAll: string) =>
    vmacSettings("v", { hasIp6: false, rpFilterOfAll }).find(({ path }) =>
      path.endsWith("rp_filter"),
    )?.value;
  assert.deepEqual(["0", "1", "2"].map(filterWith), ["0", "2", "0"]);
});

test("only what is too weak below is changed, and put back as it was", () => {
  const kernel = below("0", "1", "1");
  const former = tooWeakBelow("eth0", kernel.read);
  assert.deepEqual(
    [...former],
    [
      ["arp_ignore", "0"],
      ["arp_announce", "1"],
    ],
  );
  kernel.write(strengthened("eth0", former));
  assert.deepEqual([...kernel.values()], ["1", "1", "2"]);
  assert.equal(tooWeakBelow("eth0", kernel.read).size, 0);
  kernel.write(restored("eth0", former, kernel.read));
  assert.deepEqual([...kernel.values()], ["0", "1", "1"]);
});

test("a setting that somebody else has changed meanwhile stays as it is", () => {
  const kernel = below("0", "0", "0");
  const former = tooWeakBelow("eth0", kernel.read);
  kernel.write(strengthened("eth0", former));
  kernel.set(`${BELOW}/arp_ignore`, "2");
  kernel.delete(`${BELOW}/arp_filter`); // as when the interface is gone
  const paths = restored("eth0", former, kernel.read).map(({ path }) => path);
  assert.deepEqual(paths, [`${BELOW}/arp_announce`]);
});

test("a stricter setting than needed is left alone", () => {
  assert.equal(tooWeakBelow("eth0", below("8", "1", "2").read).size, 0);
});

test("a mark tells what was found below, and is read from nobody else's text", () => {
  const former = tooWeakBelow("eth0", below("0", "1", "1").read);
  const mark = formatMark(former);
  assert.equal(mark, "vipkit arp_ignore=0 arp_announce=1");
  assert.deepEqual(parseMark(mark), former);
  assert.equal(parseMark(formatMark(new Map()))?.size, 0);
  for (const foreign of [null, "", "uplink", "vipkitten arp_ignore=0"]) {
    assert.equal(parseMark(foreign), undefined);
  }
  const odd = "vipkit rp_filter=0 arp_ignore=x arp_ignore=/../0 arp_filter=0";
  assert.deepEqual([...(parseMark(odd) ?? [])], [["arp_filter", "0"]]);
});
