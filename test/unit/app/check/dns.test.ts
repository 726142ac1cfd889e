import assert from "node:assert/strict";
import { test } from "node:test";
import { type DnsPlan, dnsProber } from "../../../../src/app/check/dns.ts";
import { checkOnce, PLAINLY, target } from "../../../support/check-once.ts";
import { aRecord, dnsReply, EDNS, OPT, POINTS_TO_ITSELF } from "../../../support/dns-server.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeUdp } from "../../../support/fake-udp.ts";
import { scriptedStream } from "../../../support/scripted-stream.ts";

const plan = {
  ...PLAINLY,
  question: { name: "example.org", type: "A" },
  recursion: true,
  edns: null,
  tcp: false,
  want: { rcode: "NOERROR", answers: [] },
};
const good = (query: Uint8Array) =>
  dnsReply(query, { answers: [aRecord("example.org", "192.0.2.1")] });

/** Asks 10.0.0.5 port 53, where `peer` is; what came of it, and of whom was asked. */
async function check(peer: FakeUdp | undefined, changes: Partial<DnsPlan> = {}, tcp?: Uint8Array) {
  const ports = new FakePorts();
  if (peer !== undefined) ports.net.udp.set("10.0.0.5:53", peer);
  const scripted = tcp && scriptedStream([[tcp.length >>> 8, tcp.length & 0xff], [...tcp]]);
  if (scripted) ports.net.ports.set("10.0.0.5:53", scripted.stream);
  const found = await checkOnce(dnsProber({ ...plan, ...changes }, ports), target(53), ports);
  if (peer !== undefined) assert.equal(peer.openSockets, 0);
  if (scripted) assert.equal(scripted.closed(), "fin");
  return found;
}

test("an answer is up, with what was measured", async () => {
  const found = await check(new FakeUdp((query) => [good(query)]));
  assert.equal(found.class, "L7OK");
  assert.equal(found.address, "10.0.0.5");
  const { rtt_ms, answers, truncated, ignored } = found.facts;
  assert.deepEqual(
    { rtt_ms, answers, truncated, ignored },
    {
      ...{ rtt_ms: 0, answers: ["192.0.2.1"], truncated: false, ignored: 0 },
    },
  );
});

test("an ICMP error is down at once; our own trouble is not", async () => {
  const refused = await check(undefined);
  assert.equal(refused.class, "L4CON");
  assert.match(refused.detail, /nobody listens/);
  assert.equal((await check(new FakeUdp("EHOSTUNREACH"))).class, "L4CON");
  assert.equal((await check(new FakeUdp("EPERM"))).verdict, "unknown");
});

test("silence is down when time is up", async () => {
  const found = await check(new FakeUdp(() => []));
  assert.equal(found.class, "L7TOUT");
  assert.equal(found.totalMs, 3000);
});

test("another id or question, and our own query, are ignored and counted", async () => {
  const others = (query: Uint8Array) => [
    dnsReply(query, { id: 0x4321 }),
    dnsReply(query, { questions: [{ type: "A", name: "example.com" }] }),
    dnsReply(query, { questions: [{ type: "MX", name: "example.org" }] }),
    Uint8Array.of(1),
    new Uint8Array(),
  ];
  const found = await check(new FakeUdp((query) => [...others(query), good(query)]));
  assert.equal(found.class, "L7OK");
  assert.equal(found.facts.ignored, 5);
  const never = await check(new FakeUdp(others));
  assert.equal(never.class, "L7TOUT");
  assert.equal(never.facts.ignored, 5);
  assert.match(never.detail, /5 with another id or question ignored$/);
});

test("what makes no sense is told as such", async () => {
  const loop = await check(new FakeUdp(() => [POINTS_TO_ITSELF]));
  assert.equal(loop.class, "L7RSP");
  assert.match(loop.detail, /malformed/);
  const echo = await check(new FakeUdp((query) => [query]));
  assert.match(echo.detail, /no-answer/);
  const junk = Array(20_000).fill(Uint8Array.of(0, 0));
  assert.equal((await check(new FakeUdp(() => junk))).class, "L7RSP");
});

test("what was cut off is asked for again over TCP", async () => {
  let query = new Uint8Array();
  const peer = new FakeUdp((asked) => {
    query = asked as Uint8Array<ArrayBuffer>;
    return [dnsReply(asked, { flags: 0x0200 })];
  });
  const first = await check(peer);
  assert.equal(first.class, "L4CON"); // nobody is there over TCP
  const found = await check(peer, {}, good(query));
  assert.equal(found.class, "L7OK");
  assert.equal(found.facts.truncated, true);
  const again = await check(peer, {}, dnsReply(query, { flags: 0x0200 }));
  assert.equal(again.class, "L7RSP");
});

test("by EDNS the answer is to have one OPT, whose code counts", async () => {
  const by = (...additionals: (typeof OPT)[]) =>
    check(new FakeUdp((query) => [dnsReply(query, { additionals })]), { edns: EDNS });
  const found = await by(OPT);
  assert.equal(found.class, "L7OK");
  assert.equal(found.facts.edns_payload_bytes, 1400);
  assert.match((await by()).detail, /NOERROR, without EDNS/);
  assert.match(
    (await by({ ...OPT, ednsVersion: 1, extendedRcode: 1 } as typeof OPT)).detail,
    /^BADVERS/,
  );
  const twice = await by(OPT, OPT);
  assert.deepEqual([twice.class, twice.detail], ["L7RSP", "makes no sense: two-opts"]);
  const unasked = await check(
    new FakeUdp((query) => [dnsReply(query, { additionals: [OPT, OPT] })]),
  );
  assert.deepEqual([unasked.class, unasked.facts.edns_version], ["L7OK", undefined]);
});

test("over TCP from the start, where a connection that ends is no answer", async () => {
  const ports = new FakePorts();
  const scripted = scriptedStream([]);
  ports.net.ports.set("10.0.0.5:53", scripted.stream);
  const prober = dnsProber({ ...plan, tcp: true }, ports);
  const found = await checkOnce(prober, target(53), ports);
  assert.equal(found.class, "L7RSP");
  assert.deepEqual([...scripted.written().subarray(0, 4)], [0, 29, 0x12, 0x34]);
});

test("of a name's addresses the next is asked where nobody listens", async () => {
  const ports = new FakePorts();
  ports.net.names.set("ns", ["10.0.0.4", "10.0.0.5"]);
  ports.net.udp.set("10.0.0.5:53", new FakeUdp((query) => [good(query)]));
  const ns = { host: "ns", ip: null, port: 53 };
  const found = await checkOnce(dnsProber(plan, ports), ns, ports);
  assert.equal(found.verdict, "up");
  assert.equal(found.address, "10.0.0.5");
});
