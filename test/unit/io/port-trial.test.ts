import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { parseIp } from "../../../src/core/addr.ts";
import { tryPort } from "../../../src/io/port-trial.ts";

test("a port that somebody has is refused, and one that is tried is free afterwards", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const at = { ip: parseIp("127.0.0.1") ?? new Uint8Array(), port };
  const message = `listen 127.0.0.1 port ${port}: address already in use (EADDRINUSE)`;
  await assert.rejects(tryPort(at), { code: "EADDRINUSE", message });
  await new Promise((resolve) => server.close(resolve));
  await tryPort(at);
  await tryPort(at);
});
