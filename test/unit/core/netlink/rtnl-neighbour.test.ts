import assert from "node:assert/strict";
import { test } from "node:test";
import { formatIp, formatMac, parseIp, parseMac } from "../../../../src/core/addr.ts";
import { decodeNetlinkMessages, endsAnswer } from "../../../../src/core/netlink/message.ts";
import {
  decodeNeighbour,
  deleteNeighbour,
  dumpNeighbours,
  replaceNeighbour,
} from "../../../../src/core/netlink/rtnl-neighbour.ts";
import * as vectors from "../../../vectors/rtnl.ts";

const key = { ifIndex: 3, ip: parseIp("198.51.100.9") as Uint8Array };
const mac = parseMac("02:00:00:00:00:09") as Uint8Array;
const bodiesOf = (datagram: Uint8Array): Uint8Array[] => {
  const messages = decodeNetlinkMessages(datagram);
  assert.ok(messages.ok);
  return messages.value.filter((message) => !endsAnswer(message)).map(({ body }) => body);
};

test("a permanent neighbour set says what iproute2 says", () => {
  const { type, flags, body } = replaceNeighbour({ ...key, mac, state: "permanent" });
  assert.deepEqual([type, flags, body], [28, 0x500, bodiesOf(vectors.neighbourReplace)[0]]);
});

test("a dump of both families is read", () => {
  const neighbours = bodiesOf(vectors.neighbourDump).map(decodeNeighbour);
  const lines = neighbours.map((neighbour) => {
    assert.ok(neighbour.ok);
    const { ifIndex, ip, mac: known, state } = neighbour.value;
    return `${ifIndex} ${formatIp(ip)} ${known && formatMac(known)} ${state}`;
  });
  assert.ok(lines.includes("3 198.51.100.9 02:00:00:00:00:09 permanent"));
  assert.ok(lines.includes("5 ff02::16 33:33:00:00:00:16 noarp"));
});

test("a deletion and a dump name no more than they are asked to", () => {
  const gone = decodeNeighbour(deleteNeighbour(key).body);
  assert.deepEqual(gone, { ok: true, value: { ...key, mac: null, state: "none", router: false } });
  assert.deepEqual(dumpNeighbours().body, new Uint8Array(12));
  assert.equal(dumpNeighbours({ ifIndex: 3 }).body.length, 20);
});

test("a router says so in its flags, and an address is required", () => {
  const { body } = deleteNeighbour(key);
  body[10] = 0x80;
  const router = decodeNeighbour(body);
  assert.equal(router.ok && router.value.router, true);
  const none = decodeNeighbour(body.subarray(0, 12));
  assert.equal(!none.ok && none.fault.code, "no-address");
});
