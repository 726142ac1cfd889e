/** Connections on loopback: descriptors until somebody speaks, and how they end. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import type { Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { duplexOf } from "../../../src/io/byte-stream.ts";
import type { ByteStream } from "../../../src/io/ports.ts";
import { connectTcp, localEnd } from "../../../src/io/tcp-stream.ts";
import { serveLoopback } from "../../support/hostile-server.ts";

const FOREVER = new AbortController().signal;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const dial = (port: number): Promise<ByteStream> => {
  const leave = { source: null, ifName: null, mark: null };
  return connectTcp({ ip: Uint8Array.of(127, 0, 0, 1), port, ...leave }, FOREVER);
};
const descriptors = (): number => readdirSync("/proc/self/fd").length;
const echo = (t: TestContext) => serveLoopback(t, (socket) => void socket.pipe(socket));

test("bytes pass both ways, and the end is told", async (t) => {
  const { port } = await echo(t);
  const stream = await dial(port);
  await stream.write(utf8("ping"), FOREVER);
  assert.deepEqual(await stream.read(FOREVER), Buffer.from("ping"));
  duplexOf(stream).end();
  assert.equal(await stream.read(FOREVER), undefined);
  stream.close("fin");
});

test("its end is that of the kernel", async (t) => {
  const ports: (number | undefined)[] = [];
  const { port } = await serveLoopback(t, (socket: Socket) => {
    ports.push(socket.remotePort);
    socket.write("hello");
  });
  const stream = await dial(port);
  const end = localEnd(stream);
  await stream.read(FOREVER);
  assert.deepEqual([[...end.ip], end.port], [[127, 0, 0, 1], ports[0]]);
  stream.close("fin");
});

test("who was not spoken to sees the end that was asked for, once", async (t) => {
  const server = await echo(t);
  for (const how of ["fin", "rst"] as const) {
    const stream = await dial(server.port);
    stream.close(how);
    stream.close(how);
    assert.equal(await stream.read(FOREVER), undefined);
  }
  await server.whenGone(2);
  assert.deepEqual(new Set(server.gone.map(({ how }) => how)), new Set(["fin", "rst"]));
});

test("who was spoken to as well, whatever still comes", async (t) => {
  const server = await serveLoopback(t, (socket) => void socket.write("a banner"));
  for (const how of ["fin", "rst"] as const) {
    const stream = await dial(server.port);
    await stream.read(FOREVER);
    stream.close(how);
    await server.whenGone(how === "fin" ? 1 : 2);
    assert.equal(server.gone.at(-1)?.how, how);
  }
  const unread = await dial(server.port); // the banner comes when it is closed already
  unread.close("fin");
  await server.whenGone(3);
  assert.equal(server.gone.at(-1)?.how, "fin");
});

test("no descriptor is left, neither of those that were closed nor of those refused", async (t) => {
  const server = await echo(t);
  const before = descriptors();
  for (let n = 0; n < 20; n += 1) (await dial(server.port)).close(n % 2 === 0 ? "fin" : "rst");
  await server.whenGone(20);
  await Promise.all(
    Array.from({ length: 5 }, () => assert.rejects(dial(1), { code: "ECONNREFUSED" })),
  );
  while (descriptors() > before) await nextTurn(); // theirs is seen by turns
});

test("an endless sender does not keep us when we have said goodbye", async (t) => {
  const server = await serveLoopback(t, (socket) => {
    const more = (): void => {
      while (!socket.destroyed && socket.write("x".repeat(65_536)));
    };
    socket.on("drain", more);
    more();
  });
  (await dial(server.port)).close("fin");
  await server.whenGone(1);
});
