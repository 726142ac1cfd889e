/** The example of README: a keepalived.conf and the command beside it are members of one virtual router. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { splitWords } from "../../src/core/words.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { readSource } from "../support/sources.ts";
import { VIPKIT } from "../support/vipkit.ts";

test("README's command and README's keepalived take over from each other", {
  skip: labMissing("keepalived"),
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-readme-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = (name: string): string => join(folder, name);
  const { conf, command } = example();
  writeFileSync(file("conf"), conf);
  const password = /auth_pass (\S+)/.exec(conf)?.[1] ?? assert.fail("no password");
  writeFileSync(file("pass"), `${password}\n`, { mode: 0o600 });
  const [, ...words] = command.map((word) => (word.startsWith("/") ? file("pass") : word));

  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const pids = ["--pid", file("pid"), "--vrrp_pid", file("vrrp.pid")];
  const keepalived = () =>
    a.spawn("keepalived", "-n", "-l", "-G", "-P", "--use-file", file("conf"), ...pids);
  const first = keepalived();
  await first.lines.next(/Entering MASTER STATE/);
  const ours = b.spawn(process.execPath, VIPKIT, ...words);
  await ours.lines.next(/-> BACKUP/);
  await first.stop("SIGTERM");
  await ours.lines.next(/-> MASTER .*cause=peer-resigned/);
  const second = keepalived();
  await second.lines.next(/Entering BACKUP STATE/);
  await ours.stop("SIGTERM");
  await second.lines.next(/Entering MASTER STATE/);
  assert.deepEqual(
    ours.lines.all.filter((line) => line.includes("rejected")),
    [],
  );
});

/** The two columns of the example. */
function example(): { conf: string; command: readonly string[] } {
  const lines = readSource("README.md").split("\n");
  const from = lines.findIndex((line) => line.startsWith("vrrp_instance"));
  const both = lines.slice(from, lines.indexOf("```", from));
  const column = both[0]?.indexOf("vipkit");
  const split = splitWords(both.map((line) => line.slice(column)).join(" "));
  assert.ok(split.ok);
  return {
    conf: both.map((line) => `${line.slice(0, column)}\n`).join(""),
    command: split.words,
  };
}
