/** A file that changes is told once, when it is no longer being written. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { FileWatch } from "../../../../../../src/app/ha/up/checkers/file-watch.ts";
import { FakeClock } from "../../../../../support/fake-clock.ts";
import { FakeConfigurationFiles } from "../../../../../support/fake-configuration-files.ts";

test("a change is told once it has settled, and once", async () => {
  const clock = new FakeClock();
  let texts: Record<string, string> = { "a.conf": "one", "b.conf": "two" };
  const { match, replace, placeOf } = new FakeConfigurationFiles({});
  const read = (path: string) => new FakeConfigurationFiles(texts).read(path);
  const hmacSha256 = (_key: Uint8Array, message: Uint8Array) => message;
  let told = 0;
  const watch = new FileWatch(
    { clock, configurationFiles: { read, match, replace, placeOf }, hmacSha256 },
    () => {
      told += 1;
    },
  );
  watch.follow(["a.conf", "b.conf"]);
  await clock.pass(5000);
  assert.equal(told, 0);
  texts = { "a.conf": "one", "b.conf": "half" };
  await clock.pass(1000);
  texts = { "a.conf": "one", "b.conf": "half, and half" };
  await clock.pass(1000);
  assert.equal(told, 0, "it is still being written");
  await clock.pass(1000);
  assert.equal(told, 1);
  await clock.pass(5000);
  assert.equal(told, 1);
  texts = { "a.conf": "one" };
  await clock.pass(2000);
  assert.equal(told, 2, "it is gone");
  watch.follow([]);
  assert.equal(clock.pending, 0);
});
