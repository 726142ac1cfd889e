import assert from "node:assert/strict";
import test from "node:test";
import { defineCommand } from "../../../src/commands/define.ts";
import { ExitCode } from "../../../src/commands/exit-code.ts";
import { duration, flag, list, text, value } from "../../../src/commands/option.ts";
import { countOption, interfaceOption, jsonOption } from "../../../src/commands/options.ts";
import { SystemError } from "../../../src/core/errors.ts";
import { entriesOf, runInProcess } from "../../support/cli.ts";

const tell = defineCommand({
  name: "garp tell",
  summary: "Tell what was understood",
  description: ["Prints its arguments."],
  positionals: { words: list({ value: "WORD", required: true, describe: "Words" }, String) },
  options: {
    ...interfaceOption,
    ...jsonOption,
    ...countOption({ default: "3", describe: "How often" }),
    pause: duration({ default: "200ms", describe: "Between them" }),
    label: text({ describe: "A name" }),
    fail: value({ value: "HOW", describe: "Throw this" }, String),
    "no-announce": flag({ describe: "Stay silent" }),
  },
  examples: [["garp tell x -I eth0", "Tell x"]],
  async run(args, ctx) {
    if (args.fail === "EACCES") throw new SystemError("address add", "10.0.0.1", "EACCES");
    if (args.fail === "forbidden") throw new SystemError("sendto", "eth0", "EPERM");
    if (args.fail === "bug") throw new RangeError("a caller's bug");
    if (args.fail === "abort") {
      ctx.signal.throwIfAborted();
    } else if (args.fail !== undefined) {
      throw new SystemError("socket", "eth0", args.fail, "the kernel\u001b[31m refused");
    }
    // The types of the arguments follow from the table: this line would not compile otherwise.
    const typed: [string, number, number, string | undefined, boolean, readonly string[]] = [
      args.interface,
      args.count,
      args.pause,
      args.label,
      args["no-announce"],
      args.words,
    ];
    ctx.stdout(JSON.stringify(typed));
    ctx.stdout(ctx.paint.red("red"));
    return ExitCode.negative;
  },
});
const noop = defineCommand({
  name: "vip add",
  summary: "Add",
  description: ["Adds."],
  options: {},
  examples: [["vip add", "Add"]],
  run: async () => ExitCode.ok,
});
const entries = entriesOf(tell, noop);
const vipkit = async (line: string, given = {}) =>
  await runInProcess(line === "" ? [] : line.split(" "), { entries, ...given });

test("a command runs with typed arguments and its exit status is passed on", async () => {
  const ran = await vipkit("garp tell a b -I eth0 --pause 1s --label x --no-announce");
  assert.deepEqual(ran, {
    exitCode: 1,
    stdout: '["eth0",3,1000,"x",true,["a","b"]]\nred\n',
    stderr: "",
  });
});

test("global options may stand before the command", async () => {
  let netns: string | undefined;
  const onNetns = (name: string | undefined) => {
    netns = name;
  };
  const { stdout } = await vipkit("--netns blue --color=always garp tell a -I e", { onNetns });
  assert.equal(netns, "blue");
  assert.match(stdout, /<red>red<\/red>/);
});

test("a usage error is one line and exit 2", async () => {
  const cases: readonly [line: string, stderr: string][] = [
    ["", "vipkit: which command? See vipkit help"],
    ["garp", "vipkit: garp: which command? garp tell"],
    ["grap tell", 'vipkit: unknown command "grap" (did you mean garp?)'],
    ["garp tel", 'vipkit: unknown command "garp tel" (did you mean garp tell?)'],
    ["hlep", 'vipkit: unknown command "hlep" (did you mean help?)'],
    ["--interface x", "vipkit: unknown option --interface before the command"],
    ["garp tell a", "vipkit garp tell: --interface is missing"],
    ["garp tell -I e", "vipkit garp tell: WORD is missing"],
    ["help garp tel", 'vipkit: unknown command "garp tel" (did you mean garp tell?)'],
    ["garp tel -h", 'vipkit: unknown command "garp tel" (did you mean garp tell?)'],
    ["vip add x", 'vipkit vip add: "x" is one word too many'],
  ];
  for (const [line, stderr] of cases) {
    assert.deepEqual(await vipkit(line), { exitCode: 2, stdout: "", stderr: `${stderr}\n` }, line);
  }
});

test("a refusal of the kernel is one line that no text from outside can break, and exit 2", async () => {
  const { exitCode, stderr } = await vipkit("garp tell a -I e --fail ENETDOWN");
  assert.equal(exitCode, 2);
  assert.equal(
    stderr,
    "vipkit garp tell: socket eth0: the kernel\\x1b[31m refused (ENETDOWN) (bring it up: ip link set dev eth0 up)\n",
  );
});

test("a missing permission names the capability and how to grant it", async () => {
  const { exitCode, stderr } = await vipkit("garp tell a -I e --fail EPERM");
  assert.equal(exitCode, 2);
  assert.match(stderr, /needs CAP_NET_RAW: run as root, or: setcap cap_net_admin,cap_net_raw\+ep/);
});

test("what no capability would cure asks for none", async () => {
  const { stderr: off } = await vipkit("garp tell a -I e --fail EACCES");
  assert.equal(off, "vipkit garp tell: address add 10.0.0.1: EACCES\n");
  const { stderr: forbidden } = await vipkit("garp tell a -I e --fail forbidden");
  assert.match(forbidden, /EPERM \(a firewall rule of this host forbids it\)\n$/);
});

test("anything else that is thrown is a bug: its stack, exit 70", async () => {
  const { exitCode, stderr } = await vipkit("garp tell a -I e --fail bug");
  assert.equal(exitCode, 70);
  assert.match(stderr, /bug of vipkit.*\nRangeError: a caller's bug\n +at /);
});

test("with -j an error is one JSON object on stderr, whatever its kind", async () => {
  for (const [line, error, exitCode] of [
    ["garp tell -j", "usage", 2],
    ["garp tell a -I e --json --fail EIO", "system", 2],
    ["garp tell a -I e -j --fail bug", "bug", 70],
  ] as const) {
    const ran = await vipkit(line);
    const told = JSON.parse(ran.stderr);
    assert.deepEqual(Object.keys(told), [
      "error",
      "code",
      "message",
      "hint",
      "command",
      "exit_code",
    ]);
    assert.deepEqual([told.error, told.exit_code, ran.exitCode], [error, exitCode, exitCode]);
    assert.equal(ran.stdout, "");
  }
});

test("an interruption that leaves nothing to finish ends with the signal's status", async () => {
  const stop = new AbortController();
  stop.abort();
  const line = "garp tell a -I e --fail abort";
  const ended = await vipkit(line, { stop, interruptedBy: "SIGTERM" });
  assert.deepEqual(ended, { exitCode: 143, stdout: "", stderr: "" });
  const readerGone = await vipkit(line, { stop });
  assert.deepEqual(readerGone, { exitCode: 0, stdout: "", stderr: "" });
});

test("help of a command is found by every way of asking, even beside mistakes", async () => {
  const asked = await vipkit("help garp tell");
  assert.equal(asked.exitCode, 0);
  assert.match(asked.stdout, /^vipkit garp tell: Tell what was understood\n/);
  assert.match(asked.stdout, /Usage: vipkit garp tell WORD\.\.\. -I IF \[options\]/);
  assert.deepEqual(await vipkit("garp tell --help"), asked);
  assert.deepEqual(await vipkit("garp tell --unknown -h"), asked);
});

test("help lists all commands, or those of a group", async () => {
  const all = await vipkit("--help");
  assert.match(all.stdout, /garp tell +Tell/);
  assert.match(all.stdout, /vip add +Add/);
  const group = await vipkit("vip --help");
  assert.match(group.stdout, /^vipkit vip: Virtual addresses/);
  assert.doesNotMatch(group.stdout, /garp tell/);
  assert.equal((await vipkit("help nonsense")).exitCode, 2);
});
