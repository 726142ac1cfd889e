/** What a new MASTER asks its neighbours, with their answers played. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeArp } from "../../../../src/core/wire/arp.ts";
import { ETHER_TYPE, encodeEthernet } from "../../../../src/core/wire/ethernet.ts";
import { decodeIcmp, encodeIcmp } from "../../../../src/core/wire/icmp.ts";
import { decodeIpv4, encodeIpv4 } from "../../../../src/core/wire/ipv4.ts";
import { FakeRun } from "../../../support/fake-run.ts";
import { decodedOf, ip, mac } from "../../../support/packets.ts";
import { frameText } from "../../../support/wire-text.ts";

const OURS = "02:00:00:00:00:01";
const HOST = { ip: ip("10.0.0.9"), mac: mac("02:00:00:00:00:09") };
const TAKEOVER_MS = 3609.375; // three adverts of 1 s, and the skew of priority 100
const ASKED = `${OURS} > ff:ff:ff:ff:ff:ff: ARP, Request who-has 10.0.0.9 tell 10.0.0.100`;

const fromHost = (etherType: number, payload: Uint8Array): Uint8Array =>
  encodeEthernet({ destination: mac(OURS), source: HOST.mac, tags: [], etherType, payload });

const arpReply = (): Uint8Array => {
  const sender = { senderMac: HOST.mac, senderIp: HOST.ip };
  const target = { targetMac: mac(OURS), targetIp: ip("10.0.0.100") };
  return fromHost(ETHER_TYPE.arp, encodeArp({ operation: "reply", ...sender, ...target }));
};

test("the question leaves behind the advert and the announcements, and the answer closes the loop", async () => {
  const run = new FakeRun({ verify: [HOST.ip] });
  await run.pass(TAKEOVER_MS);
  const frames = run.ports.sent.splice(0).filter(({ kind }) => kind === "frame");
  assert.equal(frames.length, 6);
  assert.equal(frameText((frames.at(-1) as (typeof frames)[number]).bytes), ASKED);

  run.ports.receiveFrame(arpReply());
  const [echo] = run.ports.sent.splice(0);
  const packet = decodedOf(decodeIpv4((echo?.bytes ?? assert.fail()).subarray(14)));
  const question = decodedOf(decodeIcmp(packet.payload));
  assert.equal(question.kind, "echo-request");
  await run.pass(38);
  const payload = encodeIcmp({ ...question, kind: "echo-reply" } as typeof question);
  const back = { source: packet.destination, destination: packet.source, payload };
  run.ports.receiveFrame(fromHost(ETHER_TYPE.ipv4, encodeIpv4({ ...packet, ...back })));
  assert.equal(run.told.at(-1), "verify 10.0.0.9 answers 1 38");
  const status = JSON.parse(await run.ports.control.ask("VI_1", '{"request":"status"}'));
  assert.deepEqual(status.verify, [
    {
      host: "10.0.0.9",
      role: "host",
      vip: "10.0.0.100",
      verdict: "answers",
      ok: true,
      sends: 1,
      took_ms: 38,
      tried: [],
    },
  ]);
});

test("a host that is silent is asked four times, and every other announcement is tried", async () => {
  const run = new FakeRun({ verify: [HOST.ip] });
  await run.pass(TAKEOVER_MS);
  run.takeSent();
  await run.pass(2400);
  assert.equal(run.told.at(-1), "verify 10.0.0.9 silent 4 2400");
  const sent = run.takeSent();
  assert.equal(sent.filter((line) => line === ASKED).length, 3);
  assert.ok(sent.includes(`${OURS} > ff:ff:ff:ff:ff:ff: ARP, Reply 10.0.0.100 is-at ${OURS}`));
  assert.ok(sent.some((line) => line.includes("RARP")));
});

test("who is master no more asks no more", async () => {
  const run = new FakeRun({ verify: [HOST.ip] });
  await run.pass(TAKEOVER_MS);
  run.urgent.abort();
  await run.pass(3000);
  assert.ok(!run.told.some((line) => line.startsWith("verify")));
  assert.equal(run.ports.open, 0);
});
