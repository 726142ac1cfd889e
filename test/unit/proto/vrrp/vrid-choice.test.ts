import assert from "node:assert/strict";
import { test } from "node:test";
import { freeVrids, suggestVrid } from "../../../../src/proto/vrrp/vrid-choice.ts";
import { ip } from "../../../support/packets.ts";

const ALL = Array.from({ length: 255 }, (_, n) => n + 1);
const free = (...used: number[]) =>
  freeVrids(new Set(used)).map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`));
const suggest = (used: readonly number[], ...vips: string[]) =>
  suggestVrid(new Set(used), vips.map(ip));

test("free VRIDs are told as ranges, from 1 to 255", () => {
  assert.deepEqual(free(), ["1-255"]);
  assert.deepEqual(free(1, 51), ["2-50", "52-255"]);
  assert.deepEqual(free(2, 4, 255), ["1", "3", "5-254"]);
  assert.deepEqual(free(...ALL), []);
});

test("a suggestion is the same for ever: hosts with different versions of this program agree", () => {
  assert.equal(suggest([], "10.0.0.100"), 70);
  assert.equal(suggest([], "2001:db8::10"), 255);
});

test("it depends on the set of addresses, not on their order or number", () => {
  const one = suggest([], "10.0.0.100", "10.0.0.9");
  assert.equal(suggest([], "10.0.0.9", "10.0.0.100"), one);
  assert.equal(suggest([], "10.0.0.9", "10.0.0.100", "10.0.0.9"), one);
  assert.notEqual(suggest([], "10.0.0.100"), one);
});

test("neighbouring addresses are spread over most of the VRIDs", () => {
  const suggested = Array.from({ length: 254 }, (_, n) => suggest([], `192.0.2.${n + 1}`));
  assert.ok(suggested.every((vrid) => vrid !== undefined && vrid >= 1 && vrid <= 255));
  assert.ok(new Set(suggested).size > 130, `${new Set(suggested).size}`); // 161 at random
});

test("where it is taken the next free one follows, 1 behind 255", () => {
  const vrid = suggest([], "10.0.0.100") as number;
  assert.equal(suggest([vrid], "10.0.0.100"), vrid + 1);
  assert.equal(suggest(ALL.slice(vrid - 1), "10.0.0.100"), 1);
  const only = (vrid + 254) % 255 || 255; // the last that is tried
  assert.equal(
    suggest(
      ALL.filter((each) => each !== only),
      "10.0.0.100",
    ),
    only,
  );
});

test("without addresses it is the lowest free one from 101 on", () => {
  assert.equal(suggest([]), 101);
  assert.equal(suggest([101, 102, 51]), 103);
  assert.equal(suggest(ALL.slice(100)), 1);
});

test("where all are taken there is none", () => {
  assert.equal(suggest(ALL), undefined);
  assert.equal(suggest(ALL, "10.0.0.100"), undefined);
});
