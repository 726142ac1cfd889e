import assert from "node:assert/strict";
import { test } from "node:test";
import { readHmacSettings, readPassword } from "../../../../src/app/vrrp/secrets.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { KEY_1, KEY_7 } from "../../../support/hmac.ts";
import { HMAC_KEYS } from "../../../vectors/hmac.ts";

const BOTH = `1:hex:${HMAC_KEYS[1]}\n7:${HMAC_KEYS[7]}\n`;
const CHOICE = {
  mode: "enforce",
  activeId: undefined,
  windowMs: undefined,
  adverIntervalMs: 1000,
} as const;

function portsWith(text: string, mode = 0o600): FakePorts {
  const ports = new FakePorts();
  ports.secretFiles.set("/keys", { text, mode });
  return ports;
}
const read = (text: string, choice: Partial<Parameters<typeof readHmacSettings>[2]> = {}) =>
  readHmacSettings(
    portsWith(text),
    { path: "/keys", insecure: false },
    {
      ...CHOICE,
      ...choice,
    },
  );

test("all keys of the file are believed, the chosen one signs", () => {
  const settings = read(BOTH, { activeId: 7, adverIntervalMs: 4000 });
  assert.deepEqual([settings.active.id, settings.windowMs], [7, 12_000]);
  const message = Uint8Array.of(1, 2, 3);
  for (const [index, key] of [KEY_1, KEY_7].entries()) {
    assert.deepEqual(settings.keys[index]?.mac(message), key.mac(message));
  }
});

test("the first key signs, or the chosen one, which must be there", () => {
  assert.equal(read(`7:${HMAC_KEYS[7]}`).active.id, 7);
  assert.equal(read(BOTH).active.id, 1);
  assert.throws(() => read(BOTH, { activeId: 2 }), /\/keys has no key 2, but 1, 7/);
});

test("a window that was chosen holds, whatever the interval", () => {
  assert.equal(read(BOTH, { windowMs: 1000, adverIntervalMs: 40_000 }).windowMs, 1000);
});

test("a bad line is named by file and number", () => {
  assert.throws(() => read("# x\nsecret"), /^UsageError: \/keys:2: is not of the form ID:SECRET$/);
});

test("a file that is open to others is refused, unless the user says so", () => {
  for (const mode of [0o640, 0o604, 0o620, 0o666]) {
    const ports = portsWith(BOTH, mode);
    const source = { path: "/keys", insecure: false };
    const reason = new RegExp(`mode ${mode.toString(8)}\\): chmod 600, or --insecure-key`);
    assert.throws(() => readHmacSettings(ports, source, { ...CHOICE, activeId: 1 }), reason);
    assert.throws(() => readPassword(ports, source), reason);
    assert.ok(readPassword(ports, { ...source, insecure: true }));
  }
});

test("a password is the first line of its file", () => {
  const password = (text: string) =>
    readPassword(portsWith(text), { path: "/keys", insecure: false });
  assert.equal(password("s3cret\n"), "s3cret");
  assert.equal(password(" s3 \r\nmore"), " s3 ");
  assert.equal(password(""), "");
});

test("nothing that could be printed has a secret in it", () => {
  assert.doesNotMatch(JSON.stringify(read(BOTH, { activeId: 7 })), /an-ascii|0001|"secret"/);
});
