/** A process of ours is asked: what counts as an answer, and what every other line is told as. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, parseAnswer } from "../../../src/app/asking.ts";
import { FakeControl } from "../../support/fake-control.ts";

/** What comes of a request that is answered by this line. */
async function asked(line: string): Promise<object> {
  const control = new FakeControl();
  await control.serve("VI_1", (_request, client) => {
    client.send(line);
    client.end();
  });
  return await ask<{ state: string }>("VI_1", { request: "status" }, "state", { control });
}

test("an answer is what has the key that was asked for, whatever else it has", async () => {
  assert.deepEqual(await asked('{"state":null}'), { state: null });
  assert.deepEqual(await asked('{"state":"x","error":"y"}'), { state: "x", error: "y" });
});

test("a refusal is told in the words of who refused", async () => {
  await assert.rejects(asked('{"error":"unknown request"}'), {
    op: "status",
    subject: "VI_1",
    code: "refused",
    detail: "unknown request",
  });
});

test("every other line is no answer of ours", async () => {
  for (const line of ["", "no JSON", "null", "7", '"state"', "[1]", "{}", '{"error":7}']) {
    await assert.rejects(asked(line), { op: "ask", code: "bad-answer" }, line);
  }
});

test("where nobody answers that is told", async () => {
  const ports = { control: new FakeControl() };
  await assert.rejects(ask<{ state: 1 }>("VI_1", { request: "x" }, "state", ports), {
    code: "not-running",
  });
});

test("the request goes as one line with all that it says, and has its time", async () => {
  const sent: unknown[] = [];
  const control = Object.assign(new FakeControl(), {
    ask: async (...words: readonly unknown[]) => {
      sent.push(words);
      return '{"took_ms":1}';
    },
  });
  const request = { request: "failover", timeout_ms: null };
  await ask<{ took_ms: 1 }>("VI_1", request, "took_ms", { control });
  await ask<{ took_ms: 1 }>("VI_1", request, "took_ms", { control }, 9000);
  const line = JSON.stringify(request);
  assert.deepEqual(sent, [
    ["VI_1", line, 2000],
    ["VI_1", line, 9000],
  ]);
});

test("what is no JSON object has nothing in it", () => {
  for (const line of ["", "{", "null", "true"]) {
    assert.deepEqual(Object.keys(parseAnswer(line)), [], line);
  }
});
