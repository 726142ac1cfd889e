import assert from "node:assert/strict";
import { test } from "node:test";
import { parseIp } from "../../../../src/core/addr.ts";
import {
  addService,
  decodeService,
  deleteService,
  dumpServices,
  flushServices,
  type IpvsService,
  type ServiceId,
  setService,
  zeroCounters,
} from "../../../../src/core/netlink/ipvs-service.ts";
import { meaning } from "../../../support/ipvs-meaning.ts";
import * as vectors from "../../../vectors/ipvs.ts";

const idOf = (protocol: "tcp" | "udp", ip: string, port: number): ServiceId => ({
  by: "address",
  protocol,
  ip: parseIp(ip) ?? assert.fail(ip),
  port,
});
const PLAIN = { schedulerFlags: 0, onePacket: false, persistence: null };
const TCP: IpvsService = { ...PLAIN, id: idOf("tcp", "192.0.2.1", 80), scheduler: "rr" };
const PERSISTENT: IpvsService = {
  id: idOf("udp", "192.0.2.1", 5060),
  scheduler: "mh",
  schedulerFlags: 3,
  onePacket: false,
  persistence: { timeoutS: 300, netmask: 0xffffff00, engine: "sip" },
};
const ONE_PACKET: IpvsService = {
  ...{ id: idOf("udp", "2001:db8::1", 53), scheduler: "sh" },
  ...{ schedulerFlags: 2, onePacket: true, persistence: null },
};
const PERSISTENT6: IpvsService = {
  ...{ ...PLAIN, id: idOf("tcp", "2001:db8::1", 0), scheduler: "wlc" },
  persistence: { timeoutS: 60, netmask: 64, engine: null },
};
const MARK: IpvsService = {
  ...{ ...PLAIN, id: { by: "fwmark", mark: 5, family: 6 }, scheduler: "rr" },
};

test("a service is added as ipvsadm adds it", () => {
  for (const [service, theirs] of [
    [TCP, vectors.addTcp],
    [PERSISTENT, vectors.addPersistent],
    [ONE_PACKET, vectors.addOps6],
    [PERSISTENT6, vectors.addPersistent6],
    [MARK, vectors.addMark6],
  ] as const) {
    const { flags, body } = addService(service);
    assert.deepEqual([flags, meaning(body)], [0, meaning(theirs)]);
  }
});

test("a service is changed as ipvsadm changes it", () => {
  const { body } = setService({ ...TCP, scheduler: "wlc" });
  assert.deepEqual(meaning(body), meaning(vectors.editTcp));
});

test("what names a service is all that is told to remove it or to zero its counters", () => {
  for (const [ours, theirs] of [
    [deleteService(TCP.id), vectors.deleteTcp],
    [zeroCounters(PERSISTENT.id), vectors.zeroOne],
  ] as const) {
    const [our, their] = [meaning(ours.body), meaning(theirs)];
    assert.equal(our.command, their.command);
    const { family, protocol, address, port } = their.service ?? {};
    assert.deepEqual(our.service, { family, protocol, address, port });
  }
  assert.deepEqual(meaning(deleteService(MARK.id).body).service, { family: 10, fwmark: 5 });
});

test("all are asked for, zeroed and removed by a command alone", () => {
  const all = [dumpServices(), zeroCounters(null), flushServices()];
  assert.deepEqual(
    all.map(({ flags, body }) => [flags, ...body]),
    [
      [0x300, 4, 1, 0, 0],
      [0, 16, 1, 0, 0],
      [0, 17, 1, 0, 0],
    ],
  );
});

test("a service is read as the kernel tells it", () => {
  const read = vectors.services.map((body) => {
    const result = decodeService(body);
    return result.ok ? result.value.service : result.fault;
  });
  assert.deepEqual(read, [{ ...TCP, scheduler: "wlc" }, ONE_PACKET, PERSISTENT, MARK]);
});

test("of what is told, all that we ask for can be asked for again", () => {
  for (const body of vectors.services) {
    const result = decodeService(body);
    assert.ok(result.ok);
    const { service: told, command } = meaning(body);
    const again = meaning(addService(result.value.service).body);
    assert.equal(again.command, command);
    const HASHED = 2; // a flag of the kernel's own
    const flags = (told?.flags ?? 0) & ~HASHED;
    assert.deepEqual({ ...told, ...again.service }, { ...told, flags });
  }
});

test("counters are those that ipvsadm shows", () => {
  const result = decodeService(vectors.countedService);
  assert.ok(result.ok);
  const { connections, inPackets, outPackets, inBytes, outBytes } = result.value.stats;
  assert.deepEqual(
    [connections, inPackets, outPackets, inBytes, outBytes],
    [1n, 3n, 3n, 87n, 102n],
  );
});

test("what lacks something is named", () => {
  const request = decodeService(vectors.addTcp);
  assert.ok(!request.ok && request.fault.code === "no-stats");
  const none = decodeService(vectors.timeouts);
  assert.ok(!none.ok && none.fault.code === "no-service");
  const named = decodeService(deleteService(TCP.id).body);
  assert.ok(!named.ok && named.fault.code === "no-scheduler");
});

test("a value that the kernel could not hold is a caller's bug", () => {
  const bad: IpvsService[] = [
    { ...TCP, id: { by: "fwmark", mark: 2 ** 32, family: 4 } },
    { ...TCP, id: idOf("tcp", "192.0.2.1", 65536) },
    { ...TCP, scheduler: "r\0r" },
    { ...TCP, schedulerFlags: 8 },
    { ...PERSISTENT, persistence: { timeoutS: -1, netmask: 1, engine: null } },
    { ...PERSISTENT, persistence: { timeoutS: 1, netmask: 2 ** 32, engine: null } },
    { ...PERSISTENT6, persistence: { timeoutS: 1, netmask: 129, engine: null } },
    { ...PERSISTENT6, persistence: { timeoutS: 1, netmask: 0, engine: null } },
  ];
  for (const [index, service] of bad.entries())
    assert.throws(() => addService(service), RangeError, `${index}`);
});
