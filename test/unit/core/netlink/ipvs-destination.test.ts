import assert from "node:assert/strict";
import { test } from "node:test";
import { parseIp } from "../../../../src/core/addr.ts";
import {
  addDestination,
  decodeDestination,
  decodeDestinationSettings,
  deleteDestination,
  dumpDestinations,
  type IpvsDestination,
  type IpvsForwarding,
  setDestination,
} from "../../../../src/core/netlink/ipvs-destination.ts";
import type { ServiceId } from "../../../../src/core/netlink/ipvs-service.ts";
import { meaning } from "../../../support/ipvs-meaning.ts";
import * as vectors from "../../../vectors/ipvs.ts";

const ipOf = (text: string) => parseIp(text) ?? assert.fail(text);
const ID: ServiceId = { by: "address", protocol: "tcp", ip: ipOf("192.0.2.1"), port: 80 };
const to = (ip: string, forwarding: IpvsForwarding): IpvsDestination => ({
  ...{ ip: ipOf(ip), port: 80, forwarding, weight: 1 },
  ...{ upperThreshold: 0, lowerThreshold: 0 },
});
const MASQ: IpvsDestination = {
  ...to("10.0.0.1", { by: "masq" }),
  ...{ port: 8080, weight: 5, upperThreshold: 100, lowerThreshold: 50 },
};
const GUE = to("10.0.0.3", { by: "tunnel", type: "gue", port: 6080, checksum: "remote" });
const IPIP6 = to("2001:db8::7", { by: "tunnel", type: "ipip", port: 0, checksum: "none" });

/** What both say of the service and of the destination, and what only theirs says. */
function compare(ours: Uint8Array, theirs: Uint8Array): void {
  const [our, their] = [meaning(ours), meaning(theirs)];
  assert.equal(our.command, their.command);
  assert.deepEqual({ ...their.service, ...our.service }, their.service);
  assert.deepEqual({ ...their.destination, ...our.destination }, their.destination);
}

test("a destination is added as ipvsadm adds it", () => {
  for (const [destination, theirs] of [
    [MASQ, vectors.addMasq],
    [to("10.0.0.2", { by: "direct" }), vectors.addDirect],
    [IPIP6, vectors.addIpip6],
    [GUE, vectors.addGue],
    [to("10.0.0.4", { by: "tunnel", type: "gre", port: 0, checksum: "sum" }), vectors.addGre],
  ] as const) {
    const { flags, body } = addDestination(ID, destination);
    assert.equal(flags, 0);
    compare(body, theirs);
    const known = Object.keys(meaning(body).destination ?? {});
    const all = ["family", "address", "port", "forwarding", "weight"];
    const thresholds = ["upperThreshold", "lowerThreshold"];
    assert.deepEqual(
      [...all, ...thresholds].filter((name) => !known.includes(name)),
      [],
    );
  }
});

test("a destination is changed and removed as ipvsadm does", () => {
  const changed = { ...MASQ, weight: 0, upperThreshold: 0, lowerThreshold: 0 };
  compare(setDestination(ID, changed).body, vectors.setMasq);
  compare(deleteDestination(ID, MASQ).body, vectors.deleteMasq);
  assert.equal(meaning(setDestination(ID, changed).body).destination?.weight, 0);
});

test("destinations of a service are asked for by its name", () => {
  const { flags, body } = dumpDestinations(ID);
  assert.deepEqual([flags, body[0]], [0x300, 8]);
  assert.deepEqual(meaning(body).service, {
    ...{ family: 2, protocol: 6, address: ipOf("192.0.2.1"), port: 80 },
  });
});

test("a destination is read as the kernel tells it", () => {
  const read = vectors.destinations.map((body) => {
    const result = decodeDestination(body);
    return result.ok ? result.value.destination : result.fault;
  });
  const alone = vectors.destinations.map(decodeDestinationSettings);
  assert.deepEqual(
    alone,
    read.map((value) => ({ ok: true, value })),
  );
  const drained = { ...MASQ, weight: 0, upperThreshold: 0, lowerThreshold: 0 };
  assert.deepEqual(read, [GUE, IPIP6, drained]);
});

test("of what is told, all that we ask for can be asked for again", () => {
  for (const body of vectors.destinations) {
    const result = decodeDestination(body);
    assert.ok(result.ok);
    const told = meaning(body);
    const again = meaning(addDestination(ID, result.value.destination).body);
    assert.deepEqual({ ...told.destination, ...again.destination }, told.destination);
  }
});

test("connections and counters are those that ipvsadm shows", () => {
  const result = decodeDestination(vectors.countedDestination);
  assert.ok(result.ok);
  const { active, inactive, persistent, stats } = result.value;
  assert.deepEqual([active, inactive, persistent], [0, 1, 1]);
  assert.deepEqual([stats.connections, stats.inBytes, stats.outBytes], [1n, 87n, 102n]);
});

test("what lacks something is named", () => {
  for (const [body, code] of [
    [vectors.addTcp, "no-destination"],
    [vectors.addMasq, "no-stats"],
  ] as const) {
    const result = decodeDestination(body);
    assert.ok(!result.ok && result.fault.code === code);
  }
});

test("a value that the kernel could not hold is a caller's bug", () => {
  const bad: IpvsDestination[] = [
    { ...MASQ, port: 65536 },
    { ...MASQ, weight: -1 },
    { ...MASQ, weight: 2 ** 31 },
    { ...MASQ, upperThreshold: 2 ** 32 },
    { ...GUE, forwarding: { by: "tunnel", type: "gue", port: 65536, checksum: "none" } },
  ];
  for (const [index, destination] of bad.entries())
    assert.throws(() => addDestination(ID, destination), RangeError, `${index}`);
});
