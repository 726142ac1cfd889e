/** Servers on loopback that answer as they should not: each ends in time and with a class. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
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
const OK = "HTTP/1.1 200 OK\r\n";

const check = (url: string, plan: HttpPlan, limitMs: number): Promise<CheckResult> =>
  attempt(httpProber(plan, ports), httpUrl(url), limitMs, ports.clock, FOREVER);

/** What a server does, and what a check of it finds. */
type Case = readonly [name: string, treat: (client: Socket) => void, code: string, detail: RegExp];

const AT_ONCE: readonly Case[] = [
  ["closes", (to) => to.end(), "L7RSP", /without an answer/],
  ["resets", (to) => to.resetAndDestroy(), "L7RSP", /cut off/],
  ["speaks something else", (to) => to.write("SSH-2.0-x\r\n\r\n"), "L7RSP", /broken answer/],
  ["has an endless header", (to) => pour(to, `${OK}X: ${"x".repeat(999)}\r\n`), "L7RSP", /./],
  ["has a header without a line's end", (to) => pour(to, `${OK}X: x`), "L7RSP", /64 KiB/],
  [
    "has many headers",
    (to) => to.write(`${OK}${"X: 1\r\n".repeat(40_000)}\r\n`),
    "L7RSP",
    /64 KiB/,
  ],
  ["has NULs in its header", (to) => to.write(`${OK}X: \0\0\r\n\r\n`), "L7RSP", /broken answer/],
  ["has a bad status", (to) => to.write("HTTP/1.1 2x0 OK\r\n\r\n"), "L7RSP", /broken answer/],
  [
    "frames its chunks badly",
    (to) => to.write(`${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\nhello`),
    "L7RSP",
    /chunked/,
  ],
  [
    "has a chunk of more bytes than there are",
    (to) => to.end(`${OK}Transfer-Encoding: chunked\r\n\r\nffffffff\r\nhello`),
    "L7RSP",
    /cut off/,
  ],
  [
    "promises more than it sends",
    (to) => to.end(`${OK}Content-Length: 9\r\n\r\nhello`),
    "L7RSP",
    /cut/,
  ],
  [
    "has two lengths",
    (to) => to.end(`${OK}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`),
    "L7RSP",
    /broken/,
  ],
  [
    "promises less than it sends",
    (to) => to.end(`${OK}Content-Length: 2\r\n\r\nhello`),
    "L7OK",
    /2 bytes/,
  ],
  ["has no length and says goodbye", (to) => to.end(`${OK}\r\nhello`), "L7OK", /5 bytes/],
  [
    "sends a body without an end",
    (to) => pour(to, "x".repeat(65_536), `${OK}\r\n`),
    "L7RSP",
    /longer than --limit/,
  ],
  [
    "has controls in its status line",
    (to) => to.end("HTTP/1.1 503 \x1b[2JGone\r\nContent-Length: 0\r\n\r\n"),
    "L7STS",
    /503/,
  ],
  [
    "changes the protocol unasked",
    (to) => to.write("HTTP/1.1 101 X\r\nUpgrade: y\r\n\r\n"),
    "L7STS",
    /101/,
  ],
];

const NEVER: readonly Case[] = [
  ["says nothing", () => {}, "L7TOUT", /no answer within/],
  ["drips its header", (to) => drip(to, "X-A: b\r\n", OK), "L7TOUT", /no answer within/],
  ["only ever says 100", (to) => pour(to, "HTTP/1.1 100 Continue\r\n\r\n"), "L7TOUT", /no answer/],
  ["drips its body", (to) => drip(to, "x", `${OK}\r\n`), "L7TOUT", /no end of the answer/],
  [
    "stops within its body",
    (to) => to.write(`${OK}Content-Length: 9\r\n\r\nx`),
    "L7TOUT",
    /no end/,
  ],
];

for (const [cases, limitMs] of [
  [AT_ONCE, LONG_MS],
  [NEVER, SOON_MS],
] as const)
  for (const [name, treat, code, detail] of cases)
    test(`a server that ${name} is ${code}, and is let go`, async (t) => {
      const server = await hostileServer(t, treat);
      const plan = httpPlan({ limitBytes: 1 << 20 });
      const result = await check(`http://127.0.0.1:${server.port}/`, plan, limitMs);
      assert.equal(result.class, code, result.detail);
      assert.match(result.detail, detail);
      await server.abandoned();
    });

test("a server that garbles TLS is L6RSP, one that is silent L6TOUT", async (t) => {
  const garbling = await hostileServer(t, (to) => to.write("HTTP/1.1 400 Bad\r\n\r\n"));
  const silent = await hostileServer(t, () => {});
  const [bad, late] = [`https://127.0.0.1:${garbling.port}/`, `https://127.0.0.1:${silent.port}/`];
  assert.equal((await check(bad, httpPlan(), LONG_MS)).class, "L6RSP");
  assert.equal((await check(late, httpPlan(), SOON_MS)).class, "L6TOUT");
  await Promise.all([garbling.abandoned(), silent.abandoned()]);
});

interface Heard {
  readonly message: IncomingMessage;
  readonly body: string;
}

/** A well-behaved server. @returns what it heard */
async function goodServer(
  t: TestContext,
  answer: string,
): Promise<{ url: string; heard: Heard[] }> {
  const heard: Heard[] = [];
  const server = createServer(async (message, response) => {
    let body = "";
    for await (const chunk of message) body += chunk;
    heard.push({ message, body });
    response.end(answer);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/p?q`, heard };
}

test("method, headers and body arrive as they were given", async (t) => {
  const { url, heard } = await goodServer(t, "ok");
  const headers = [
    ["X-A", "1"],
    ["X-A", "2"],
    ["Host", "other.test"],
    ["User-Agent", "me"],
  ] as const;
  const body = new TextEncoder().encode("héllo");
  const authorization = "Basic eDp5";
  const plan = httpPlan({ method: "PUT", headers, body, authorization });
  assert.equal((await check(url, plan, LONG_MS)).class, "L7OK");
  const [{ message, body: text } = {}] = heard;
  assert.equal(text, "héllo");
  assert.deepEqual([message?.method, message?.url, message?.httpVersion], ["PUT", "/p?q", "1.1"]);
  const { host, authorization: told, connection, ...rest } = message?.headers ?? {};
  assert.deepEqual([host, told, connection], ["other.test", authorization, "close"]);
  assert.deepEqual([rest["x-a"], rest["user-agent"]], ["1, 2", "me"]);
});

test("HTTP/1.0 is what goes out when it is wanted", async (t) => {
  const { url, heard } = await goodServer(t, "ok");
  assert.equal((await check(url, httpPlan({ version: "1.0" }), LONG_MS)).class, "L7OK");
  assert.equal(heard[0]?.message.httpVersion, "1.0");
});

test("digests are of all of the body, of which the begin is kept", async (t) => {
  const { url } = await goodServer(t, "x".repeat(100_000));
  const digests = { md5: true, sha256: true };
  const plan = httpPlan({ digests, keepBytes: 10, expected: { match: /^x{10}$/ } });
  const { class: code, facts } = await check(url, plan, LONG_MS);
  assert.equal(code, "L7OK");
  assert.equal(facts.md5, "d5816f35916d1d9482fb0f1ec201101d");
  assert.equal(facts.sha256, "d69e68988157833272305aaf21f453c800346e8a3640db6578e260215542e5d4");
  assert.equal(facts.bytes, 100_000);
});

test("an answer without a body has none", async (t) => {
  const { url } = await goodServer(t, "ok");
  const { facts } = await check(url, httpPlan({ method: "HEAD" }), LONG_MS);
  assert.equal(facts.bytes, 0);
});
