import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { Worker } from "node:worker_threads";
import { DatagramSocket } from "../../../src/io/datagram-socket.ts";
import type { RawDatagram } from "../../../src/io/native.ts";
import { AF_INET, decodeSockaddr, type Sockaddr } from "../../../src/io/sockaddr.ts";
import { SO_RCVBUF, SOCK_DGRAM, SOL_SOCKET } from "../../../src/io/socket-numbers.ts";
import { Arrivals } from "../../support/arrivals.ts";

const IPPROTO_IP = 0;
const IP_RECVTTL = 12;
const IP_TTL = 2;
const LOOPBACK: Sockaddr = { family: "inet", ip: Uint8Array.of(127, 0, 0, 1), port: 0 };

test("datagrams arrive whole, in order, with their source, and as copies", (t) => {
  const { socket: a, address: atA } = openUdp(t);
  const { socket: b, address: atB } = openUdp(t);
  b.sendMany([Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 3)], atA);
  b.send(Uint8Array.of(4), atA);
  const received = a.receive();
  b.send(new Uint8Array(64).fill(0xa5), atA);
  assert.equal(a.receive().length, 1); // overwrites the memory that the first batch was read into
  assert.deepEqual(
    received.map(({ bytes }) => [...bytes]),
    [[1], [], [2, 3], [4]],
  );
  for (const { from, truncated, bytes } of received) {
    assert.deepEqual(decodeSockaddr(from), { ok: true, value: atB });
    assert.equal(truncated, false);
    assert.equal(Object.getPrototypeOf(bytes), Uint8Array.prototype); // a Buffer's slice is no copy
  }
  assert.deepEqual(a.receive(), []);
});

test("ancillary data comes with the datagram it belongs to", (t) => {
  const { socket, address } = openUdp(t);
  socket.setOption(IPPROTO_IP, IP_RECVTTL, 1);
  socket.setOption(IPPROTO_IP, IP_TTL, 7);
  socket.send(Uint8Array.of(1), address);
  socket.setOption(IPPROTO_IP, IP_TTL, 8);
  socket.send(Uint8Array.of(2), address);
  const ttls = socket.receive().map(({ control }) => {
    assert.equal(control.length, 1);
    assert.deepEqual([control[0]?.level, control[0]?.type], [IPPROTO_IP, IP_TTL]);
    return Math.max(...(control[0]?.data ?? [])); // an int of the host's byte order
  });
  assert.deepEqual(ttls, [7, 8]);
});

test("more than one batch is sent in full and received in bounded pieces", (t) => {
  const { socket, address } = openUdp(t);
  const sent = Array.from({ length: 100 }, (_, index) => Uint8Array.of(index));
  socket.sendMany(sent, address);
  const received: number[] = [];
  for (let batch = socket.receive(); batch.length > 0; batch = socket.receive()) {
    assert.ok(batch.length <= 16);
    received.push(...batch.map(({ bytes }) => bytes[0] ?? -1));
  }
  assert.deepEqual(received, [...sent.keys()]);
});

test("an option is read back as it was set", (t) => {
  const { socket } = openUdp(t);
  socket.setOption(IPPROTO_IP, IP_TTL, 99);
  assert.equal(Math.max(...socket.getOption(IPPROTO_IP, IP_TTL, 4)), 99);
  assert.equal(socket.getOption(SOL_SOCKET, SO_RCVBUF, 64).length, 4);
});

test("a filter lets through what it answers more than 0 for", (t) => {
  const { socket, address } = openUdp(t);
  const UDP_HEADER = 8;
  socket.attachFilter([
    { code: 0x30, jt: 0, jf: 0, k: UDP_HEADER }, // load the first byte of the payload
    { code: 0x15, jt: 0, jf: 1, k: 0x42 }, // equal to 0x42?
    { code: 0x06, jt: 0, jf: 0, k: 0xffffffff },
    { code: 0x06, jt: 0, jf: 0, k: 0 },
  ]);
  socket.sendMany([Uint8Array.of(0x41), Uint8Array.of(0x42, 1), Uint8Array.of(0x43)], address);
  assert.deepEqual(
    socket.receive().map(({ bytes }) => [...bytes]),
    [[0x42, 1]],
  );
  assert.throws(() => socket.attachFilter([]), { code: "EINVAL", op: "setsockopt" });
});

test("a refusal tells the system call, the socket and the errno", (t) => {
  const { socket, address } = openUdp(t);
  const calls: readonly [op: string, code: string, call: () => void][] = [
    ["socket", "EAFNOSUPPORT", () => new DatagramSocket(77, SOCK_DGRAM, 0, "udp")],
    ["bind", "EINVAL", () => socket.bind(LOOPBACK)], // bound already
    ["connect", "EINVAL", () => socket.connect({ family: "netlink", port: 0, groups: 0 })],
    ["setsockopt", "ENOPROTOOPT", () => socket.setOption(IPPROTO_IP, 9999, 1)],
    ["getsockopt", "ENOPROTOOPT", () => socket.getOption(IPPROTO_IP, 9999, 4)],
    ["sendmmsg", "EMSGSIZE", () => socket.send(new Uint8Array(70_000), address)],
    ["sendmmsg", "EDESTADDRREQ", () => socket.send(Uint8Array.of(1))],
  ];
  for (const [op, code, call] of calls) {
    assert.throws(call, { name: "SystemError", op, code, subject: "udp" });
  }
  socket.close();
  assert.throws(() => socket.send(Uint8Array.of(1), address), { op: "sendmmsg", code: "EBADF" });
  assert.throws(() => socket.receive(), { op: "recvmmsg", code: "EBADF" });
});

test("sending stops at the first datagram that is refused", (t) => {
  const { socket, address } = openUdp(t);
  const datagrams = [Uint8Array.of(1), new Uint8Array(70_000), Uint8Array.of(3)];
  assert.throws(() => socket.sendMany(datagrams, address), { code: "EMSGSIZE" });
  assert.deepEqual(
    socket.receive().map(({ bytes }) => [...bytes]),
    [[1]],
  );
});

test("a pending error is told to the listener, which goes on listening", async (t) => {
  const { socket, address } = openUdp(t);
  const { socket: gone, address: nobody } = openUdp(t);
  gone.close();
  const events = new Arrivals<string>();
  socket.connect(nobody);
  socket.listen({
    onDatagram: ({ bytes }) => events.push(`datagram ${bytes}`),
    onError: (error) => events.push((error as { code: string }).code),
  });
  socket.send(Uint8Array.of(1)); // the answer is an ICMP port unreachable
  assert.equal(await events.next(), "ECONNREFUSED");
  const { socket: late } = openUdp(t, nobody);
  late.send(Uint8Array.of(2), address);
  assert.equal(await events.next(), "datagram 2");
});

test("a handler may close its socket: the rest of the batch is not delivered", async (t) => {
  const { socket, address } = openUdp(t);
  socket.sendMany([Uint8Array.of(1), Uint8Array.of(2)], address);
  const heard: number[] = [];
  await new Promise<void>((done) => {
    listen(socket, ({ bytes }) => {
      heard.push(bytes[0] ?? -1);
      socket.close();
      socket.close();
      setImmediate(done);
    });
  });
  assert.deepEqual(heard, [1]);
});

test("a handler may close another socket that is ready in the same turn", async (t) => {
  const [first, second] = [openUdp(t), openUdp(t)];
  const heard: string[] = [];
  await new Promise<void>((done) => {
    const closeBoth = (name: string) => {
      heard.push(name);
      first.socket.close();
      second.socket.close();
      setImmediate(() => setImmediate(done));
    };
    listen(first.socket, () => closeBoth("one"));
    listen(second.socket, () => closeBoth("one"));
    for (const { socket, address } of [first, second]) socket.send(Uint8Array.of(1), address);
  });
  assert.deepEqual(heard, ["one"]);
});

test("a descriptor that was closed can be listened on again by the next socket", async (t) => {
  for (let round = 0; round < 20; round++) {
    const { socket, address } = openUdp(t); // mostly the number of the one before
    const heard = new Arrivals<RawDatagram>();
    listen(socket, (datagram) => heard.push(datagram));
    socket.send(Uint8Array.of(round), address);
    assert.deepEqual((await heard.next()).bytes, Uint8Array.of(round));
    socket.close();
  }
});

test("10,000 sockets are opened and closed without a descriptor left", () => {
  const before = readdirSync("/proc/self/fd").length;
  for (let count = 0; count < 10_000; count++) {
    const socket = new DatagramSocket(AF_INET, SOCK_DGRAM, 0, "udp");
    if (count % 2 === 0) listen(socket, () => {});
    socket.close();
  }
  assert.equal(readdirSync("/proc/self/fd").length, before);
});

test("a descriptor is not left behind where a socket is refused", () => {
  const before = readdirSync("/proc/self/fd").length;
  for (let count = 0; count < 100; count++) {
    assert.throws(() => new DatagramSocket(AF_INET, SOCK_DGRAM, 255, "udp"));
  }
  assert.equal(readdirSync("/proc/self/fd").length, before);
});

test("a thread that ends with sockets still open takes nothing down", async () => {
  const MODULE = new URL("../../../src/io/datagram-socket.js", import.meta.url).href;
  const code = `import("${MODULE}").then(({ DatagramSocket }) => {
    const socket = new DatagramSocket(2, 2, 0, "udp");
    socket.bind({ family: "inet", ip: Uint8Array.of(127, 0, 0, 1), port: 0 });
    socket.listen({ onDatagram() {}, onError() {} });
    require("node:worker_threads").parentPort.postMessage("listening");
  });`;
  const worker = new Worker(code, { eval: true });
  await new Promise((listening) => worker.once("message", listening));
  assert.equal(await worker.terminate(), 1);
});

/** Closed after the test, however it ends: an open socket keeps the process alive. */
function openUdp(
  t: TestContext,
  at: Sockaddr = LOOPBACK,
): { socket: DatagramSocket; address: Sockaddr } {
  const socket = new DatagramSocket(AF_INET, SOCK_DGRAM, 0, "udp");
  t.after(() => socket.close());
  socket.bind(at);
  const address = decodeSockaddr(socket.name());
  assert.ok(address.ok);
  return { socket, address: address.value };
}

function listen(socket: DatagramSocket, onDatagram: (datagram: RawDatagram) => void): void {
  socket.listen({ onDatagram, onError: assert.ifError });
}
