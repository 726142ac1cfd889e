import assert from "node:assert/strict";
import { test } from "node:test";
import { telnetProber } from "../../../../src/app/check/telnet.ts";
import { checkOnce, PLAINLY, target } from "../../../support/check-once.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { scriptedStream } from "../../../support/scripted-stream.ts";

test("each try is a conversation of its own, and nothing is said but refusals", async () => {
  const ports = new FakePorts();
  const prober = telnetProber(/login:/u, PLAINLY, ports);
  for (let n = 0; n < 2; n += 1) {
    const server = scriptedStream([[255, 253, 24], "box login: "]);
    ports.net.ports.set("10.0.0.5:23", server.stream);
    assert.equal((await checkOnce(prober, target(23), ports)).class, "L7OK");
    assert.deepEqual([...server.written()], [255, 252, 24]);
  }
  prober.close();
});
