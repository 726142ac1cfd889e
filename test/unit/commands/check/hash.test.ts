import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { quietStream } from "../../../support/fake-net.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const hash = (...words: string[]) => {
  const ports = new FakePorts();
  ports.net.ports.set("10.0.0.5:80", quietStream());
  ports.net.ports.set("10.0.0.9:80", "ENETUNREACH");
  ports.net.pages.set("10.0.0.5/", { body: "x" });
  ports.net.pages.set("10.0.0.5/bad", { status: 404, reason: "Not\x1bFound" });
  return runInProcess(["check", "hash", ...words], { ports });
};

test("the digest alone is printed, MD5 where nothing else is wanted", async () => {
  assert.deepEqual(await hash("http://10.0.0.5/"), { exitCode: 0, stdout: "md5\n", stderr: "" });
  assert.equal((await hash("http://10.0.0.5/", "-a", "sha256")).stdout, "sha256\n");
  assert.equal((await hash("http://10.0.0.5/", "-q")).stdout, "");
  assert.deepEqual(JSON.parse((await hash("http://10.0.0.5/", "-j")).stdout), {
    type: "hash",
    url: "http://10.0.0.5/",
    md5: "md5",
    sha256: "sha256",
    bytes: 1,
    status: 200,
  });
});

test("of an answer that is none there is no digest", async () => {
  const { exitCode, stdout, stderr } = await hash("http://10.0.0.5/bad");
  assert.deepEqual([exitCode, stdout], [1, ""]);
  assert.match(stderr, /gives no digest: L7STS 404 Not\\x1bFound/);
  assert.equal((await hash("http://10.0.0.9/")).exitCode, 2);
});
