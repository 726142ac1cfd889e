import assert from "node:assert/strict";
import { test } from "node:test";
import type { VrrpRejectionEvent } from "../../../../src/app/vrrp/events.ts";
import { RejectionTeller } from "../../../../src/app/vrrp/rejection-teller.ts";
import { FakeClock } from "../../../support/fake-clock.ts";

function teller() {
  const clock = new FakeClock();
  const told: VrrpRejectionEvent[] = [];
  return { clock, told, teller: new RejectionTeller(clock, (event) => told.push(event)) };
}

test("a peer that is set up otherwise is a mistake once, and anew after a transition", async () => {
  const { clock, told, teller: tells } = teller();
  const disagreement = { heard: "2s", ours: "1s" };
  for (let n = 0; n < 3; n += 1) {
    tells.tell("wrong-interval", "10.0.0.2", disagreement);
    await clock.pass(10_000);
  }
  tells.forget();
  tells.tell("wrong-interval", "10.0.0.2", disagreement);
  assert.deepEqual(
    told.map(({ isMistake, heard, ours }) => [isMistake, heard, ours]),
    [true, false, false, true].map((isMistake) => [isMistake, "2s", "1s"]),
  );
});

test("a peer that signs and one that is not named are mistakes too", () => {
  const { told, teller: tells } = teller();
  for (const reason of ["hmac-unexpected", "not-a-peer"]) tells.tell(reason, "10.0.0.2");
  assert.ok(told.length === 2 && told.every(({ isMistake }) => isMistake));
});

test("what a broken or forged packet brings is no mistake of a configuration", () => {
  const { told, teller: tells } = teller();
  for (const reason of ["bad-checksum", "ttl-not-255", "own-address"]) tells.tell(reason, "a");
  assert.ok(told.length === 3 && told.every(({ isMistake }) => !isMistake));
});

test("forged senders get eight lines and one for all the others, in ten seconds", async () => {
  const { clock, told, teller: tells } = teller();
  for (let n = 0; n < 1000; n += 1) tells.tell("bad-checksum", `10.0.${n >> 8}.${n & 255}`);
  assert.deepEqual(
    told.map(({ source }) => source),
    [0, 1, 2, 3, 4, 5, 6, 7].map((n): string | null => `10.0.0.${n}`).concat(null),
  );
  await clock.pass(10_000);
  for (let n = 0; n < 1000; n += 1) tells.tell("bad-checksum", `10.1.${n >> 8}.${n & 255}`);
  assert.equal(told.length, 18);
  assert.deepEqual([told.at(-1)?.source, told.at(-1)?.count], [null, 992]);
});

test("a sender that is known already keeps its own line among the forged ones", async () => {
  const { clock, told, teller: tells } = teller();
  tells.tell("ttl-not-255", "10.0.0.2");
  for (let n = 0; n < 1000; n += 1) tells.tell("ttl-not-255", `10.1.${n >> 8}.${n & 255}`);
  await clock.pass(10_000);
  tells.tell("ttl-not-255", "10.0.0.2");
  assert.equal(told.at(-1)?.source, "10.0.0.2");
});

test("forged senders do not make a flood of mistakes", async () => {
  const { clock, told, teller: tells } = teller();
  for (let n = 0; n < 1000; n += 1) {
    tells.tell("wrong-version", `10.0.0.${n}`);
    await clock.pass(1000);
  }
  assert.equal(told.filter(({ isMistake }) => isMistake).length, 32);
});
