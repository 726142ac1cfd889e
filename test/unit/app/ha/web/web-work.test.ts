import assert from "node:assert/strict";
import { test } from "node:test";
import type { FromChild } from "../../../../../src/app/ha/up/messages.ts";
import { webWork } from "../../../../../src/app/ha/web/web-work.ts";
import { FakePorts } from "../../../../support/fake-ports.ts";
import { ip } from "../../../../support/packets.ts";

function work() {
  const ports = new FakePorts();
  const told: FromChild[] = [];
  const at = { ip: ip("127.0.0.1"), port: 9165 };
  const options = {
    at,
    socket: "ha",
    stateDirectory: "/state",
    silentMs: 1000,
    isCompatible: false,
    pages: undefined,
  };
  return { ports, told, work: webWork(options, ports, (message) => void told.push(message)) };
}

test("it takes its port when it is told to, and gives it back", async () => {
  const { ports, work: web } = work();
  assert.equal(ports.web.served.size, 0);
  web.hear({ kind: "serve" });
  await ports.clock.pass(0);
  assert.deepEqual([...ports.web.served.keys()], ["127.0.0.1:9165"]);
  assert.equal((await ports.web.get("/status")).status, 503, "nobody answers here");
  web.stop();
  await web.ended;
  web.close();
  assert.equal(ports.web.served.size, 0);
});

test("a port that is taken is told once, and tried again until it is free", async () => {
  const { ports, told, work: web } = work();
  ports.web.refuse = "EADDRINUSE";
  web.hear({ kind: "serve" });
  await ports.clock.pass(3500);
  assert.equal(told.length, 1);
  ports.web.refuse = undefined;
  await ports.clock.pass(500);
  assert.equal(ports.web.served.size, 1);
  web.close();
  assert.equal(ports.clock.pending, 0);
});
