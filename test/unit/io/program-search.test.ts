import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { hasProgram } from "../../../src/io/program-search.ts";

test("a program is found in PATH, or by its path; what cannot be executed is none", (t) => {
  const directory = mkdtempSync(join(tmpdir(), "vipkit-search-"));
  t.after(() => rmSync(directory, { recursive: true }));
  const path = join(directory, "hook");
  writeFileSync(path, "");
  chmodSync(path, 0o600);
  assert.equal(hasProgram(path), false);
  chmodSync(path, 0o700);
  const names = [path, "sh", directory, "hook", "no-such-program", "", `${directory}/none`];
  assert.deepEqual(
    names.map((name) => [name, hasProgram(name)]),
    names.map((name, index) => [name, index < 2]),
  );
});
