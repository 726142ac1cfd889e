/** `ha fmt`: files in one form, and by which exit status --check and --diff tell of others. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_LINES } from "../../../../src/config/lines.ts";
import { runInProcess } from "../../../support/cli.ts";
import { FakeConfigurationFiles } from "../../../support/fake-configuration-files.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const UGLY = "a\n{\nb   1\n}\n";
const FAIR = "a {\n    b 1\n}\n";

function started(
  texts: Readonly<Record<string, string | Uint8Array>>,
  stdin: string | Uint8Array = "",
) {
  const files = new FakeConfigurationFiles(texts);
  const ports = Object.assign(new FakePorts(), { configurationFiles: files });
  ports.files.contents.set(
    "-",
    typeof stdin === "string" ? new TextEncoder().encode(stdin) : stdin,
  );
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

test("a file in another encoding keeps its bytes; on standard input it is refused", async () => {
  const bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
  const { files, run } = started({ "/a.conf": bytes(" a  b # \xe9\n") });
  assert.equal((await run("/a.conf")).exitCode, 0);
  assert.deepEqual(files.read("/a.conf").bytes, bytes("a b # \xe9\n"));
  const piped = await started({}, bytes("\xe9\n")).run("-");
  assert.deepEqual([piped.exitCode, piped.stdout], [2, ""]);
  assert.match(piped.stderr, /standard input: is no UTF-8: name the file/);
});

test("what has more lines than are read is not laid out", async () => {
  const { exitCode, stderr } = await started({ "/a.conf": "\n".repeat(MAX_LINES + 1) }).run(
    "/a.conf",
  );
  assert.equal(exitCode, 2);
  assert.match(stderr, /has more than \d+ lines/);
});

test("a file with a brace too many or too few is told and stays", async () => {
  const { files, run } = started({ "/a.conf": "a {\nb  1\n", "/b.conf": "a  {\n}}\n" });
  const { exitCode, stdout, stderr } = await run("/a.conf", "/b.conf");
  assert.deepEqual([exitCode, stdout], [2, ""]);
  assert.match(stderr, /\/a.conf: line 1 has a \{ that nothing closes: it stays as it is/);
  assert.match(stderr, /\/b.conf: line 2 has a \} that closes nothing: it stays as it is/);
  assert.equal(files.text("/a.conf"), "a {\nb  1\n");
  assert.equal((await run("--check", "/a.conf")).exitCode, 2);
});
