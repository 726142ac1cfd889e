/** Secrets that change while a virtual router runs, as adverts on the wire show it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeTrailer, splitTrailer } from "../../../../src/core/wire/vrrp-hmac.ts";
import { FakeRun } from "../../../support/fake-run.ts";
import { hmacSettings, KEY_1, KEY_7 } from "../../../support/hmac.ts";
import { decodedOf } from "../../../support/packets.ts";
import { vrrpConfig } from "../../../support/vrrp.ts";

const signedBy = (run: FakeRun) =>
  run.ports.sent
    .splice(0)
    .filter(({ kind }) => kind === "datagram")
    .map(({ bytes }) => decodedOf(decodeTrailer(splitTrailer(bytes, 4).trailer ?? assert.fail())));

test("a master signs its next advert with the new key, in the sequence of the old one", async () => {
  const run = new FakeRun({ hmac: hmacSettings({ active: KEY_1 }) });
  await run.pass(4000);
  const [before] = signedBy(run);
  run.secrets = () => ({ authPass: null, hmac: hmacSettings({ active: KEY_7 }) });
  run.reload();
  await run.pass(1000);
  const [after, ...others] = signedBy(run);
  assert.deepEqual([before?.keyId, after?.keyId, others], [1, 7, []], "and sends no other one");
  assert.ok((after?.sequence ?? 0n) > (before?.sequence ?? 0n));
  assert.equal(run.told.at(-1), "notice: has read its keys anew: key 7 signs, believed are 1, 7");
});

test("a password that changes is sent with the next advert", async () => {
  const run = new FakeRun({ authPass: "old", config: vrrpConfig({ version: 2 }) });
  await run.pass(4000);
  run.ports.sent.length = 0;
  run.secrets = () => ({ authPass: "new", hmac: null });
  run.reload();
  await run.pass(1000);
  const [advert] = run.ports.sent.filter(({ kind }) => kind === "datagram");
  assert.match(new TextDecoder().decode(advert?.bytes), /new/);
});

test("what cannot be meant is told, without the secret, and changes nothing", async () => {
  const run = new FakeRun({ authPass: "old", config: vrrpConfig({ version: 2 }) });
  await run.pass(4000);
  run.ports.sent.length = 0;
  run.secrets = () => ({ authPass: "much too long", hmac: null });
  run.reload();
  await run.pass(1000);
  assert.match(
    run.told.at(-1) ?? "",
    /^trouble: goes on with its old keys: a password of 13 bytes/,
  );
  const [advert] = run.ports.sent.filter(({ kind }) => kind === "datagram");
  assert.match(new TextDecoder().decode(advert?.bytes), /old/);
});
