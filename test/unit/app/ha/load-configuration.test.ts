/** The driver: only the main file has to be readable; included ones are findings. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { loadConfiguration } from "../../../../src/app/ha/load-configuration.ts";
import { configurationFiles } from "../../../../src/io/configuration-files.ts";
import { foundLines, SMALL_TABLE, SURROUNDINGS, written } from "../../../support/conf.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "vipkit-load-")));
after(() => rmSync(folder, { recursive: true }));
const load = (path: string) => {
  const read = loadConfiguration(path, SMALL_TABLE, SURROUNDINGS, configurationFiles);
  const found = foundLines(read.findings).map((line) => line.replaceAll(`${folder}/`, ""));
  return { written: read.statements.map(written), found };
};

test("included files are found from the file that includes them, and named by its path", () => {
  mkdirSync(join(folder, "d"));
  writeFileSync(join(folder, "a.conf"), "include d/*.conf\nincludea /dev/zero\ninclude d\nz");
  writeFileSync(join(folder, "d/b.conf"), "b\ninclude c.part");
  writeFileSync(join(folder, "d/c.part"), 'c "');
  const { written, found } = load(join(folder, "a.conf"));
  assert.deepEqual(written, ["b", 'c ""', "z"]);
  assert.deepEqual(found, [
    'd/c.part:1:3 vk110 nothing closes this "',
    "a.conf:2:10 vk132 /dev/zero is no regular file",
    "a.conf:3:9 vk133 d is a directory",
  ]);
});

test("a main file that cannot be read ends it", () => {
  assert.throws(() => load("/dev/zero"), { name: "SystemError", code: "no-regular-file" });
  assert.throws(() => load(join(folder, "none")), { name: "SystemError", code: "ENOENT" });
});
