import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { SystemError } from "../../../src/core/errors.ts";
import { readHttpBody } from "../../../src/io/http-body.ts";

const FOREVER = new AbortController().signal;
const ALL = { keepBytes: 99, limitBytes: 99, md5: false, sha256: false };
const tell = (error: Error) => new SystemError("read", "it", "told", error.message);

test("of the body as much is kept as is wanted, and all is counted", async () => {
  const body = await readHttpBody(
    Readable.from([Uint8Array.of(1, 2), Uint8Array.of(3, 4)]),
    { ...ALL, keepBytes: 3, md5: true },
    tell,
    FOREVER,
  );
  assert.deepEqual([...body.kept], [1, 2, 3]);
  assert.deepEqual([body.bytes, body.isCut, body.sha256], [4, false, null]);
  assert.equal(body.md5, "08d6c05a21512a79a1dfeb9d2a8f262f");
});

test("beyond the limit nothing more is read", async () => {
  let given = 0;
  const endless = new Readable({
    read() {
      given += 1;
      this.push(new Uint8Array(1000));
    },
  });
  const { isCut, bytes } = await readHttpBody(endless, { ...ALL, limitBytes: 5000 }, tell, FOREVER);
  assert.deepEqual([isCut, bytes], [true, 6000]);
  assert.ok(given < 100, `${given} chunks were asked for`);
});

test("an error, a connection that closes and an end that is wanted end it", async () => {
  const code = (error: unknown) => (error as SystemError).code;
  const failing = new Readable({ read: () => {} });
  const failed = readHttpBody(failing, ALL, tell, FOREVER);
  failing.destroy(new Error("broken"));
  await assert.rejects(failed, (error) => code(error) === "told");
  const closing = new Readable({ read: () => {} });
  const closed = readHttpBody(closing, ALL, tell, FOREVER);
  closing.destroy();
  await assert.rejects(closed, (error) => code(error) === "cut-off");
  const stop = new AbortController();
  const stopped = readHttpBody(new Readable({ read: () => {} }), ALL, tell, stop.signal);
  stop.abort(new Error("enough"));
  await assert.rejects(stopped, /enough/);
});
