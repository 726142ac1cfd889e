/** `ha check`: what it says of that which it could not, or was not asked to, look at. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { check, GOOD, OLD, started } from "../../../support/ha-check.ts";

test("an included file that may not be read is asked for in vain: 2, and no fix", async () => {
  const { files, run } = started({ "/d/a.conf": `include s.conf\n${OLD}`, "/d/s.conf": "!EACCES" });
  const plain = await run("/d/a.conf");
  assert.equal(plain.exitCode, 2);
  assert.match(plain.stderr, /^vipkit ha check: read \/d\/s\.conf: permission denied \(EACCES\)/);
  assert.match(plain.stdout, /vk133/);
  assert.equal((await run("--fix", "/d/a.conf")).exitCode, 2);
  const dry = await run("--fix", "--dry-run", "/d/a.conf");
  assert.deepEqual([dry.exitCode, dry.stdout], [2, ""]);
  assert.match(dry.stderr, /permission denied/);
  assert.match(files.text("/d/a.conf") ?? "", /thread_timer_expired/);
});

test("SARIF says whether all was read, so that nobody takes no results for none", async () => {
  const texts = { "/a.conf": "!EACCES", "/b.conf": GOOD };
  const wholeOf = async (path: string): Promise<boolean> =>
    JSON.parse((await check(texts, "--format", "sarif", path)).stdout).runs[0].invocations[0]
      .executionSuccessful;
  assert.deepEqual([await wholeOf("/a.conf"), await wholeOf("/b.conf")], [false, true]);
});

test("an empty file is a warning, so that a broken pipe is not taken for a clean file", async () => {
  const ran = await started({}, "").run("--strict", "-");
  assert.deepEqual(
    [ran.exitCode, ran.stdout.split("\n")[0]],
    [1, "<stdin>:1:1: warning[vk137]: <stdin> says nothing"],
  );
  assert.doesNotMatch((await started({}, "foo\n").run("-")).stdout, /vk137/);
});

test("programs that were not judged are told of, with what would do it", async () => {
  const text = `vrrp_script s {\n  script /bin/true\n}\n${GOOD}`;
  const { stderr } = await check({ "/a.conf": text }, "/a.conf");
  assert.match(stderr, /\nprograms were not judged: --as-host \. judges them/);
  assert.doesNotMatch((await check({ "/a.conf": GOOD }, "/a.conf")).stderr, /programs/);
});

test("--as-host is refused for several files, which are of several hosts", async () => {
  const files = { "/a.conf": GOOD, "/b.conf": GOOD };
  const { exitCode, stderr } = await check(files, "--as-host", ".", "/a.conf", "/b.conf");
  assert.deepEqual([exitCode, stderr.includes("--as-host is one host")], [2, true]);
});

const SHARED = `vrrp_instance A {
  interface eth0
  virtual_router_id 51
  @n1 priority 150
  @n2 priority 100
  @n2 advert_int 2
  virtual_ipaddress {
    10.0.0.100
  }
}
`;

test("NAME=FILE reads the lines of @NAME: a file that nodes share is a cluster", async () => {
  const { exitCode, stdout, stderr } = await check(
    { "/s.conf": SHARED },
    ...["n1=/s.conf", "n2=/s.conf"],
  );
  assert.equal(exitCode, 1);
  assert.match(stdout, /^\/s\.conf:6:18: error\[vk721\]: .* advert_int 1s in n1=\/s\.conf/);
  assert.equal(stderr, "n1=/s.conf: no findings\nn2=/s.conf: 1 error\n");
});

test("lines for other hosts alone are told of, unless somebody chose an ID", async () => {
  const files = { "/s.conf": SHARED };
  const note = "/s.conf: has lines for @n1, @n2, not for one: -i n1 is as there\n";
  assert.ok((await check(files, "/s.conf")).stderr.startsWith(note));
  assert.doesNotMatch((await check(files, "-i", "n1", "/s.conf")).stderr, /has lines for/);
  assert.doesNotMatch(
    (await check({ "/s.conf": `${SHARED}@one foo\n` }, "/s.conf")).stderr,
    /has lines for/,
  );
});

test("--fix -j has in its summary what was fixed and what was not", async () => {
  const { stdout } = await check({ "/a.conf": OLD }, "--fix", "-j", "/a.conf");
  const { fixed, overlapping, refused } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  assert.deepEqual([fixed, overlapping, refused], [1, 0, 0]);
});
