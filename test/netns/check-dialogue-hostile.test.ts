/** Servers that mean no good to check dns, smtp, ftp and telnet: each ends in time, with a class. */
import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { attempt, type Prober } from "../../src/app/check/attempt.ts";
import { NO_TLS } from "../../src/app/check/dialogue.ts";
import { dnsProber } from "../../src/app/check/dns.ts";
import { ftpProber } from "../../src/app/check/ftp.ts";
import { smtpProber } from "../../src/app/check/smtp.ts";
import { telnetProber } from "../../src/app/check/telnet.ts";
import { systemPorts } from "../../src/io/system-ports.ts";
import type { PortTarget } from "../../src/proto/check/targets.ts";
import { PLAINLY } from "../support/check-once.ts";
import { deepPointers, dnsReply, EDNS, OPT, POINTS_TO_ITSELF } from "../support/dns-server.ts";
import { dripping, forEver, hostileServer, hostileUdp } from "../support/misbehaviour.ts";
import { TLS_PLAN } from "../support/tls-peer.ts";

const PORTS = systemPorts(undefined);
const LIMIT_MS = 400;
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const DNS = {
  ...PLAINLY,
  question: { name: "example.org", type: "A" },
  recursion: true,
  edns: null,
  want: { rcode: "NOERROR", answers: [] },
};
const FTP = { startTls: false, login: null, expect: null };
const UNVERIFIED = { ...PLAINLY, tls: { ...TLS_PLAN, verify: false }, tlsFirst: false };
const PROBERS = {
  smtp: smtpProber({ helo: "me", startTls: false, expect: null }, { ...PLAINLY, ...NO_TLS }, PORTS),
  ftp: ftpProber(FTP, { ...PLAINLY, ...NO_TLS }, PORTS),
  telnet: telnetProber(/login:|[>#$%] ?$/u, PLAINLY, PORTS),
  dns: dnsProber({ ...DNS, tcp: true }, PORTS),
};

async function ask(prober: Prober<PortTarget>, port: number) {
  const target = { host: "127.0.0.1", ip: Uint8Array.of(127, 0, 0, 1), port };
  return await attempt(prober, target, LIMIT_MS, PORTS.clock, new AbortController().signal);
}

/** What each kind says of it, in the order of `PROBERS`. */
async function classes(t: TestContext, misbehave: (socket: Socket) => void): Promise<string> {
  const port = await hostileServer(t, misbehave);
  const found: string[] = [];
  for (const prober of Object.values(PROBERS)) {
    const result = await ask(prober, port);
    assert.equal(result.verdict, "down");
    assert.ok(result.detail.length < 300, result.detail);
    found.push(result.class);
  }
  return found.join(" ");
}

const LATE = "L7TOUT L7TOUT L7TOUT L7TOUT";
const ODD = "L7RSP L7RSP L7RSP L7RSP";

test("who says nothing, or a byte now and then, is given up in time", async (t) => {
  assert.equal(await classes(t, () => {}), LATE);
  assert.equal(await classes(t, dripping(bytesOf("220-"))), LATE);
});

test("who hangs up, politely or not, makes no sense", async (t) => {
  assert.equal(await classes(t, (socket) => void socket.end()), ODD);
  assert.equal(await classes(t, (socket) => void socket.resetAndDestroy()), ODD);
});

test("who never ends is not listened to for long", async (t) => {
  const line = "x".repeat(60_000);
  assert.match(await classes(t, forEver(bytesOf(line))), /^L7RSP L7RSP L7RSP /);
  const reply = "220-hello\r\n".repeat(5000);
  assert.match(await classes(t, forEver(bytesOf(reply))), /^L7RSP L7RSP L7RSP /);
  assert.match(await classes(t, forEver(new Uint8Array(60_000))), /^L7RSP L7RSP L7RSP /);
  assert.match(await classes(t, forEver(new Uint8Array(60_000).fill(255))), /^L7RSP L7RSP L7RSP /);
});

test("what comes in the clear behind a consent to TLS breaks the handshake, and is never read", async (t) => {
  const wishes = [
    smtpProber({ helo: "me", startTls: true, expect: null }, UNVERIFIED, PORTS),
    ftpProber({ ...FTP, startTls: true }, UNVERIFIED, PORTS),
  ];
  const consent: Readonly<Record<string, string>> = {
    EHLO: "250-mx\r\n250 STARTTLS\r\n",
    STARTTLS: "220 go\r\n",
    AUTH: "234 go\r\n",
  };
  for (const more of [
    "250 mx\r\n",
    "\x16\x03\x03\0\x05hello",
    "\x15\x03\x03\0\x02\x02\x28",
    "\0",
  ]) {
    for (const prober of wishes) {
      const port = await hostileServer(t, (socket) => {
        let isSecure = false;
        socket.write("220 x\r\n");
        socket.on("data", (bytes) => {
          if (isSecure) return void socket.write(more); // behind the client's hello
          const [word = ""] = bytes.toString("latin1").split(/[ \r]/);
          isSecure = word === "STARTTLS" || word === "AUTH";
          socket.write(consent[word] ?? "500\r\n");
        });
      });
      const { verdict, class: code, phase } = await ask(prober, port);
      assert.equal(verdict, "down");
      assert.match(code, /^L6(RSP|TOUT)$/, JSON.stringify(more));
      assert.equal(phase, "tls");
    }
    const atOnce = await hostileServer(t, (socket) => {
      socket.write("220 x\r\n");
      socket.on("data", () => void socket.write(`234 go\r\n${more}`));
    });
    assert.equal((await ask(wishes[1] as Prober<PortTarget>, atOnce)).class, "L7RSP");
  }
});

test("what is no text is told without being obeyed, and in one line", async (t) => {
  const port = await hostileServer(t, (socket) => void socket.end("\x1b]0;owned\x07\0\0\r\n\r\n"));
  for (const prober of [PROBERS.smtp, PROBERS.ftp, PROBERS.telnet])
    assert.equal((await ask(prober, port)).class, "L7RSP");
});

test("over UDP: other ids for ever, loops, and more than any name server sends", async (t) => {
  const prober = dnsProber({ ...DNS, tcp: false }, PORTS);
  const of = async (
    ...given: Parameters<typeof hostileUdp> extends [unknown, ...infer R] ? R : []
  ) => await ask(prober, await hostileUdp(t, ...given));
  const flood = await of((query) => [dnsReply(query, { id: (query[0] ?? 0) ^ 1 })], true);
  assert.match(flood.class, /^L7(TOUT|RSP)$/);
  assert.ok(Number(flood.facts.ignored) > 0);
  const withId = (message: Uint8Array) => (query: Uint8Array) => {
    const mine = message.slice();
    mine.set(query.subarray(0, 2));
    return [mine];
  };
  assert.equal((await of(withId(POINTS_TO_ITSELF))).class, "L7RSP");
  assert.equal((await of(withId(deepPointers()))).class, "L7RSP");
  const byEdns = dnsProber({ ...DNS, edns: EDNS, tcp: false }, PORTS);
  const twice = await hostileUdp(t, (query) => [dnsReply(query, { additionals: [OPT, OPT] })]);
  assert.match((await ask(byEdns, twice)).detail, /two-opts/);
  const huge = new Uint8Array(60_000).fill(0xc0);
  huge.set([0, 0, 0x81, 0x80, 0xff, 0xff, 0xff, 0xff]);
  assert.equal((await of(withId(huge))).class, "L7RSP");
  assert.equal((await of(() => [new Uint8Array()])).class, "L7TOUT");
});
