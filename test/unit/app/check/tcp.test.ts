/** A port that lets in, speaks TLS, or talks, without a network. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../../../src/app/check/attempt.ts";
import { type TcpPlan, tcpProber } from "../../../../src/app/check/tcp.ts";
import { type Pattern, parsePattern } from "../../../../src/core/byte-pattern.ts";
import { decodeProxyHeader } from "../../../../src/core/wire/proxy-protocol.ts";
import type { ByteStream, TlsOptions } from "../../../../src/io/ports.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { ip } from "../../../support/packets.ts";
import { shaking, TLS_PLAN as TLS, tlsPeer } from "../../../support/tls-peer.ts";

const PLAN: TcpPlan = {
  source: null,
  ifName: null,
  mark: null,
  family: undefined,
  firstOnly: false,
  close: "fin",
  proxyProtocol: null,
  tls: null,
  steps: [],
};
const TARGET = { host: "10.0.0.5", ip: ip("10.0.0.5"), port: 80 };
const DAY_MS = 86_400_000;
const expect = (text: string) =>
  ({ kind: "expect", pattern: parsePattern(text) as Pattern }) as const;

/** Answers one text after the other, then the end. */
class Talker implements ByteStream {
  readonly written: Uint8Array[] = [];
  readonly closed: string[] = [];
  readonly #answers: string[];

  constructor(...answers: string[]) {
    this.#answers = answers;
  }
  async read(): Promise<Uint8Array | undefined> {
    const next = this.#answers.shift();
    return next === undefined ? undefined : new TextEncoder().encode(next);
  }
  async write(bytes: Uint8Array): Promise<void> {
    this.written.push(bytes);
  }
  close(how: "fin" | "rst"): void {
    this.closed.push(how);
  }
}

async function check(stream: Talker, more: Partial<TcpPlan>, asked: TlsOptions[] = []) {
  const ports = new FakePorts();
  ports.net.ports.set("10.0.0.5:80", stream);
  const startTls = shaking(tlsPeer(ports.clock.wallMs() + 10.5 * DAY_MS), asked);
  const { clock, connectTcp, localEnd, resolveName } = ports;
  const prober = tcpProber(
    { ...PLAN, ...more },
    { clock, connectTcp, localEnd, resolveName, startTls },
  );
  return await attempt(prober, TARGET, 1000, clock, new AbortController().signal);
}

test("a connection alone is L4OK, and is ended as was wished", async () => {
  const stream = new Talker();
  const result = await check(stream, { close: "rst" });
  assert.deepEqual([result.class, result.detail], ["L4OK", "connected"]);
  assert.deepEqual(stream.closed, ["rst"]);
});

test("a talk that goes as expected is L7OK, with the first line", async () => {
  const stream = new Talker("220 hel", "lo\r\n", "250 ok");
  const bytes = new TextEncoder().encode("EHLO");
  const steps = [expect("hello"), { kind: "send", bytes } as const, expect("re:^250")];
  const result = await check(stream, { steps });
  assert.deepEqual([result.class, result.detail], ["L7OK", '"220 hello"']);
  assert.deepEqual(result.facts, { banner: "220 hello" });
  assert.deepEqual(stream.written, [bytes]);
});

test("one that is broken off is L7RSP in the phase of the answer", async () => {
  const stream = new Talker("500 no\r\n");
  const result = await check(stream, { steps: [expect("220")] });
  assert.deepEqual([result.verdict, result.class, result.phase], ["down", "L7RSP", "answer"]);
  assert.deepEqual(stream.closed, ["fin"]);
});

test("who is only told something has not answered", async () => {
  const steps = [{ kind: "send", bytes: Uint8Array.of(1) } as const];
  const result = await check(new Talker(), { steps });
  assert.deepEqual([result.class, result.detail], ["L4OK", "connected, nothing expected"]);
});

test("the header of a proxy goes first, with the ends of the connection", async () => {
  const stream = new Talker();
  await check(stream, { proxyProtocol: 2, tls: TLS });
  const header = decodeProxyHeader(stream.written[0] ?? new Uint8Array());
  assert.deepEqual(header, {
    ok: true,
    value: {
      source: { ip: ip("10.0.0.1"), port: 40_000 },
      destination: { ip: TARGET.ip, port: 80 },
    },
  });
});

test("TLS tells how long the certificate lasts, and is down where that is too short", async () => {
  const good = await check(new Talker(), { tls: { ...TLS, certDays: 10 } });
  assert.deepEqual([good.class, good.detail], ["L6OK", "TLSv1.3, certificate good for 10 days"]);
  assert.equal(good.facts.cert_days, 10);
  const short = await check(new Talker(), { tls: { ...TLS, certDays: 11 } });
  assert.deepEqual([short.verdict, short.class], ["down", "L6RSP"]);
  assert.equal(short.facts.cert_issuer, "CN=b");
  const alpn = await check(new Talker(), { tls: { ...TLS, alpn: ["h2"] } });
  assert.match(alpn.detail, /none of the protocols h2/);
});

test("an address is verified but is no SNI, also where it is given; a name is both", async () => {
  const asked: TlsOptions[] = [];
  await check(new Talker(), { tls: TLS }, asked);
  await check(new Talker(), { tls: { ...TLS, serverName: "a.example" } }, asked);
  await check(new Talker(), { tls: { ...TLS, serverName: "2001:db8::1" } }, asked);
  await check(new Talker(), { tls: { ...TLS, verify: false } }, asked);
  assert.deepEqual(
    asked.map(({ serverName, verifyName }) => [serverName, verifyName]),
    [
      [null, "10.0.0.5"],
      ["a.example", "a.example"],
      [null, "2001:db8::1"],
      [null, null],
    ],
  );
});
