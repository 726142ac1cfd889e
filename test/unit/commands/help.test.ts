import assert from "node:assert/strict";
import test from "node:test";
import { defineCommand } from "../../../src/commands/define.ts";
import { ExitCode } from "../../../src/commands/exit-code.ts";
import { commandHelp, overviewHelp } from "../../../src/commands/help.ts";
import { integer, list } from "../../../src/commands/option.ts";
import { jsonOption } from "../../../src/commands/options.ts";

const command = defineCommand({
  name: "vip poke",
  summary: "Poke addresses",
  description: [`${"A sentence that is long enough to be wrapped. ".repeat(4)}The end.`, "More."],
  positionals: { address: list({ value: "ADDR", required: true, describe: "Whom" }, String) },
  options: {
    ...jsonOption,
    "times-and-times-again": integer({ min: 1, max: 1000, default: "3", describe: "How often" }),
  },
  examples: [["vip poke 192.0.2.1", "Poke one"]],
  run: async () => ExitCode.ok,
});

test("help shows usage, options with their defaults, and examples", () => {
  const help = commandHelp(command);
  assert.match(
    help,
    /^vipkit vip poke: Poke addresses\n\nUsage: vipkit vip poke ADDR\.\.\. \[options\]\n/,
  );
  assert.match(help, /\n {2}-j, --json {2,}Print JSON, errors too\n/);
  assert.match(help, /--times-and-times-again 1\.\.1000\n {8,}How often \(default 3\)\n/);
  assert.match(help, /Examples:\n {2}vipkit vip poke 192\.0\.2\.1\n {6}Poke one\n/);
  assert.match(help, /More: man vipkit-vip-poke$/);
  assert.doesNotMatch(help, /More\.$/m); // the second paragraph is left to the man page
});

test("help fits a terminal of 80 columns", () => {
  for (const line of commandHelp(command).split("\n")) assert.ok(line.length <= 80, line);
});

test("the overview shows each command in its own column", () => {
  assert.match(overviewHelp([command]), /\n {2}vip poke {2}Poke addresses\n/);
});
