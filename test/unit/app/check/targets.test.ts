import assert from "node:assert/strict";
import { test } from "node:test";
import { gatherTargets } from "../../../../src/app/check/targets.ts";
import { UsageError } from "../../../../src/core/errors.ts";
import { FakeFiles } from "../../../support/fake-files.ts";

const parse = (text: string): readonly string[] | string =>
  text.startsWith("!") ? "is bad" : text.split("+");

function gathered(words: readonly string[], text?: string, stop = new AbortController()) {
  const files = new FakeFiles();
  if (text !== undefined) files.contents.set("list", new TextEncoder().encode(text));
  return gatherTargets(words, text === undefined ? undefined : "list", parse, files, stop.signal);
}

test("words come first, then the lines of the file, without comments and empty lines", async () => {
  const text = "# all\n\nc\r\n  d # one\n\te+f\nhttp://x/#a";
  assert.deepEqual(await gathered(["a+b"], text), ["a", "b", "c", "d", "e", "f", "http://x/#a"]);
});

test("standard input comes in pieces, a character in two", async () => {
  const files = new FakeFiles();
  const bytes = new TextEncoder().encode("\ufeffä\nb");
  files.streams.set(
    "-",
    (async function* () {
      yield bytes.slice(0, 4);
      yield bytes.slice(4);
    })(),
  );
  assert.deepEqual(await gatherTargets([], "-", parse, files, new AbortController().signal), [
    "ä",
    "b",
  ]);
});

test("what is no target is told with its place, and not at any length", async () => {
  await assert.rejects(gathered(["a"], "b\n!x"), new UsageError('list:2: "!x" is bad'));
  await assert.rejects(gathered([`!${"x".repeat(5000)}`]), ({ message }) => message.length < 200);
});

test("nothing at all is a mistake, and so are too many", async () => {
  await assert.rejects(gathered([]), /no target/);
  await assert.rejects(gathered([], "# nothing\n"), /no target/);
  const block = Array.from({ length: 1 << 19 }, () => "a").join("+");
  await assert.rejects(gathered([block, block, "a"]), /more than 1048576 targets/);
});

test("a file that was read in part is not taken for a whole one", async () => {
  const stop = new AbortController();
  stop.abort();
  await assert.rejects(gathered(["a"], "b", stop), (error) => error === stop.signal.reason);
});
