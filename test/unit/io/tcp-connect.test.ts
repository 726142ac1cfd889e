/** Connections that are handed over to Node by their descriptor, on loopback. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { type AddressInfo, createServer, Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { encodeInt } from "../../../src/io/datagram-socket.ts";
import { native } from "../../../src/io/native.ts";
import { connectTcp } from "../../../src/io/tcp-connect.ts";

const LOOPBACK = Uint8Array.of(127, 0, 0, 1);
const LOOPBACK6 = Uint8Array.of(...new Uint8Array(15), 1);
const skip = process.getuid?.() === 0 ? false : "needs root: CAP_NET_ADMIN";
const FOREVER = new AbortController().signal;
const to = (port: number) => ({ family: "inet", ip: LOOPBACK, port }) as const;
const descriptors = (): number => readdirSync("/proc/self/fd").length;

test("a connection is a socket of Node, whichever the family", async (t) => {
  const port = await listen(t, "::");
  for (const address of [to(port), { family: "inet6", ip: LOOPBACK6, port, scopeId: 0 } as const]) {
    const fd = await connectTcp({ to: address, ifName: "lo" }, FOREVER);
    const socket = new Socket({ fd });
    socket.write("ping");
    const [answer] = await once(socket, "data");
    assert.equal(`${answer}`, "ping");
    socket.end();
    await once(socket, "close");
  }
});

test("a refused port and an address without a route say so, with nothing left open", async (t) => {
  const port = await listen(t, "127.0.0.1");
  const before = descriptors();
  const refused = { name: "SystemError", op: "connect", code: "ECONNREFUSED" };
  await assert.rejects(
    connectTcp({ to: { ...to(port), ip: Uint8Array.of(127, 0, 0, 2) } }, FOREVER),
    {
      ...refused,
      subject: `127.0.0.2 port ${port}`,
    },
  );
  await assert.rejects(connectTcp({ to: to(port), ifName: "no-such-if" }, FOREVER), {
    op: "setsockopt",
    code: "ENODEV",
  });
  assert.equal(descriptors(), before);
});

test("waiting ends with the signal", async (t) => {
  const port = await listen(t, "127.0.0.1");
  const before = descriptors();
  const stop = new AbortController();
  const pending = connectTcp({ to: to(port) }, stop.signal);
  stop.abort(); // before the loop has turned: the outcome has not been read
  await assert.rejects(pending, { name: "AbortError" });
  await assert.rejects(connectTcp({ to: to(port) }, stop.signal), { name: "AbortError" });
  while (descriptors() > before) await nextTurn(); // the server's end, once it has seen ours
});

test("the mark is set before anything is sent", { skip }, async (t) => {
  const port = await listen(t, "127.0.0.1");
  const fd = await connectTcp({ to: to(port), mark: 7 }, FOREVER);
  const mark = new Uint8Array(4);
  assert.equal(native().getsockopt(fd, 1, 36, mark), 4);
  assert.deepEqual(mark, encodeInt(7));
  native().close(fd);
});

/** An echo server; its port. All its connections are gone when the test is over. */
async function listen(t: TestContext, host: string): Promise<number> {
  const server = createServer((socket) => socket.on("error", () => {}).pipe(socket));
  t.after(() => new Promise((closed) => server.close(closed)));
  await once(server.listen(0, host), "listening");
  return (server.address() as AddressInfo).port;
}
