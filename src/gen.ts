/**
 * Writes `man/` from the definitions of the commands. With `--check` it only compares, and fails where
 * a page is missing, stale or left over.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadCommands } from "./commands/index.ts";
import { manPages } from "./commands/man-page.ts";

const MAN = fileURLToPath(new URL("../../man/", import.meta.url)); // seen from dist/src

mkdirSync(MAN, { recursive: true });
const wanted = new Map(manPages(await loadCommands()).map((page) => [page.fileName, page.roff]));
const present = new Map(readdirSync(MAN).map((name) => [name, readFileSync(MAN + name, "utf8")]));
const stale = [...new Set([...wanted.keys(), ...present.keys()])].filter(
  (name) => wanted.get(name) !== present.get(name),
);

if (process.argv.includes("--check")) {
  if (stale.length > 0) {
    process.stderr.write(
      `npm run gen has work to do: ${stale.map((name) => `man/${name}`).join(" ")}\n`,
    );
    process.exitCode = 1;
  }
} else {
  for (const name of stale) {
    const roff = wanted.get(name);
    if (roff === undefined) rmSync(MAN + name);
    else writeFileSync(MAN + name, roff);
  }
}
