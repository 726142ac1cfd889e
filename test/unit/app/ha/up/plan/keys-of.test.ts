/** The keys of an auth_hmac: where they are read from, and that no message tells one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { keysOf } from "../../../../../../src/app/ha/up/plan/keys-of.ts";
import { effective, instance, instanceOf } from "../../../../../support/effective.ts";

const KEY = "0123456789abcdef0123456789abcdef";
const BYTES = new TextEncoder().encode(KEY);

/** @param files the text and mode of each */
function keys(inside: string, files: Readonly<Record<string, readonly [string, number]>> = {}) {
  const said = instanceOf(effective(instance(`version 3; auth_hmac {; ${inside}; }`))).auth_hmac;
  const notes: string[] = [];
  const readSecretFile = (path: string) => {
    const [text, mode] = files[path] ?? assert.fail(`${path} is read`);
    return { text, mode };
  };
  const planned = keysOf(
    said.value ?? assert.fail("there is no auth_hmac"),
    { readSecretFile },
    (text) => notes.push(text),
  );
  return { planned, notes };
}

test("what is not said is enforced, within three intervals, signed as keepalived would", () => {
  const { planned, notes } = keys(`key 1 ${KEY}; active_key 1`);
  assert.deepEqual(planned, {
    mode: "enforce",
    keys: [{ id: 1, secret: BYTES }],
    activeId: 1,
    windowMs: 5000,
  });
  assert.deepEqual(notes, []);
});

test("who only receives needs no key to sign by", () => {
  const { planned } = keys(`key 1 ${KEY}; mode receive-only`);
  assert.deepEqual([planned.mode, planned.activeId], ["receive-only", null]);
});

test("of a key file the first line counts, without the space around it", () => {
  for (const text of [KEY, `  ${KEY} \n`, `${KEY}\r\nanother line\n`]) {
    const { planned, notes } = keys("key 1 file:/k; active_key 1", { "/k": [text, 0o600] });
    assert.deepEqual([planned.keys, notes], [[{ id: 1, secret: BYTES }], []]);
  }
});

test("a key file that its group or others can read, write or enter is told", () => {
  for (const [mode, isTold] of [
    [0o400, false],
    [0o640, true],
    [0o602, true],
    [0o610, true],
    [0o601, true],
  ] as const) {
    const { notes } = keys("key 1 file:/k; active_key 1", { "/k": [KEY, mode] });
    assert.equal(notes.length, isTold ? 1 : 0, mode.toString(8));
  }
});

test("what is wrong in a key file is told without it", () => {
  const wrong = () => keys("key 7 file:/k; active_key 7", { "/k": ["tell-nobody", 0o600] });
  assert.throws(wrong, (error: Error) => {
    assert.match(error.message, /^key 7 of \/k: /);
    assert.doesNotMatch(error.message, /tell-nobody/);
    return true;
  });
});

test("a way to tell repeated adverts that is not supported is told", () => {
  const { notes } = keys(`key 1 ${KEY}; active_key 1; anti_replay monotonic`);
  assert.match(notes.join(), /^anti_replay monotonic is not supported: time is taken/);
});
