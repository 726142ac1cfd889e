/** What is made up for in the package `raw-socket`, on the loopback of a host. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { type TestContext, test } from "node:test";
import { decodeIpv4 } from "../../src/core/wire/ipv4.ts";
import { DatagramSocket } from "../../src/io/datagram-socket.ts";
import { RawSocket } from "../../src/io/raw-socket.ts";
import { AF_INET } from "../../src/io/sockaddr.ts";
import { SOCK_RAW } from "../../src/io/socket-numbers.ts";
import { Arrivals } from "../support/arrivals.ts";
import { type Inside, insideMissing, openInside } from "../support/inside.ts";
import { Lan } from "../support/netns.ts";

const skip = insideMissing();
const PROTOCOL = 253; // RFC 3692: for experiments
const LOOPBACK = Uint8Array.of(127, 0, 0, 1);

test("a child does not inherit the socket", { skip }, async (t) => {
  await using lan = await Lan.open("a");
  openRaw(t, await openInside(lan.hosts.a));
  const listing = execFileSync("ls", ["-l", "/proc/self/fd"], { encoding: "utf8" });
  assert.doesNotMatch(listing, / ([3-9]|\d{2,}) -> socket/);
});

test("errors carry the errno that the package keeps to itself", { skip }, async (t) => {
  await using lan = await Lan.open("a");
  const inside = await openInside(lan.hosts.a);
  assert.throws(() => inside.run(() => new RawSocket(4, 100_000, "test")), {
    name: "SystemError",
    op: "socket",
    code: "EINVAL",
    subject: "test",
  });
  const socket = openRaw(t, inside);
  assert.throws(() => socket.setOption(0, 9999, 1), { op: "setsockopt", code: "ENOPROTOOPT" });
  assert.throws(() => socket.send(new Uint8Array(70_000), LOOPBACK), {
    op: "sendto",
    code: "EMSGSIZE",
  });
  socket.close();
  assert.throws(() => socket.send(Uint8Array.of(1), LOOPBACK), { op: "sendto", code: "EBADF" });
});

test("what waited before `listen` is dropped, what comes later is a copy", { skip }, async (t) => {
  await using lan = await Lan.open("a");
  const inside = await openInside(lan.hosts.a);
  const socket = openRaw(t, inside);
  const witness = inside.run(() => new DatagramSocket(AF_INET, SOCK_RAW, PROTOCOL, "witness"));
  t.after(() => witness.close());
  for (let count = 0; count < 20; count++) socket.send(Uint8Array.of(1), LOOPBACK);
  // In one turn of the loop, or the package would read them itself.
  for (let waiting = 20; waiting > 0; ) waiting -= witness.receive().length;
  const heard = new Arrivals<Uint8Array>();
  socket.listen((packet) => heard.push(packet));
  socket.send(Uint8Array.of(2), LOOPBACK);
  socket.send(Uint8Array.of(3), LOOPBACK);
  const payloads = [await heard.next(), await heard.next()].map((packet) => {
    const decoded = decodeIpv4(packet);
    return decoded.ok && [...decoded.value.payload];
  });
  assert.deepEqual(payloads, [[2], [3]]);
});

test("nothing is delivered after close", { skip }, async (t) => {
  await using lan = await Lan.open("a");
  const inside = await openInside(lan.hosts.a);
  const [socket, witness] = [openRaw(t, inside), openRaw(t, inside)];
  const heard = new Arrivals<Uint8Array>();
  let delivered = 0;
  socket.listen(() => {
    socket.close();
    delivered++;
  });
  witness.listen((packet) => heard.push(packet));
  for (let count = 0; count < 3; count++) witness.send(Uint8Array.of(count), LOOPBACK);
  for (let count = 0; count < 3; count++) await heard.next();
  assert.equal(delivered, 1);
});

/** Closed after the test, however it ends: an open socket keeps the process alive. */
function openRaw(t: TestContext, inside: Inside): RawSocket {
  const socket = inside.run(() => new RawSocket(4, PROTOCOL, "test"));
  t.after(() => socket.close());
  return socket;
}
