/** `ha fmt`: files in one form, and by which exit status --check and --diff tell of others. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakeConfigurationFiles } from "../../../support/fake-configuration-files.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const UGLY = "a\n{\nb   1\n}\n";
const FAIR = "a {\n    b 1\n}\n";

function started(texts: Readonly<Record<string, string | Uint8Array>>, stdin = "") {
  const files = new FakeConfigurationFiles(texts);
  const ports = Object.assign(new FakePorts(), { configurationFiles: files });
  ports.files.contents.set("-", new TextEncoder().encode(stdin));
  const run = async (...words: string[]) => await runInProcess(["ha", "fmt", ...words], { ports });
  return { files, run };
}

test("a file is written anew, and says nothing", async () => {
  const { files, run } = started({ "/a.conf": UGLY, "/b.conf": FAIR });
  assert.deepEqual(await run("/a.conf", "/b.conf"), { exitCode: 0, stdout: "", stderr: "" });
  assert.equal(files.text("/a.conf"), FAIR);
  assert.equal(files.text("/b.conf"), FAIR);
});

test("--check names the files that would be changed, --diff tells how; both change nothing", async () => {
  const { files, run } = started({ "/a.conf": UGLY, "/b.conf": FAIR });
  const named = await run("--check", "/a.conf", "/b.conf");
  assert.deepEqual(named, { exitCode: 1, stdout: "/a.conf\n", stderr: "" });
  const told = await run("--diff", "/a.conf");
  assert.equal(told.exitCode, 1);
  assert.match(
    told.stdout,
    /^--- \/a.conf\n\+\+\+ \/a.conf\n@@ -1,4 \+1,3 @@\n-a\n-\{\n-b {3}1\n\+a \{\n\+ {4}b 1\n \}\n$/,
  );
  assert.deepEqual(await run("-q", "--check", "/a.conf"), { exitCode: 1, stdout: "", stderr: "" });
  assert.equal((await run("--check", "/b.conf")).exitCode, 0);
  assert.equal(files.text("/a.conf"), UGLY);
});

test("- goes from standard input to standard output", async () => {
  assert.equal((await started({}, UGLY).run("-")).stdout, FAIR);
  assert.equal((await started({}, "").run("-")).stdout, "");
  assert.equal((await started({}, UGLY).run("-", "/a.conf")).exitCode, 2);
});

test("a file that is no UTF-8 stays as it is, and is told", async () => {
  const { run } = started({ "/a.conf": new Uint8Array([0x20, 0xe9, 0x0a]), "/b.conf": UGLY });
  const { exitCode, stderr } = await run("/a.conf", "/b.conf");
  assert.equal(exitCode, 2);
  assert.match(stderr, /^vipkit ha fmt: rewrite \/a.conf: is no UTF-8: it stays as it is/);
});
