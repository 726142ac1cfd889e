import assert from "node:assert/strict";
import { test } from "node:test";
import { flawFindings } from "../../../../src/proto/doctor/flaws-check.ts";
import { doctorFacts, heardFact, otherSpeaker, speaker, told } from "../../../support/doctor.ts";

const of = (...speakers: Parameters<typeof heardFact>[0]) =>
  flawFindings(doctorFacts({ heard: heardFact(speakers) }));

test("good adverts are counted; without any there is nothing to tell", () => {
  assert.deepEqual(told(of(speaker())), [
    "ok: 5 adverts, each with TTL 255 to a group and a good checksum",
  ]);
  assert.deepEqual(of(), []);
});

test("a TTL below 255 to a group, from whom", () => {
  assert.deepEqual(told(of(speaker({ lowestTtl: 64 }), otherSpeaker())), [
    "fail: adverts to the group must have TTL 255: TTL 64 from 10.0.0.2 (02:00:00:00:00:02)",
  ]);
});

test("adverts that are no good, by sender and reason", () => {
  const broken = speaker({ flaws: { "bad-checksum": 4, short: 1 } });
  assert.deepEqual(told(of(broken)), [
    "fail: vrid 51: adverts of 10.0.0.2 (02:00:00:00:00:02) are no good: bad-checksum 4 times, short 1 times (version 3)",
  ]);
  const foreign = speaker({ flaws: { "bad-version": 4 }, version: 4 }, null);
  assert.match(told(of(foreign))[0] ?? "", /\(version 4, CARP perhaps\)$/);
});

test("our own adverts that come back, and somebody with our address", () => {
  const looped = speaker({ source: "10.0.0.3", mac: "02:00:00:00:00:03" });
  assert.match(
    told(of(looped), "loop")[0] ?? "",
    /^fail: vrid 51: our own adverts come back to eth0/,
  );
  const twin = speaker({ source: "10.0.0.3", mac: "02:00:00:00:00:99" });
  assert.match(
    told(of(twin), "loop")[0] ?? "",
    /^fail: vrid 51: 02:00:00:00:00:99 sends adverts from our own address 10\.0\.0\.3/,
  );
  const sent = speaker({ source: "10.0.0.3", mac: "02:00:00:00:00:03", here: true });
  assert.deepEqual(told(of(sent), "loop"), []);
});

test("adverts that could not be read are a doubt of the counts", () => {
  const heard = heardFact([speaker()], { lost: 7 });
  assert.match(told(flawFindings(doctorFacts({ heard })))[0] ?? "", /^warn: 7 frames came faster/);
});
