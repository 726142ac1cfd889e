import assert from "node:assert/strict";
import { test } from "node:test";
import { programUser } from "../../../../src/app/check/program-user.ts";
import { UsageError } from "../../../../src/core/errors.ts";
import { FakeFiles } from "../../../support/fake-files.ts";

const { signal } = new AbortController();
const files = new FakeFiles();
const put = (path: string, text: string) =>
  files.contents.set(path, new TextEncoder().encode(text));
put("/etc/passwd", "web:x:33:34::/:\n");
put("/etc/group", "adm:x:4:\n");

test("a name brings its own group, another one can be named, numbers are enough", async () => {
  assert.deepEqual(await programUser("web", files, signal), { uid: 33, gid: 34 });
  assert.deepEqual(await programUser("33", files, signal), { uid: 33, gid: 34 });
  assert.deepEqual(await programUser("web:adm", files, signal), { uid: 33, gid: 4 });
  assert.deepEqual(await programUser("4711:12", files, signal), { uid: 4711, gid: 12 });
});

test("whom the files do not know is refused, with the file's name", async () => {
  for (const [text, file] of [
    ["nobody", "passwd"],
    ["4711", "passwd"],
    ["web:nobody", "group"],
  ] as const) {
    const refused = (error: unknown) =>
      error instanceof UsageError && error.message.includes(`/etc/${file}`);
    await assert.rejects(programUser(text, files, signal), refused, text);
  }
  for (const text of ["web:", ":adm", "a:b:c"])
    await assert.rejects(programUser(text, files, signal), /is no NAME/, text);
});
