import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after } from "node:test";
import { controlSockets } from "../../../src/io/control-socket.ts";
import type { ControlClient } from "../../../src/io/ports.ts";

const root = mkdtempSync(join(tmpdir(), "vipkit-"));
after(() => rmSync(root, { recursive: true }));
const directory = join(root, "run");
const sockets = controlSockets(directory);
const pathOf = (name: string) => join(directory, `${name}.sock`);

const echo = (line: string, client: ControlClient): void => {
  client.send(`heard ${line}`);
  client.end();
};

test("a request is answered, in a file that only its owner may open", async () => {
  const server = await sockets.serve("a", echo);
  assert.equal(statSync(pathOf("a")).mode & 0o777, 0o600);
  assert.equal(statSync(directory).mode & 0o777, 0o755);
  assert.equal(await sockets.ask("a", "x", 5000), "heard x");
  assert.deepEqual(sockets.names(), ["a"]);
  server.close();
  assert.equal(existsSync(pathOf("a")), false);
});

test("the directory is made and not its parents, so that a refusal is told as the kernel means it", async () => {
  const orphan = controlSockets(join(root, "no", "run"));
  await assert.rejects(orphan.serve("a", echo), { op: "mkdir", code: "ENOENT" });
  assert.equal(existsSync(join(root, "no")), false);
});

test("a long answer is made as fast as it is read, and comes whole", async () => {
  const lines = Array.from({ length: 200 }, (_, index) => `${index} ${"x".repeat(20_000)}`);
  let ahead = 0;
  let most = 0;
  function* counted() {
    for (const line of lines) {
      ahead += 1;
      most = Math.max(most, ahead);
      yield line;
    }
  }
  const server = await sockets.serve("a", async (_, client) => {
    await client.stream(counted());
    client.end();
  });
  const heard: string[] = [];
  const onLine = (line: string): void => {
    ahead -= 1;
    heard.push(line);
  };
  await sockets.follow("a", "x", onLine, new AbortController().signal);
  assert.deepEqual(heard, lines);
  assert.ok(most < 100, `${most}`); // what the kernel holds for both, not all of it
  server.close();
});

test("a long answer ends when its client leaves", async () => {
  let ended: Promise<void> | undefined;
  function* endless() {
    for (;;) yield "x".repeat(20_000);
  }
  const server = await sockets.serve("a", (_, client) => {
    ended = client.stream(endless());
  });
  const enough = new AbortController();
  await sockets.follow("a", "x", () => enough.abort(), enough.signal);
  await ended;
  server.close();
});

test("a name that a living process has is refused", async () => {
  const server = await sockets.serve("a", echo);
  await assert.rejects(sockets.serve("a", echo), { code: "already-running" });
  assert.equal(await sockets.ask("a", "x", 5000), "heard x");
  server.close();
});

test("what a dead process left is replaced, and nobody answers there", async () => {
  const script = `require("net").createServer().listen(${JSON.stringify(pathOf("dead"))}, () => process.kill(process.pid, "SIGKILL"))`;
  const { spawn } = await import("node:child_process");
  await once(spawn(process.execPath, ["-e", script]), "exit");
  assert.deepEqual(sockets.names(), ["dead"]);
  await assert.rejects(sockets.ask("dead", "x", 5000), { code: "not-running" });
  const server = await sockets.serve("dead", echo);
  assert.equal(await sockets.ask("dead", "x", 5000), "heard x");
  server.close();
});

test("where nothing was ever served there are no names and no answers", async () => {
  const nowhere = controlSockets(join(root, "nowhere"));
  assert.deepEqual(nowhere.names(), []);
  await assert.rejects(nowhere.ask("a", "x", 5000), { code: "not-running" });
});

test("a directory that cannot be made is an error of its own", async () => {
  const below = controlSockets("/dev/null/vipkit");
  await assert.rejects(below.serve("a", echo), { code: "ENOTDIR", op: "mkdir" });
});

test("a process that is silent, or ends without an answer, is not waited for", async () => {
  const silent = await sockets.serve("silent", () => {});
  await assert.rejects(sockets.ask("silent", "x", 50), { code: "no-answer" });
  silent.close();
  const mute = await sockets.serve("mute", (_line, client) => client.end());
  await assert.rejects(sockets.ask("mute", "x", 60_000), { code: "no-answer" });
  mute.close();
});

test("a request without an end is cut off at 4096 characters", async () => {
  const server = await sockets.serve("a", () => assert.fail("that was no request"));
  const client = connect(pathOf("a"));
  client.on("error", () => {}); // what was written last may be refused
  client.write("x".repeat(5000));
  client.resume();
  await once(client, "close");
  server.close();
});

test("of many clients sixteen are served, and when they leave others are", async () => {
  const server = await sockets.serve("a", echo);
  const clients = Array.from({ length: 100 }, () => connect(pathOf("a")));
  for (const client of clients) client.on("error", () => {}).resume();
  let closed = 0;
  const left = new Promise<void>((resolve) => {
    for (const client of clients)
      client.once("close", () => {
        closed += 1;
        if (closed === clients.length - 16) resolve();
      });
  });
  await left;
  for (const client of clients) client.destroy();
  for (;;) {
    const answer = await sockets.ask("a", "x", 5000).catch(() => undefined);
    if (answer === "heard x") break;
  }
  server.close();
});

test("a client that closed its half still gets the answer", async () => {
  const server = await sockets.serve("a", echo);
  const client = connect({ path: pathOf("a"), allowHalfOpen: true });
  client.setEncoding("utf8").end("x\n");
  const [answer] = await once(client, "data");
  assert.equal(answer, "heard x\n");
  server.close();
});

test("closing cuts the clients off", async () => {
  const server = await sockets.serve("a", echo);
  const client = connect(pathOf("a"));
  client.on("error", () => {}).resume();
  await once(client, "connect");
  await sockets.ask("a", "x", 5000); // by now the first one is accepted
  server.close();
  await once(client, "close");
});

test("an answer that is not ours to read ends with what came first", async () => {
  const server = createServer((socket) => socket.end("one\ntwo\n"));
  server.listen(pathOf("foreign"));
  await once(server, "listening");
  assert.equal(await sockets.ask("foreign", "x", 5000), "one");
  server.close();
});

test("a client that is kept gets line after line, and its leaving is told", async () => {
  let leave = (): void => {};
  const gone = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const server = await sockets.serve("a", (_line, client) => {
    client.keep(() => leave());
    client.send("one");
    client.send("two");
  });
  const stop = new AbortController();
  const lines: string[] = [];
  const onLine = (line: string): void => {
    if (lines.push(line) === 2) stop.abort();
  };
  await sockets.follow("a", "x", onLine, stop.signal);
  assert.deepEqual(lines, ["one", "two"]);
  await gone;
  server.close();
});

test("the last line is there when the server ends", async () => {
  const server = await sockets.serve("a", (_line, client) => {
    client.keep(() => {});
    client.send("last");
    server.close();
  });
  const lines: string[] = [];
  await sockets.follow("a", "x", (line) => lines.push(line), new AbortController().signal);
  assert.deepEqual(lines, ["last"]);
});

test("who does not read is cut off", async () => {
  let leave = (): void => {};
  const gone = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const server = await sockets.serve("a", (_line, client) => {
    client.keep(() => leave());
    for (let i = 0; i < 100; i++) client.send("x".repeat(10_000));
  });
  const client = connect(pathOf("a"));
  client.on("error", () => {}).write("x\n");
  await gone;
  client.destroy();
  server.close();
});
