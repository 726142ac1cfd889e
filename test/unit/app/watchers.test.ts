import assert from "node:assert/strict";
import { test } from "node:test";
import { Watchers } from "../../../src/app/watchers.ts";
import { FakeClock } from "../../support/fake-clock.ts";

test("how things are comes first, and nothing that happens meanwhile is lost", async () => {
  const watchers = new Watchers(new FakeClock());
  const sent: string[] = [];
  const client = {
    send: (line: string) => void sent.push(line),
    stream: async () => {},
    end: () => {},
    keep: () => {},
  };
  let know = (_now: object): void => {};
  const now = new Promise<object>((resolve) => {
    know = resolve;
  });
  assert.ok(watchers.add(client, () => now));
  watchers.tell((seq) => ({ seq }));
  assert.deepEqual(sent, []);
  know({ type: "status" });
  await now;
  await Promise.resolve();
  watchers.tell((seq) => ({ seq }));
  assert.deepEqual(sent, ['{"type":"status"}', '{"seq":1}', '{"seq":2}']);
});
