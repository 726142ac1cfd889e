/** Servers of HTTP/2 on loopback, by prior knowledge: good ones, and ones that are not. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { attempt } from "../../../src/app/check/attempt.ts";
import { type HttpPlan, httpProber } from "../../../src/app/check/http.ts";
import { systemPorts } from "../../../src/io/system-ports.ts";
import type { CheckResult } from "../../../src/proto/check/result.ts";
import { drip, hostileServer, pour } from "../../support/hostile-web.ts";
import { httpPlan, httpUrl } from "../../support/http-plan.ts";

const ports = systemPorts(undefined);
const FOREVER = new AbortController().signal;
const SOON_MS = 400;
const LONG_MS = 20_000; // never waited for

const check = (port: number, plan: HttpPlan, limitMs: number): Promise<CheckResult> =>
  attempt(
    httpProber(plan, ports),
    httpUrl(`http://127.0.0.1:${port}/p?q`),
    limitMs,
    ports.clock,
    FOREVER,
  );

async function server(t: TestContext, serve: (stream: ServerHttp2Stream) => void): Promise<number> {
  const listener = createServer();
  listener.on("sessionError", () => {});
  listener.on("stream", (stream) => {
    stream.on("error", () => {});
    serve(stream);
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  t.after(() => listener.close());
  return (listener.address() as AddressInfo).port;
}

test("request and answer pass, with the words of the status that HTTP/2 does not send", async (t) => {
  const heard: string[] = [];
  const port = await server(t, (stream) => {
    stream.on("data", (chunk) => heard.push(`${chunk}`));
    stream.on("end", () => {
      stream.respond({ ":status": 404 });
      stream.end("hello");
    });
  });
  const body = new TextEncoder().encode("x");
  const plan = httpPlan({ version: "2", method: "POST", body, headers: [["Connection", "x"]] });
  const result = await check(port, plan, LONG_MS);
  assert.deepEqual([result.class, result.detail], ["L7STS", "404 Not Found"]);
  assert.deepEqual(heard, ["x"]);
  const expected = { statuses: [{ first: 404, last: 404 }] };
  const good = await check(port, httpPlan({ ...plan, expected }), LONG_MS);
  assert.deepEqual(good.facts, { status: 404, http_version: "2", bytes: 5 });
});

test("headers that HTTP/2 cannot have so are our own fault", async (t) => {
  const port = await server(t, (stream) => stream.close(2));
  const headers = [
    ["Content-Type", "a"],
    ["Content-Type", "b"],
    ["TE", "gzip"],
  ] as const;
  const { verdict } = await check(port, httpPlan({ version: "2", headers }), LONG_MS);
  assert.equal(verdict, "unknown");
});

test("a body without an end is cut at the limit", async (t) => {
  const port = await server(t, (stream) => {
    stream.respond({ ":status": 200 });
    const go = (): void => {
      while (!stream.destroyed && stream.write(new Uint8Array(16_384)));
    };
    stream.on("drain", go);
    go();
  });
  const plan = httpPlan({ version: "2", limitBytes: 1 << 20 });
  assert.match((await check(port, plan, LONG_MS)).detail, /longer than --limit/);
});

test("a stream that is reset is L7RSP", async (t) => {
  const port = await server(t, (stream) => stream.close(2));
  assert.equal((await check(port, httpPlan({ version: "2" }), LONG_MS)).class, "L7RSP");
});

const BAD: readonly (readonly [string, (to: Socket) => void, string, number])[] = [
  ["speaks HTTP/1", (to) => to.write("HTTP/1.1 400 Bad Request\r\n\r\n"), "L7RSP", LONG_MS],
  ["closes", (to) => to.end(), "L7RSP", LONG_MS],
  ["pours noise", (to) => pour(to, "\xff\0\xff\0".repeat(999)), "L7RSP", LONG_MS],
  ["says nothing", () => {}, "L7TOUT", SOON_MS],
  ["drips settings", (to) => drip(to, "\0\0\0\x04\0\0\0\0\0"), "L7TOUT", SOON_MS],
];
for (const [name, treat, code, limitMs] of BAD)
  test(`a server that ${name} is ${code}, and is let go`, async (t) => {
    const hostile = await hostileServer(t, treat);
    const result = await check(hostile.port, httpPlan({ version: "2" }), limitMs);
    assert.equal(result.class, code, result.detail);
    await hostile.abandoned();
  });
