import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { ByteDuplex } from "../../../src/io/byte-duplex.ts";
import type { ByteStream } from "../../../src/io/ports.ts";

/** Gives the chunks, then the end, or waits until it is stopped. */
function streamOf(chunks: readonly string[], { silent = false } = {}) {
  const waiting = chunks.map((text) => new TextEncoder().encode(text));
  const [written, closed]: [string[], string[]] = [[], []];
  const stream: ByteStream = {
    async read(signal) {
      const next = waiting.shift();
      if (next !== undefined || !silent) return next;
      await new Promise<void>((resolve) => signal.addEventListener("abort", resolve));
      throw signal.reason;
    },
    write: async (bytes) => void written.push(new TextDecoder().decode(bytes)),
    close: (how) => void closed.push(how),
  };
  return { stream, written, closed };
}

test("bytes pass both ways, the first ones rewritten where that is wanted", async () => {
  const { stream, written } = streamOf(["ab", "cd"]);
  const duplex = new ByteDuplex(stream, () => new TextEncoder().encode("!"));
  duplex.write("x");
  duplex.write("y");
  const heard: string[] = [];
  for await (const chunk of duplex) heard.push(`${chunk}`);
  assert.deepEqual([heard.join(""), written.join("")], ["abcd", "!y"]);
  assert.ok(duplex.hasEnded);
});

test("what is destroyed early is cut off, what has ended says goodbye", async () => {
  const early = streamOf([], { silent: true });
  const duplex = new ByteDuplex(early.stream);
  duplex.resume();
  duplex.destroy();
  await once(duplex, "close");
  const done = streamOf([]);
  const ended = new ByteDuplex(done.stream);
  ended.resume();
  await once(ended, "end");
  ended.destroy();
  const polite = streamOf([], { silent: true });
  const asked = new ByteDuplex(polite.stream);
  asked.isPolite = true;
  asked.destroy();
  await once(asked, "close");
  assert.deepEqual([early.closed, done.closed, polite.closed], [["rst"], ["fin"], ["fin"]]);
});
