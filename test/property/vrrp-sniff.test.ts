/** `vrrp sniff -r` of any bytes, in any chunks, in every form of output. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { anyBytes, mutatedOf } from "../support/arbitraries.ts";
import { captureBytes, captureNames } from "../support/captures.ts";
import { runInProcess } from "../support/cli.ts";
import { FakePorts } from "../support/fake-ports.ts";
import { pcapngOf } from "../support/sniff-capture.ts";
import { B } from "../support/sniffed.ts";

const MADE = pcapngOf([
  {},
  { source: B, priority: 90, atMs: 400, ifName: "eth0.5", vlans: [5] },
  { source: B, priority: 90, atMs: 500 },
  { source: "fe80::2", atMs: 600 },
  { ttl: 64, atMs: 700 },
  { priority: 0, atMs: 900 },
]);
const SMALL = captureNames()
  .map(captureBytes)
  .filter(({ length }) => length < 4000);
const FORMS = [
  ["-e"],
  ["-e", "-j"],
  ["--follow"],
  ["--follow", "-j"],
  ["--table"],
  ["--table", "-j"],
];
const ASKED = [
  ...["--expect-vip", "10.0.0.100", "--expect-single-master"],
  ...["--expect-master", "10.0.0.2", "--max-gap", "1s"],
];

/** @param chunkBytes of each chunk, in turn */
async function ranOf(file: Uint8Array, form: readonly string[], chunkBytes: readonly number[]) {
  const ports = new FakePorts();
  ports.files.streams.set("-", chunksOf(file, chunkBytes));
  const ran = await runInProcess(["vrrp", "sniff", "-r", "-", ...ASKED, ...form], { ports });
  assert.equal(ports.open, 0);
  return ran;
}

async function* chunksOf(file: Uint8Array, lengths: readonly number[]) {
  let at = 0;
  for (let n = 0; at < file.length; n += 1) {
    const length = lengths[n % lengths.length] ?? file.length;
    yield file.slice(at, at + length);
    at += length;
  }
}

const anyFile = fc.oneof(anyBytes, mutatedOf([MADE]), mutatedOf(SMALL));
const anyForm = fc.constantFrom(...FORMS);
const anyChunks = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 });

test("any bytes end with 0, 1 or 2, and print nothing but printable lines", async () => {
  await fc.assert(
    fc.asyncProperty(anyFile, anyForm, async (file, form) => {
      const { exitCode, stdout, stderr } = await ranOf(file, form, []);
      assert.ok(exitCode !== null && exitCode <= 2, stderr);
      assert.doesNotMatch(`${stdout}${stderr}`, /[^\P{C}\n]/u);
      if (exitCode === 2)
        assert.match(stderr, /^(vipkit vrrp sniff: |.*"message":")read standard input: .+\n$/);
    }),
    { numRuns: 300 },
  );
});

test("any chunks give the same output", async () => {
  await fc.assert(
    fc.asyncProperty(anyFile, anyForm, anyChunks, async (file, form, lengths) => {
      assert.deepEqual(await ranOf(file, form, lengths), await ranOf(file, form, []));
    }),
    { numRuns: 150 },
  );
});
