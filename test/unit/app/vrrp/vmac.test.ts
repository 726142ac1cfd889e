import assert from "node:assert/strict";
import { test } from "node:test";
import { readLink } from "../../../../src/app/rtnl.ts";
import { VmacLink } from "../../../../src/app/vrrp/vmac.ts";
import { sweepVmacs, vmacLeftovers } from "../../../../src/app/vrrp/vmac-leftovers.ts";
import { SystemError } from "../../../../src/core/errors.ts";
import { RTM } from "../../../../src/core/netlink/rtnl.ts";
import { usualVmacName, type VmacFamilies, virtualMac } from "../../../../src/proto/vrrp/vmac.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { vrrpConfig, vrrpInstance } from "../../../support/vrrp.ts";

const BELOW = "net/ipv4/conf/eth0";
const FOUND = { arp_ignore: "0", arp_filter: "0", arp_announce: "1" };
const IP4 = { hasIp4: true, hasIp6: false };

/** A host with eth0, on which VMACs stand. */
class Host {
  readonly ports = new FakePorts();
  readonly told: string[] = [];
  readonly netlink = this.ports.openNetlink(0);

  constructor() {
    for (const [name, value] of Object.entries(FOUND)) {
      this.ports.sysctls.set(`${BELOW}/${name}`, value);
    }
  }

  vmac(vrid = 51, families: VmacFamilies = IP4, adopts = false): VmacLink {
    const family = families.hasIp4 ? 4 : 6;
    const ifName = usualVmacName(family, vrid);
    const vmac = { ifName, mac: virtualMac(family, vrid), sendsAdverts: true };
    const tell = (text: string) => void this.told.push(text);
    return new VmacLink(this.ports, this.netlink, vmac, families, tell, adopts);
  }

  get eth0() {
    return readLink(this.netlink, "eth0");
  }

  link(name: string) {
    return this.ports.kernel.links.find((link) => link.name === name);
  }

  get below(): string[] {
    return Object.keys(FOUND).map((name) => this.ports.sysctls.get(`${BELOW}/${name}`) ?? "");
  }
}
const nothing = { hold: () => {}, release: () => {}, leftovers: () => [], inherit: () => [] };

test("a VMAC is a marked macvlan on the interface, down, and goes with all that it took", () => {
  const host = new Host();
  const vmac = host.vmac();
  vmac.moveTo(host.eth0);
  const { mac, kind, lowerIndex, up, alias } = host.link("vrrp.51") ?? {};
  assert.deepEqual([mac, kind, lowerIndex], ["00:00:5e:00:01:33", "macvlan", 2]);
  assert.deepEqual([up, vmac.isUp, vmac.link?.name], [false, false, "vrrp.51"]);
  assert.equal(alias, "vipkit arp_ignore=0 arp_filter=0 arp_announce=1");
  assert.deepEqual(host.below, ["1", "1", "2"]);
  assert.equal(host.ports.sysctls.get("net/ipv6/conf/vrrp.51/disable_ipv6"), "1");
  vmac.close();
  assert.equal(host.link("vrrp.51"), undefined);
  assert.deepEqual(host.below, ["0", "0", "1"]);
});

test("it is up just while what stands on it is held, and down before that is taken away", () => {
  const host = new Host();
  const vmac = host.vmac();
  const ups: (boolean | undefined)[] = [];
  const note = () => void ups.push(host.link("vrrp.51")?.up);
  const holding = vmac.around({ ...nothing, hold: note, release: note });
  vmac.moveTo(host.eth0);
  holding.hold();
  holding.release();
  assert.deepEqual(ups, [true, false]);
});

test("what the process of a MASTER that died just now has left goes on as it is, up", () => {
  const host = new Host();
  const dead = host.vmac();
  dead.moveTo(host.eth0);
  dead.around(nothing).hold();
  const index = dead.link?.ifIndex;
  const heir = host.vmac(51, IP4, true);
  heir.moveTo(host.eth0);
  assert.deepEqual([heir.link?.ifIndex, heir.isUp], [index, true]);
  assert.equal(host.link("vrrp.51")?.up, true);
  heir.around(nothing).hold();
  assert.equal(host.link("vrrp.51")?.up, true);
  heir.around(nothing).inherit();
  assert.equal(host.link("vrrp.51")?.up, false, "it is no MASTER after all");
  heir.close();
  assert.deepEqual([host.link("vrrp.51"), ...host.below], [undefined, "0", "0", "1"]);
  assert.deepEqual(host.told, []);
});

test("of several VMACs on an interface the last one puts its settings back", () => {
  const host = new Host();
  const [one, other, ip6] = [
    host.vmac(51),
    host.vmac(52),
    host.vmac(51, { hasIp4: false, hasIp6: true }),
  ];
  for (const vmac of [ip6, one, other]) vmac.moveTo(host.eth0);
  assert.equal(host.link("vrrp6.51")?.alias, "vipkit");
  one.close();
  assert.deepEqual(host.below, ["1", "1", "2"]);
  other.close(); // the one for IPv6 needs none of them
  assert.deepEqual(host.below, ["0", "0", "1"]);
  ip6.close();
});

test("what a run that died has left is made anew, and its settings are put back in the end", () => {
  const host = new Host();
  host.vmac().moveTo(host.eth0);
  const left =
    "vrrp.51 with 00:00:5e:00:01:33 was there already, left by a run that died: made anew";
  const wish = { ifName: "vrrp.51", mac: virtualMac(4, 51), sendsAdverts: true };
  assert.deepEqual(vmacLeftovers(vrrpInstance({ vmac: wish }), host.netlink), [left]);
  const vmac = host.vmac();
  vmac.moveTo(host.eth0);
  vmac.moveTo(host.eth0);
  assert.deepEqual([host.link("vrrp.51")?.kind, host.told], ["macvlan", [left]]);
  vmac.close();
  assert.deepEqual(host.below, ["0", "0", "1"]);
});

test("a run of the same router without a VMAC, or with one of another name, sweeps what was left", () => {
  const host = new Host();
  host.vmac(51).moveTo(host.eth0);
  host.vmac(52).moveTo(host.eth0);
  const sentence =
    "vrrp.51 with 00:00:5e:00:01:33 was there already, left by a run that died: removed";
  const instance = vrrpInstance();
  assert.deepEqual(vmacLeftovers(instance, host.netlink), [sentence]);
  assert.deepEqual(sweepVmacs(instance, host.ports, host.netlink), [sentence]);
  assert.deepEqual([host.link("vrrp.51"), host.below], [undefined, ["1", "1", "2"]]);
  const other = vrrpInstance({ config: vrrpConfig({ vrid: 52 }) });
  assert.equal(sweepVmacs(other, host.ports, host.netlink).length, 1);
  assert.deepEqual([host.link("vrrp.52"), host.below], [undefined, ["0", "0", "1"]]);
});

test("an interface of somebody else's with its name is left alone", () => {
  const host = new Host();
  host.ports.kernel.setLink({ ifIndex: 7, name: "vrrp.51", kind: "macvlan", alias: "mine" });
  const isTaken = (error: unknown) => error instanceof SystemError && error.code === "EEXIST";
  assert.throws(() => host.vmac().moveTo(host.eth0), isTaken);
  assert.deepEqual(host.link("vrrp.51")?.ifIndex, 7);
  assert.deepEqual(host.below, ["0", "0", "1"]);
});

test("one that somebody deletes is made anew, up if it was, and what it found is not forgotten", () => {
  const host = new Host();
  const vmac = host.vmac();
  vmac.moveTo(host.eth0);
  vmac.around(nothing).hold();
  host.ports.kernel.removeLink(host.link("vrrp.51")?.ifIndex);
  vmac.moveTo(host.eth0);
  assert.equal(host.link("vrrp.51")?.up, true);
  assert.deepEqual(host.told, ["vrrp.51 was taken away: made anew"]);
  vmac.close();
  assert.deepEqual(host.below, ["0", "0", "1"]);
});

test("one that somebody renames is made anew under its own name, and nothing is left of it", () => {
  const host = new Host();
  const vmac = host.vmac();
  vmac.moveTo(host.eth0);
  vmac.around(nothing).hold();
  const ifIndex = host.link("vrrp.51")?.ifIndex ?? 0;
  host.ports.kernel.setLink({ ifIndex, name: "mine" });
  vmac.moveTo(host.eth0);
  assert.equal(host.link("mine"), undefined);
  assert.equal(host.link("vrrp.51")?.up, true);
  assert.deepEqual(host.told, ["vrrp.51 was renamed to mine: made anew"]);
  vmac.close();
  assert.deepEqual([host.ports.kernel.links.length, host.below], [1, ["0", "0", "1"]]);
});

test("one that somebody sets up while it is to be down is set down again", () => {
  const host = new Host();
  const vmac = host.vmac();
  vmac.moveTo(host.eth0);
  host.ports.kernel.setLink({ ifIndex: vmac.link?.ifIndex ?? 0, up: true });
  vmac.moveTo(host.eth0);
  assert.equal(host.link("vrrp.51")?.up, false);
});

test("it follows its interface, which may go and come again", () => {
  const host = new Host();
  const vmac = host.vmac();
  const below = host.eth0;
  vmac.moveTo(below);
  host.ports.kernel.removeLink(vmac.link?.ifIndex); // as the kernel does it with those on a link that goes
  host.ports.kernel.removeLink(2);
  vmac.moveTo(below); // not known yet
  assert.equal(host.link("vrrp.51"), undefined);
  vmac.moveTo(host.eth0);
  host.ports.kernel.setLink({ ifIndex: 9 });
  vmac.moveTo(host.eth0);
  assert.deepEqual([host.link("vrrp.51")?.lowerIndex, host.told], [9, []]);
});

test("nothing is left of one whose settings cannot be written", () => {
  const host = new Host();
  host.ports.refuseSysctl = "EROFS";
  const isRefusal = (error: unknown) => error instanceof SystemError && error.code === "EROFS";
  assert.throws(() => host.vmac().moveTo(host.eth0), isRefusal);
  assert.equal(host.link("vrrp.51"), undefined);
});

test("a kernel without macvlan is told with what would help", () => {
  const host = new Host();
  host.ports.kernel.refusals.set(RTM.newLink, "EOPNOTSUPP");
  assert.throws(() => host.vmac().moveTo(host.eth0), /link add vrrp\.51: .*modprobe macvlan/);
});
