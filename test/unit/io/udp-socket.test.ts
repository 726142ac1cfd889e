/** Connected UDP sockets, on loopback. */
import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { openUdp } from "../../../src/io/udp-socket.ts";

const LOOPBACK = Uint8Array.of(127, 0, 0, 1);
const LOOPBACK6 = Uint8Array.of(...new Uint8Array(15), 1);
const FOREVER = new AbortController().signal;
const to = (port: number, ip: Uint8Array = LOOPBACK) =>
  ({ ip, port, source: null, ifName: null, mark: null }) as const;
const descriptors = (): number => readdirSync("/proc/self/fd").length;

test("datagrams go and come, one by one, whichever the family", async (t) => {
  for (const [host, ip] of [
    ["127.0.0.1", LOOPBACK],
    ["::1", LOOPBACK6],
  ] as const) {
    const socket = openUdp(to(await echo(t, host), ip));
    socket.send(Uint8Array.of(1));
    socket.send(Uint8Array.of(2));
    assert.deepEqual(await socket.receive(FOREVER), Uint8Array.of(1));
    assert.deepEqual(await socket.receive(FOREVER), Uint8Array.of(2));
    socket.close();
    socket.close();
  }
});

test("where nobody listens the kernel tells it, once", async (t) => {
  const port = await echo(t, "127.0.0.1");
  const before = descriptors();
  const socket = openUdp(to(port, Uint8Array.of(127, 0, 0, 2)));
  socket.send(Uint8Array.of(1));
  await assert.rejects(socket.receive(FOREVER), { name: "SystemError", code: "ECONNREFUSED" });
  socket.close();
  assert.equal(descriptors(), before);
});

test("waiting ends with the signal; what cannot be opened leaves nothing open", async (t) => {
  const port = await echo(t, "127.0.0.1");
  const before = descriptors();
  const stop = new AbortController();
  const socket = openUdp({ ...to(port), source: Uint8Array.of(127, 0, 0, 3), ifName: "lo" });
  const pending = socket.receive(stop.signal);
  stop.abort();
  await assert.rejects(pending, { name: "AbortError" });
  socket.close();
  assert.throws(() => openUdp({ ...to(port), ifName: "no-such-if" }), { code: "ENODEV" });
  assert.throws(() => openUdp({ ...to(port), source: Uint8Array.of(192, 0, 2, 1) }), {
    code: "EADDRNOTAVAIL",
  });
  assert.equal(descriptors(), before);
});

/** Sends back what it hears; its port. */
async function echo(t: TestContext, host: string): Promise<number> {
  const server = createSocket(host.includes(":") ? "udp6" : "udp4");
  t.after(() => server.close());
  server.on("message", (bytes, { port, address }) => server.send(bytes, port, address));
  server.bind(0, host);
  await once(server, "listening");
  return server.address().port;
}
