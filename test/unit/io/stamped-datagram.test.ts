import assert from "node:assert/strict";
import test from "node:test";
import { monotonicMs } from "../../../src/io/clock.ts";
import { DatagramSocket } from "../../../src/io/datagram-socket.ts";
import { AF_INET, decodeSockaddr, encodeSockaddr } from "../../../src/io/sockaddr.ts";
import { SOCK_DGRAM, SOL_SOCKET } from "../../../src/io/socket-numbers.ts";
import { StampedDatagrams } from "../../../src/io/stamped-datagram.ts";
import { ip } from "../../support/packets.ts";

const LOOPBACK = { family: "inet", ip: ip("127.0.0.1"), port: 0 } as const;

/** A UDP socket on the loopback, with its address. */
function openUdp(t: { after(run: () => void): void }) {
  const socket = new DatagramSocket(AF_INET, SOCK_DGRAM, 0, "udp");
  t.after(() => socket.close());
  socket.bind(LOOPBACK);
  const name = decodeSockaddr(socket.name());
  assert.ok(name.ok && name.value.family === "inet");
  return { socket, address: encodeSockaddr(name.value) };
}

test("datagrams stand side by side, each with its sender, its TTL and when it came", (t) => {
  const { socket, address } = openUdp(t);
  socket.setOption(SOL_SOCKET, SO_TIMESTAMPNS, 1);
  socket.setOption(IPPROTO_IP, IP_RECVTTL, 1);
  const into = new StampedDatagrams(4, 100);
  const beginMs = monotonicMs();
  for (const bytes of [[1], [2, 3]]) socket.sendTo(Uint8Array.from(bytes), address);
  assert.equal(socket.receiveStamped(into, "data"), 2);
  const endMs = monotonicMs();
  const [first, second] = [into.at(0), into.at(1)];
  assert.deepEqual([[...first.bytes], [...second.bytes]], [[1], [2, 3]]);
  for (const { hops, truncated, error, address: sender, receivedMs } of [first, second]) {
    assert.deepEqual([hops, truncated, error, [...sender]], [64, false, null, [127, 0, 0, 1]]);
    // The clocks are read one after the other: a little apart is right.
    assert.ok(receivedMs > beginMs - 1 && receivedMs <= endMs, `${beginMs} ${receivedMs} ${endMs}`);
  }
  assert.equal(socket.receiveStamped(into, "data"), 0);
});

test("what does not fit is cut, and says so", (t) => {
  const { socket, address } = openUdp(t);
  const into = new StampedDatagrams(4, 8);
  socket.sendTo(new Uint8Array(20).fill(7), address);
  assert.equal(socket.receiveStamped(into, "data"), 1);
  const { bytes, truncated, hops } = into.at(0);
  assert.deepEqual([bytes.length, truncated, hops], [8, true, null]);
});

test("the error queue tells whom it was for, what came back and from whom", async (t) => {
  const { socket } = openUdp(t);
  const closed = openUdp({ after: () => {} }); // its port is free again
  closed.socket.close();
  socket.setOption(IPPROTO_IP, IP_RECVERR, 1);
  const into = new StampedDatagrams(4, 100);
  socket.sendTo(Uint8Array.of(9, 8, 7), closed.address);
  await new Promise<void>((resolve) => socket.whenReadable(resolve));
  assert.equal(socket.receiveStamped(into, "errors"), 1);
  const { address, bytes, error } = into.at(0);
  assert.deepEqual(
    [[...address], [...bytes]],
    [
      [127, 0, 0, 1],
      [9, 8, 7],
    ],
  );
  assert.deepEqual(
    { ...error, offender: [...(error?.offender ?? [])] },
    { errno: 111, origin: 2, type: 3, code: 3, info: 0, offender: [127, 0, 0, 1] },
  );
});

const SO_TIMESTAMPNS = 35;
const IPPROTO_IP = 0;
const IP_RECVERR = 11;
const IP_RECVTTL = 12;
