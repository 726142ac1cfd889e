import assert from "node:assert/strict";
import test from "node:test";
import { maskSecrets } from "../../../src/commands/masked.ts";
import { flag, text } from "../../../src/commands/option.ts";

const options = {
  password: text({ secret: true, describe: "A secret" }),
  "password-file": text({ describe: "Where it is" }),
  fast: flag({ describe: "Faster" }),
};
const masked = (line: string) => maskSecrets(line.split(" "), options)?.join(" ");

test("the value of a secret option is masked, whichever way it stands there", () => {
  assert.equal(masked("run --password s3cr3tX --fast"), "run --password *** --fast");
  assert.equal(masked("run --fast --password=s3cr3tX x"), "run --fast --password=*** x");
  assert.equal(masked("run --password -x"), "run --password ***");
  assert.equal(masked("run --password a --password=b"), "run --password *** --password=***");
});

test("a command line without a secret stays as it is", () => {
  assert.equal(masked("run --fast --password-file /p --password-file=/p"), undefined);
});
