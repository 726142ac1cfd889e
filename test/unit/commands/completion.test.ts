import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import test from "node:test";
import { runInProcess } from "../../support/cli.ts";

const noBash = spawnSync("bash", ["-c", ":"]).status === 0 ? false : "needs bash";

const script = async (shell: string): Promise<string> => {
  const { exitCode, stdout } = await runInProcess(["completion", shell], { ports: {} });
  assert.equal(exitCode, 0);
  return stdout;
};

/** What bash would offer for the last of the words, as bash itself finds it. */
async function offered(...words: readonly string[]): Promise<string[]> {
  const program = `${await script("bash")}
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
    _vipkit
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = spawnSync("bash", ["-c", program, "bash", "vipkit", ...words], {
    encoding: "utf8",
  });
  return stdout.split("\n").filter((line) => line !== "");
}

test("bash offers groups, then the commands of one", { skip: noBash }, async () => {
  assert.deepEqual(await offered("v"), ["vip", "vrrp"]);
  assert.deepEqual(await offered("garp", ""), ["send"]);
  assert.deepEqual(await offered("help", "garp", ""), ["send"]);
});

test("bash offers the options of a command and the choices of an option", {
  skip: noBash,
}, async () => {
  assert.deepEqual(await offered("garp", "send", "--fo"), ["--form"]);
  assert.deepEqual(await offered("garp", "send", "--form", ""), ["request", "reply", "both"]);
  assert.deepEqual(await offered("garp", "send", "--form", "=", "r"), ["request", "reply"]);
  assert.deepEqual(await offered("garp", "send", "--color", "="), ["auto", "always", "never"]);
  assert.deepEqual(await offered("completion", "f"), ["fish"]);
});

test("bash offers the interfaces of this moment, by option and by keyword", {
  skip: noBash,
}, async () => {
  const interfaces = new Set(readdirSync("/sys/class/net"));
  assert.deepEqual(new Set(await offered("garp", "send", "-I", "")), interfaces);
  assert.deepEqual(await offered("garp", "send", "192.0.2.1", "dev", "lo"), ["lo"]);
});

test("bash offers nothing where only the user knows the word", { skip: noBash }, async () => {
  assert.deepEqual(await offered("garp", "send", "--count", ""), []);
});

test("every script knows every option of every command", async () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    const text = await script(shell);
    for (const word of ["completion", "send", "run", "preempt-delay", "arp-request", "netns"])
      assert.ok(text.includes(word), `${shell}: ${word}`);
  }
});
