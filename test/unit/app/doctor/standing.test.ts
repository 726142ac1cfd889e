import assert from "node:assert/strict";
import { test } from "node:test";
import { readFilter, readStanding, readWaysBack } from "../../../../src/app/doctor/standing.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { fromHex } from "../../../support/packets.ts";

const VMAC = {
  ifIndex: 5,
  name: "vrrp.51",
  mac: "00:00:5e:00:01:33",
  kind: "macvlan",
  lowerIndex: 2,
};

test("by what this host is known, and which of its interfaces has which address", () => {
  const ports = new FakePorts();
  ports.kernel.setLink(VMAC);
  ports.kernel.setLink({
    ifIndex: 6,
    name: "mv0",
    mac: "02:00:00:00:00:66",
    kind: "macvlan",
    lowerIndex: 2,
  });
  ports.kernel.addAddress("10.0.0.100/24", { ifIndex: 5 });
  const standing = readStanding("eth0", ports);
  assert.deepEqual(standing.vmacs, [{ ifName: "vrrp.51", mac: "00:00:5e:00:01:33" }]);
  assert.equal(standing.places.get("10.0.0.100"), "vrrp.51");
  assert.equal(standing.addresses.length, 2, "those of the interface alone");
  assert.ok(standing.host.ips.has("10.0.0.100") && standing.host.macs.has("02:00:00:00:00:01"));
  assert.deepEqual([standing.master, standing.bridge], [null, null]);
  assert.equal(ports.open, 0);
});

test("who has joined a group, where the kernel tells it", () => {
  const ports = new FakePorts();
  assert.deepEqual(readStanding("eth0", ports).joinedBefore, { 4: null, 6: null });
  ports.netTables.set("igmp", "2\teth0 : 1 V3\n\t\t\t\t120000E0 1 0:0\t0\n");
  ports.netTables.set("igmp6", "2 eth0 ff020000000000000000000000000001 1 0 0\n");
  assert.deepEqual(readStanding("eth0", ports).joinedBefore, { 4: true, 6: false });
});

test("a raw socket of protocol 112 is a router's", () => {
  const ports = new FakePorts();
  const head = "  sl  local_address rem_address   st tx_queue rx_queue\n";
  const row = (protocol: string) => ` 112: 00000000:${protocol} 00000000:0000 07 00000000:0000\n`;
  ports.netTables.set("raw", head + row("0001") + row("0070"));
  ports.netTables.set("raw6", head + row("003A").replace("00000000", "0".repeat(32)));
  assert.deepEqual(readStanding("eth0", ports).routerHere, { 4: true, 6: false });
  ports.netTables.set("raw6", head + row("0070").replace("00000000", "0".repeat(32)));
  assert.deepEqual(readStanding("eth0", ports).routerHere, { 4: true, 6: true });
});

test("an interface that is not there, or none of Ethernet, is not looked at", () => {
  const ports = new FakePorts();
  assert.throws(
    () => readStanding("eth9", ports),
    /eth9: no such interface \(did you mean eth0\?\)/,
  );
  ports.kernel.setLink({ hardwareType: 772 });
  assert.throws(() => readStanding("eth0", ports), /eth0: is no Ethernet interface/);
  assert.equal(ports.open, 0);
});

test("the chains in the order in which a packet passes them; none is known without leave", () => {
  const ports = new FakePorts();
  ports.netTables.set("ip_tables_names", "nat\nfilter\n");
  assert.deepEqual(readFilter(ports), { chains: null, legacyTables: ["nat", "filter"] });
  const chain = (priority: string) =>
    fromHex(
      `01000000 0800010066770000 0700030069 6e0000 14000480 0800010000000001 08000200${priority}`,
    );
  ports.filterChains = [chain("00000005"), chain("fffffed4"), fromHex("01000000")];
  assert.deepEqual(
    readFilter(ports).chains?.map(({ table, chain: name, priority }) => [table, name, priority]),
    [
      ["fw", "in", -300],
      ["fw", "in", 5],
    ],
  );
});

test("a source to which there is no route has no way back", () => {
  const ports = new FakePorts();
  assert.deepEqual([...readWaysBack(["10.0.0.2"], ports)], [["10.0.0.2", null]]);
  assert.equal(ports.open, 0);
});
