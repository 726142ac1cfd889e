/** A file that changes is told once, when it is no longer being written. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { FileWatch } from "../../../src/app/file-watch.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { FakeConfigurationFiles } from "../../support/fake-configuration-files.ts";

function watching(first: Record<string, string>) {
  const clock = new FakeClock();
  let texts = first;
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
  /** As they were read. */
  const follow = (files: Record<string, string>): void =>
    watch.follow(
      Object.entries(files).map(([path, text]) => {
        return { path, digest: new TextEncoder().encode(text) };
      }),
    );
  const write = (files: Record<string, string>): void => {
    texts = files;
  };
  return { clock, follow, write, told: () => told };
}

test("a change is told once it has settled, and once", async () => {
  const files = { "a.conf": "one", "b.conf": "two" };
  const { clock, follow, write, told } = watching(files);
  follow(files);
  await clock.pass(5000);
  assert.equal(told(), 0);
  write({ "a.conf": "one", "b.conf": "half" });
  await clock.pass(1000);
  write({ "a.conf": "one", "b.conf": "half, and half" });
  await clock.pass(1000);
  assert.equal(told(), 0, "it is still being written");
  await clock.pass(1000);
  assert.equal(told(), 1);
  await clock.pass(5000);
  assert.equal(told(), 1);
  write({ "a.conf": "one" });
  await clock.pass(2000);
  assert.equal(told(), 2, "it is gone");
  follow({});
  assert.equal(clock.pending, 0);
});

test("what is written while the files are read, or while nobody looks, is a change", async () => {
  const { clock, follow, told } = watching({ "a.conf": "newer" });
  follow({ "a.conf": "as it was read" });
  await clock.pass(2000);
  assert.equal(told(), 1);
});
