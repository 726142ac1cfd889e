/** Entries of the track_ lists and of unicast_peer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { text } from "../../../../src/config/arguments.ts";
import { unicastPeer } from "../../../../src/config/entries/peer.ts";
import { tracked } from "../../../../src/config/entries/tracked.ts";
import { parseIp } from "../../../../src/core/addr.ts";
import { readEntries, said } from "../../../support/conf.ts";

const read = (line: string, most: 253 | 254 = 253) => {
  const { values, found } = readEntries(tracked(text("NAME"), most), line);
  return { name: values[0]?.name, weight: values[0]?.weight?.value, found };
};

test("a tracked item may have a weight, which may be reversed", () => {
  assert.deepEqual(read("eth1"), { name: "eth1", weight: undefined, found: [] });
  assert.deepEqual(read("eth1 weight -20 reverse").weight, { weight: -20, isReversed: true });
  assert.deepEqual(read("eth1 weight 5 noreverse").weight, { weight: 5, isReversed: false });
});

test("a weight of 254 becomes 253, but of files and processes", () => {
  assert.deepEqual(read("eth1 weight -254"), {
    name: "eth1",
    weight: { weight: -253, isReversed: false },
    found: ["a.conf:2:13 vk208 -254 is outside -253..253, and becomes -253"],
  });
  assert.deepEqual(read("f weight 254", 254).found, []);
});

test("words that mean nothing are told", () => {
  assert.deepEqual(read("eth1 wieght 5").found, [
    "a.conf:2:6 vk217 'wieght' means nothing in a tracked item (did you mean 'weight'?)",
  ]);
  assert.deepEqual(read("eth1 weight 5 no_reverse").found, [
    "a.conf:2:15 vk204 'no_reverse' is not reverse or noreverse (did you mean noreverse?)",
  ]);
  assert.deepEqual(read("eth1 weight").found, [
    "a.conf:2:12 vk201 'weight' needs -253..253 behind it",
  ]);
});

test("a peer is an address, with the TTLs that its adverts may have", () => {
  const { values, found } = readEntries(unicastPeer, "10.0.0.2 min_ttl 250 max_ttl 255", "fd00::2");
  assert.deepEqual(found, []);
  assert.deepEqual(values[0]?.ip, parseIp("10.0.0.2"));
  assert.deepEqual(values[0] && said(values[0].options), { min_ttl: 250, max_ttl: 255 });
});

test("what is wrong with a peer", () => {
  const codes = {
    "10.0.0.2/24": "2:1 vk213 /24 means nothing here",
    "10.0.0.2 min_ttl 9 max_ttl 5": "2:28 vk229",
    "10.0.0.2 10.0.0.3": "2:10 vk217",
    "10.0.0.2 min_ttl 256": "2:18 vk203",
    "router2 min_ttl": "2:1 vk205",
  };
  for (const [line, code] of Object.entries(codes)) {
    const { found } = readEntries(unicastPeer, line);
    assert.ok(found[0]?.startsWith(`a.conf:${code}`), `${line}: ${found}`);
  }
});
