/** What a running `ha up` is asked, in which words, for how long, and what its answers come to. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  askDown,
  askHaHistory,
  askHandOver,
  askMaintenance,
  askWho,
  followHaEvents,
} from "../../../../src/app/ha/ask.ts";
import { FakeControl } from "../../../support/fake-control.ts";

const { signal } = new AbortController();

/** One that answers each request with these lines. */
function answering(...lines: readonly object[]) {
  const asked: { request: unknown; limitMs: number }[] = [];
  const control = Object.assign(new FakeControl(), {
    ask: async (_socket: string, request: string, limitMs: number) => {
      asked.push({ request: JSON.parse(request), limitMs });
      return JSON.stringify(lines[0]);
    },
    follow: async (_socket: string, request: string, onLine: (line: string) => void) => {
      asked.push({ request: JSON.parse(request), limitMs: Number.NaN });
      for (const line of lines) onLine(JSON.stringify(line));
    },
  });
  return { ports: { control }, asked };
}

test("a hand-over is waited for as long as it may take, and a moment more", async () => {
  const { ports, asked } = answering({ routers: ["x"] });
  assert.deepEqual(await askHandOver("ha", "VG", 700, ports), ["x"]);
  await askHandOver("ha", undefined, undefined, ports);
  assert.deepEqual(asked, [
    { request: { request: "failover", name: "VG", timeout_ms: 700 }, limitMs: 2700 },
    { request: { request: "failover" }, limitMs: 512_000 },
  ]);
});

test("maintenance ends with hand-overs, so it has their time", async () => {
  const { ports, asked } = answering({ not_kept: null, maintenance: null, routers: [] });
  const wish = { on: true, forMs: 5000, reason: undefined };
  assert.deepEqual((await askMaintenance("ha", wish, ports)).routers, []);
  assert.deepEqual(asked, [
    { request: { request: "maintenance", on: true, for_ms: 5000 }, limitMs: 512_000 },
  ]);
});

test("of the past so many transitions are asked for", async () => {
  const { ports, asked } = answering({ transitions: [] });
  await askHaHistory("ha", 7, ports);
  assert.deepEqual(asked[0]?.request, { request: "history", count: 7 });
});

test("who runs is nobody where nobody answers, or somebody else does", async () => {
  const who = { pid: 7, file: "/etc/ha.conf" };
  assert.deepEqual(await askWho("ha", answering(who).ports), who);
  assert.equal(await askWho("ha", answering({ error: "x" }).ports), undefined);
  assert.equal(await askWho("ha", { control: new FakeControl() }), undefined);
});

test("the end is known when it has come; without a process in the answer it was none of ours", async () => {
  assert.equal(await askDown("ha", signal, answering({ pid: 7 }).ports), 7);
  await assert.rejects(askDown("ha", signal, answering().ports), { code: "bad-answer" });
  const stop = new AbortController();
  stop.abort(new Error("interrupted"));
  await assert.rejects(askDown("ha", stop.signal, answering({ pid: 7 }).ports), /interrupted/);
});

test("records are handed on as they came; what is none is why it was refused", async () => {
  const records: string[] = [];
  const take = (line: string): void => void records.push(line);
  await followHaEvents("ha", take, signal, answering({ type: "status" }, { type: "x" }).ports);
  assert.deepEqual(records, ['{"type":"status"}', '{"type":"x"}']);
  await assert.rejects(followHaEvents("ha", take, signal, answering({ error: "too many" }).ports), {
    code: "refused",
    detail: "too many",
  });
  await assert.rejects(followHaEvents("ha", take, signal, answering({}).ports), {
    detail: "no vipkit answers",
  });
});
