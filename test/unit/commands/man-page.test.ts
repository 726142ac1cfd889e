import assert from "node:assert/strict";
import test from "node:test";
import { defineCommand } from "../../../src/commands/define.ts";
import { ExitCode } from "../../../src/commands/exit-code.ts";
import { manPages } from "../../../src/commands/man-page.ts";
import { interfaceOption } from "../../../src/commands/options.ts";

const command = defineCommand({
  name: "vip poke",
  summary: "Poke, don't push",
  description: [".starts with a dot. It has a \\ in it.", "'starts with a quote"],
  manual: { "Where to poke": ["Between two packets.", "Never elsewhere."] },
  options: interfaceOption,
  examples: [["vip poke -I eth0", "Poke on eth0"]],
  exitStatus: { 1: "Nobody moved." },
  files: { "/etc/poke": "Whom to poke." },
  seeAlso: ["push(8)"],
  run: async () => ExitCode.ok,
});
const [overview, page] = manPages([command]);

test("a page is named after its command and stands in section 8, the overview in 1", () => {
  assert.deepEqual([overview?.fileName, page?.fileName], ["vipkit.1", "vipkit-vip-poke.8"]);
  assert.match(page?.roff ?? "", /\n\.TH VIPKIT\\-VIP\\-POKE 8 "" /);
});

test("a page has its sections in the usual order, and none that is empty", () => {
  const headings = [...(page?.roff ?? "").matchAll(/^\.SH (.+)$/gm)].map(([, heading]) => heading);
  assert.deepEqual(headings, [
    "NAME",
    "SYNOPSIS",
    "DESCRIPTION",
    "OPTIONS",
    "EXIT STATUS",
    "EXAMPLES",
    "FILES",
    "SEE ALSO",
  ]);
});

test("what a command has to tell beyond its description follows it, under headings", () => {
  const told = "\n.SS Where to poke\nBetween two packets.\n.PP\nNever elsewhere.\n.SH OPTIONS\n";
  assert.ok(page?.roff.includes(told));
});

test("roff obeys nothing of a text", () => {
  const roff = page?.roff ?? "";
  assert.match(roff, /^\\&\.starts with a dot\.$/m);
  assert.match(roff, /^It has a \\e in it\.$/m);
  assert.match(roff, /^\\\(aqstarts with a quote$/m);
  assert.match(roff, /Poke, don\\\(aqt push/);
});

test("a command's own words replace the general meaning of a status, the others stay", () => {
  assert.match(page?.roff ?? "", /\\fB1\\fR\nNobody moved\.\n/);
  assert.match(page?.roff ?? "", /\\fB70\\fR\nA bug of vipkit/);
});
