/** What `vrrp sniff` says of adverts that nobody should send, as they come over a real Ethernet. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeVrrp, type VrrpAdvert } from "../../src/core/wire/vrrp.ts";
import { openPacketSocket } from "../../src/io/packet-socket.ts";
import { carpFrame, claimFrame, groupFrame } from "../support/foreign.ts";
import { insideMissing, openInside } from "../support/inside.ts";
import { Lan } from "../support/netns.ts";
import { ip, mac } from "../support/packets.ts";
import { Sniffer } from "../support/sniffer.ts";

interface Sent {
  readonly from?: string;
  readonly sourceMac?: string;
  readonly ttl?: number;
  readonly version?: 2 | 3;
  readonly priority?: number;
  readonly intervalMs?: number;
  readonly addresses?: readonly string[];
  readonly mutate?: (payload: Uint8Array) => Uint8Array;
  readonly tags?: readonly number[];
}

/** In each the first advert is right; what is said of the last one, by code or whole text. */
const CASES: Readonly<Record<string, readonly [...Sent[], Sent, string]>> = {
  "VRID used by two groups": [
    {},
    { from: "10.0.0.8", addresses: ["10.0.0.200"] },
    "VRID used by two groups: master with 10.0.0.100",
  ],
  "another interval": [
    { version: 2, intervalMs: 1000 },
    { version: 2, from: "10.0.0.8", intervalMs: 2000 },
    "SECOND MASTER beside 10.0.0.9 priority 100; interval 2s, master 1s",
  ],
  "another version": [
    { version: 3 },
    { version: 2, from: "10.0.0.8" },
    "SECOND MASTER beside 10.0.0.9 priority 100; version 2, master 3",
  ],
  "another address list": [
    {},
    { from: "10.0.0.8", addresses: ["10.0.0.100", "10.0.0.101"] },
    "SECOND MASTER beside 10.0.0.9 priority 100; address list differs: +10.0.0.101",
  ],
  "another MAC": [
    {},
    { sourceMac: "02:00:00:00:00:99" },
    "spoofed? MAC changed from 02:00:00:00:00:09",
  ],
  "ttl 64": [{}, { ttl: 64 }, "ttl 64, not 255"],
  "bad checksum": [{}, { mutate: (it) => it.with(7, (it[7] ?? 0) ^ 1) }, "checksum bad"],
  cut: [{}, { mutate: (it) => it.subarray(0, 10) }, "2 of its bytes missing"],
  "a byte more": [{}, { mutate: (it) => Uint8Array.of(...it, 0) }, "unknown trailer, length 1"],
  "version 1": [
    { version: 2 },
    { version: 2, mutate: (it) => it.with(0, 0x11) },
    "version 1: obsolete, believed by nobody; checksum bad",
  ],
  resigning: [{}, { priority: 0 }, "priority 0: resigning"],
  "another VLAN": [{}, { tags: [5], from: "10.0.0.8" }, "ok"],
  "a VLAN in a VLAN": [{ tags: [5] }, { tags: [5, 6], ttl: 1 }, "ttl 1, not 255"],
};

test("adverts", { skip: insideMissing() }, async (t) => {
  await using lan = await Lan.open("b", "c");
  const { b, c } = lan.hosts;
  const atB = await openInside(b);
  const socket = atB.run(() => openPacketSocket(atB));
  t.after(() => socket.close());
  const sniffer = await Sniffer.open(c);
  for (const [index, [name, parts]] of Object.entries(CASES).entries()) {
    await t.test(name, async () => {
      const vrid = index + 1;
      const text = parts.at(-1);
      for (const [nth, part] of parts.slice(0, -1).entries()) {
        const sent = part as Sent;
        socket.send(frameOf(vrid, sent));
        const seen = await sniffer.next(`"vrid":${vrid},`);
        const isLast = nth === parts.length - 2;
        const said = seen.reasons.map((reason) => reason.text).join("; ") || "ok";
        assert.equal(said, isLast ? text : "ok");
        const vlans = (sent.tags ?? []).map((id) => ` vlan ${id}`).join("");
        assert.equal(seen.segment, `eth0${vlans}`);
      }
    });
  }
});

test("CARP, what claims an address, and an own advert that comes back", {
  skip: insideMissing(),
}, async (t) => {
  await using lan = await Lan.open("b", "c");
  const [atB, atC] = [await openInside(lan.hosts.b), await openInside(lan.hosts.c)];
  const [fromB, fromC] = [atB, atC].map((at) => at.run(() => openPacketSocket(at)));
  t.after(() => {
    for (const socket of [fromB, fromC]) socket?.close();
  });
  const sniffer = await Sniffer.open(lan.hosts.c);

  fromB?.send(carpFrame("10.0.0.9", 7));
  assert.equal((await sniffer.next('"type":"carp"')).verdict, "ok");

  fromC?.send(frameOf(1, {}));
  const own = await sniffer.next('"type":"advert"');
  assert.deepEqual([own.direction, own.verdict], ["out", "ok"]);
  fromB?.send(frameOf(1, {}));
  const echo = await sniffer.next('"type":"advert"');
  assert.deepEqual([echo.direction, echo.reasons[0]?.code], ["in", "looped-back"]);

  fromB?.send(claimFrame("10.0.0.77", "02:00:00:00:00:99")); // nobody's
  fromB?.send(claimFrame("10.0.0.100", "02:00:00:00:00:09"));
  assert.equal((await sniffer.next('"type":"announcement"')).verdict, "ok");
  fromB?.send(claimFrame("10.0.0.100", "02:00:00:00:00:99"));
  const claim = await sniffer.next('"type":"announcement"');
  assert.deepEqual([claim.verdict, claim.reasons[0]?.code], ["warn", "address-claimed"]);
  const { code, summary } = await sniffer.end();
  assert.deepEqual([code, summary.packets, summary.senders, summary.splits], [0, 5, 1, 0]);
});

function frameOf(vrid: number, sent: Sent): Uint8Array {
  const { from = "10.0.0.9", version = 3, intervalMs = 1000, ttl = 255 } = sent;
  const sourceMac = sent.sourceMac ?? `02:00:00:00:00:0${from.at(-1)}`;
  const carrier = { source: ip(from), destination: ip("224.0.0.18") };
  const said = {
    vrid,
    priority: sent.priority ?? 100,
    adverIntervalCs: intervalMs / 10,
    addresses: (sent.addresses ?? ["10.0.0.100"]).map(ip),
  };
  const advert: VrrpAdvert =
    version === 3
      ? { version, ...said, checksum: "pseudo-header" }
      : { version, ...said, auth: { type: "none" } };
  const payload = encodeVrrp(advert, carrier);
  const frame = groupFrame(sent.mutate?.(payload) ?? payload, {
    source: ip(from),
    sourceMac: mac(sourceMac),
    ttl,
  });
  const tags = (sent.tags ?? []).flatMap((id) => [0x81, 0x00, id >>> 8, id & 0xff]);
  return Uint8Array.of(...frame.subarray(0, 12), ...tags, ...frame.subarray(12));
}
