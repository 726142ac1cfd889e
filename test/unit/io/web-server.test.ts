/** A server for onlookers on loopback, asked by node:http and by plain sockets. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { connect, type Socket } from "node:net";
import { after, before, test } from "node:test";
import { parseIp } from "../../../src/core/addr.ts";
import type { Closable, WebClient } from "../../../src/io/ports.ts";
import { serveWeb } from "../../../src/io/web-server.ts";
import { freePort } from "../../support/free-port.ts";

let port = 0;
let server: Closable;
const clients: WebClient[] = [];

before(async () => {
  port = await freePort();
  const at = { ip: parseIp("127.0.0.1") ?? new Uint8Array(), port };
  server = await serveWeb(at, async ({ path }) =>
    path === "/live"
      ? { onOpen: (client) => void clients.push(client) }
      : { status: 200, type: "text/plain", body: `ä ${path}`, headers: { "X-Own": "1" } },
  );
});
after(() => server.close());

async function ask(path: string, method = "GET", headers: Record<string, string> = {}, body = "") {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, method, headers }, resolve);
    asked.on("error", reject);
    asked.end(body);
  });
  let text = "";
  for await (const chunk of answer) text += chunk;
  return { status: answer.statusCode, headers: answer.headers, text };
}

/** What comes back for these bytes until the server ends it. */
const said = (bytes: string, at = port): Promise<string> =>
  new Promise((resolve) => {
    let heard = "";
    const socket = connect(at, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (chunk) => {
      heard += chunk;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(heard));
  });

test("a page is answered without its query, and no cache keeps it", async () => {
  const { status, headers, text } = await ask("/a?b=c");
  assert.deepEqual([status, text, headers["x-own"]], [200, "ä /a", "1"]);
  assert.equal(headers["content-length"], "5");
  assert.equal(headers["cache-control"], "no-store");
  assert.equal(headers["x-content-type-options"], "nosniff");
});

test("HEAD has the length and no body", async () => {
  const { status, headers, text } = await ask("/a", "HEAD");
  assert.deepEqual([status, headers["content-length"], text], [200, "5", ""]);
});

test("other methods and bodies are refused, and the connection ends", async () => {
  const post = await ask("/a", "POST", { "Content-Length": "2" }, "ab");
  assert.deepEqual([post.status, post.headers.allow], [405, "GET, HEAD"]);
  assert.equal(post.headers.connection, "close");
  const get = await ask("/a", "GET", { "Content-Length": "2" }, "ab");
  assert.equal(get.status, 413);
});

test("on loopback a name of a stranger for this host is refused", async () => {
  for (const [host, status] of [
    ["evil.example", 421],
    ["localhost:1", 200],
    ["127.0.0.1", 200],
    ["[::1]:80", 200],
  ] as const) {
    assert.equal((await ask("/a", "GET", { Host: host })).status, status, host);
  }
});

test("a header without an end is cut off", async () => {
  assert.match(await said(`GET / HTTP/1.1\r\nX: ${"x".repeat(20_000)}`), /^HTTP\/1\.1 431 /);
});

test("a feed gives events, and tells when its reader has gone", async () => {
  const asked = request({ host: "127.0.0.1", port, path: "/live" });
  asked.on("error", () => {});
  const answer = await new Promise<IncomingMessage>((resolve) => {
    asked.on("response", resolve);
    asked.end();
  });
  answer.on("error", () => {});
  assert.equal(answer.headers["content-type"], "text/event-stream");
  const client = clients.at(-1);
  const gone = new Promise<void>((resolve) => client?.onGone(resolve));
  client?.send("now", "a\nb");
  const [chunk] = await new Promise<Buffer[]>((resolve) =>
    answer.once("data", (one) => resolve([one])),
  );
  assert.equal(`${chunk}`, "event: now\ndata: a\ndata: b\n\n");
  asked.destroy();
  await gone;
});

test("of many readers of a feed those that are too many are told so", async () => {
  const asked = Array.from({ length: 17 }, () =>
    request({ host: "127.0.0.1", port, path: "/live" }),
  );
  const codes = await Promise.all(
    asked.map(
      (one) =>
        new Promise<number | undefined>((resolve) => {
          one.on("error", () => {});
          one.on("response", ({ statusCode }) => resolve(statusCode));
          one.end();
        }),
    ),
  );
  assert.deepEqual(codes.toSorted().slice(-2), [200, 503]);
  for (const one of asked) one.destroy();
});

test("who does not read a feed is cut off", async () => {
  const socket = connect(port, "127.0.0.1", () =>
    socket.write("GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n"),
  );
  const before = clients.length;
  while (clients.length === before) await new Promise(setImmediate);
  socket.pause();
  socket.on("error", () => {});
  const client = clients.at(-1);
  let isGone = false as boolean;
  client?.onGone(() => {
    isGone = true;
  });
  for (let sent = 0; !isGone && sent < 100; sent += 1) {
    client?.send("page", "x".repeat(1_000_000));
    await new Promise(setImmediate);
  }
  assert.ok(isGone);
  socket.destroy();
});

test("clients beyond the 64th are sent away, and those that are there go on", async (t) => {
  const own = await freePort();
  const at = { ip: Uint8Array.of(127, 0, 0, 1), port: own };
  const busy = await serveWeb(at, async () => ({ status: 200, type: "text/plain", body: "" }));
  t.after(() => busy.close());
  const held: Socket[] = [];
  while (held.length < 64) {
    const socket = connect(own, "127.0.0.1");
    await once(socket, "connect");
    held.push(socket);
  }
  assert.equal(await said(ASKED, own), "");
  const heard = once(held[0] as Socket, "data");
  held[0]?.write(ASKED);
  assert.match(`${await heard}`, /^HTTP\/1.1 200/);
  for (const socket of held) socket.destroy();
});

const ASKED = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n";
