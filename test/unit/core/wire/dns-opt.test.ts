import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeDnsOpt } from "../../../../src/core/wire/dns-opt.ts";
import { dnsBytes } from "../../../support/dns-server.ts";

const QUESTION = [1, 97, 0, 0, 1, 0, 1];
const A = [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1];
/** A cookie of two bytes is in it. */
const OPT = [0, 0, 41, 0x05, 0x78, 0x01, 0x02, 0x80, 0, 0, 6, 0, 10, 0, 2, 1, 2];

const of = (counts: readonly number[], ...parts: readonly (readonly number[])[]) => {
  const found = decodeDnsOpt(dnsBytes(counts, ...parts.flat()));
  return found.ok ? found.value : found.fault.code;
};

test("the OPT of a message, wherever it stands behind the answers", () => {
  const opt = { payloadBytes: 1400, extendedRcode: 1, version: 2, dnssecOk: true };
  assert.deepEqual(of([1, 1, 0, 1], QUESTION, A, OPT), opt);
  assert.deepEqual(of([1, 0, 1, 2], QUESTION, A, OPT, A), opt);
  assert.deepEqual(of([0, 0, 0, 1], OPT), opt);
});

test("none is no fault", () => {
  assert.equal(of([1, 1, 0, 0], QUESTION, A), null);
  assert.equal(of([1, 1, 0, 0], QUESTION, A, OPT), null, "what is not counted is not there");
  assert.equal(of([0, 1, 0, 0], OPT), null, "an answer is none");
});

test("two, one that has a name, and what is cut off", () => {
  assert.equal(of([1, 0, 0, 2], QUESTION, OPT, OPT), "two-opts");
  assert.equal(of([1, 0, 0, 1], QUESTION, [0xc0, 12], OPT.slice(1)), "bad-name");
  assert.equal(of([1, 0, 0, 1], QUESTION, [1, 97], OPT), "bad-name");
  assert.equal(of([0, 0, 0, 1], [64]), "bad-name");
  for (let length = 0; length < OPT.length; length += 1)
    assert.match(`${of([1, 0, 0, 1], QUESTION, OPT.slice(0, length))}`, /^(short|bad-name)$/);
  assert.equal(of([65_535, 65_535, 65_535, 65_535]), "bad-name");
  const short = decodeDnsOpt(new Uint8Array(11));
  assert.equal(short.ok || short.fault.code, "short");
});
