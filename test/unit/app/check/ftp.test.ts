import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_TLS } from "../../../../src/app/check/dialogue.ts";
import { ftpProber } from "../../../../src/app/check/ftp.ts";
import { checkOnce, PLAINLY, target } from "../../../support/check-once.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { scriptedStream } from "../../../support/scripted-stream.ts";

test("each try is a conversation of its own, whose greetings may have any text", async () => {
  const ports = new FakePorts();
  const wish = { startTls: false, login: null, expect: null };
  const prober = ftpProber(wish, { ...PLAINLY, ...NO_TLS }, ports);
  for (let n = 0; n < 2; n += 1) {
    const server = scriptedStream(["220-hello\r\nall of you\r\n220 ready\r\n"]);
    ports.net.ports.set("10.0.0.5:21", server.stream);
    assert.equal((await checkOnce(prober, target(21), ports)).class, "L7OK");
    assert.equal(new TextDecoder().decode(server.written()), "QUIT\r\n");
  }
  prober.close();
});
