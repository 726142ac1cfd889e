import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_TLS } from "../../../../src/app/check/dialogue.ts";
import { smtpProber } from "../../../../src/app/check/smtp.ts";
import { checkOnce, PLAINLY, target } from "../../../support/check-once.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { scriptedStream } from "../../../support/scripted-stream.ts";

test("each try is a conversation of its own, each line of which has its code", async () => {
  const ports = new FakePorts();
  const wish = { helo: "me", startTls: false, expect: null };
  const prober = smtpProber(wish, { ...PLAINLY, ...NO_TLS }, ports);
  for (const [hello, code] of [
    ["250-a\r\n250 b\r\n", "L7OK"],
    ["250-a\r\nb\r\n", "L7RSP"],
  ] as const) {
    ports.net.ports.set("10.0.0.5:25", scriptedStream(["220 mx\r\n", hello]).stream);
    assert.equal((await checkOnce(prober, target(25), ports)).class, code);
  }
  prober.close();
});
