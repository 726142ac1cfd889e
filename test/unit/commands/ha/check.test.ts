/** `ha check`: what is told of files, by which exit status, and what --fix leaves behind. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { check, ERROR, GOOD, NEW, OLD, started, WARNING } from "../../../support/ha-check.ts";
import { readSource } from "../../../support/sources.ts";

test("an error is told with its place, and its number on stderr", async () => {
  assert.deepEqual(await check({ "/a.conf": ERROR }, "/a.conf"), {
    exitCode: 1,
    stdout:
      "/a.conf:2:5: error[vk103]: unknown keyword 'priorty' in vrrp_instance (did you mean 'priority'?)\n" +
      "        priorty 100\n        ^~~~~~~\n",
    stderr: "/a.conf: 1 error\n",
  });
});

test("warnings count with --strict alone; -q answers by exit status", async () => {
  assert.equal((await check({ "/a.conf": WARNING }, "/a.conf")).exitCode, 0);
  const nothing = { stdout: "", stderr: "" };
  assert.deepEqual(await check({ "/a.conf": WARNING }, "-q", "--strict", "/a.conf"), {
    ...nothing,
    exitCode: 1,
  });
  assert.deepEqual(await check({ "/a.conf": GOOD }, "-q", "/a.conf"), { ...nothing, exitCode: 0 });
});

test("one that cannot be read is told, the others are checked all the same", async () => {
  const ran = await check({ "/a.conf": "!EACCES", "/b.conf": ERROR }, "/a.conf", "/b.conf");
  assert.equal(ran.exitCode, 2);
  assert.match(ran.stdout, /^\/b.conf:2:5/);
  assert.match(ran.stderr, /^vipkit ha check: read \/a.conf: permission denied \(EACCES\)/);
});

test("without FILE it is that of keepalived; - is standard input", async () => {
  const own = await check({ "/etc/keepalived/keepalived.conf": GOOD });
  assert.deepEqual(
    [own.exitCode, own.stderr],
    [0, "/etc/keepalived/keepalived.conf: no findings\n"],
  );
  const piped = await started({}, ERROR).run("-");
  assert.match(piped.stdout, /^<stdin>:2:5: error/);
});

test("lines of @ID are read by -i, or by the name of the host up to its first dot", async () => {
  const text = "@one foo\n@two bar\n";
  assert.match((await check({ "/a.conf": text }, "/a.conf")).stdout, /'foo'/);
  assert.match((await check({ "/a.conf": text }, "-i", "two", "/a.conf")).stdout, /'bar'/);
});

test("--json is a line for each finding and one for the file", async () => {
  const { stdout } = await check({ "/a.conf": OLD }, "-j", "/a.conf");
  const [found, summary] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const place = { file: "/a.conf", line: 2, column: 3, length: 20 };
  assert.deepEqual(found, {
    ...{ type: "finding", code: "vk120", severity: "error", title: "a deprecated keyword" },
    ...{ message: "'thread_timer_expired' is deprecated", help: "write timer_expired_backup" },
    ...place,
    related: [],
    fixes: [{ ...place, text: "timer_expired_backup" }],
  });
  const counts = { errors: 1, warnings: 0, notes: 0, left_out: 0 };
  assert.deepEqual(summary, { type: "summary", file: "/a.conf", ...counts });
});

test("--format sarif is one document for all files", async () => {
  const { stdout } = await check(
    { "/a.conf": ERROR, "/b.conf": ERROR.replace("100\n", "100\n    priority 50\n") },
    ...["--format", "sarif", "/a.conf", "/b.conf"],
  );
  assert.equal(JSON.parse(stdout).runs[0].results.length, 2);
});

test("1000 findings are told, and how many there are more; all of them count", async () => {
  const texts = { "/a.conf": "foo\n".repeat(1234) };
  const { stdout, stderr } = await check(texts, "/a.conf");
  assert.match(stdout, /\n\.\.\. and 234 more\n$/);
  assert.equal(stdout.match(/vk103/g)?.length, 1000);
  assert.equal(stderr, "/a.conf: 1234 errors\n");
});

test("a file with more findings than anybody reads is given up on", async () => {
  const { stderr } = await check({ "/a.conf": "foo\n".repeat(12_000) }, "/a.conf");
  assert.equal(stderr, "/a.conf: 10001 errors\n");
});

test("--unused names what no command acts on yet, -v alone does not", async () => {
  const rest = "interface eth0\nvirtual_router_id 51\nvirtual_ipaddress {\n10.0.0.9/24\n}\n}\n";
  const unused = `vrrp_instance A {\n    use_ipvlan 10.0.0.9\n    debug 1\n${rest}`;
  const { stdout } = await check({ "/a.conf": unused }, "--unused", "/a.conf");
  assert.doesNotMatch((await check({ "/a.conf": unused }, "-v", "/a.conf")).stdout, /vk140/);
  assert.match(
    stdout,
    /note\[vk140\]: checked, but no command acts on them yet: debug, use_ipvlan\n/,
  );
});

test("--fix changes the file, keeps its layout, and tells what is left", async () => {
  const { files, run } = started({ "/d/a.conf": `${OLD}foo\ninclude ../c.conf\n`, "/c.conf": OLD });
  const { exitCode, stdout, stderr } = await run("--fix", "/d/a.conf");
  assert.equal(files.text("/d/a.conf"), `${NEW}foo\ninclude ../c.conf\n`);
  assert.match(stdout, /^\/d\/a.conf:9:1: error\[vk103\]/);
  assert.doesNotMatch(stdout, /vk120/);
  assert.equal(stderr, "changed /d/a.conf\n/d/a.conf: 1 fixed\n/d/a.conf: 1 error, 1 warning\n");
  assert.equal(exitCode, 1);
});

test("--fix says where it changes a file outside the directory of the main one", async () => {
  const { files, run } = started({ "/d/a.conf": "include /c.conf\n", "/c.conf": OLD });
  const { exitCode, stderr } = await run("--fix", "/d/a.conf");
  assert.equal(files.text("/c.conf"), NEW);
  assert.match(stderr, /^changed \/c.conf, which is outside the directory of \/d\/a.conf\n/);
  assert.equal(exitCode, 0);
});

test("--fix again finds nothing to do", async () => {
  const { files, run } = started({ "/a.conf": OLD });
  await run("--fix", "/a.conf");
  assert.equal((await run("--fix", "/a.conf")).stderr, "/a.conf: no findings\n");
  assert.equal(files.text("/a.conf"), NEW);
});

test("--fix --dry-run prints a diff, changes nothing, and answers whether there is something", async () => {
  const { files, run } = started({ "/a.conf": OLD, "/b.conf": NEW });
  const { exitCode, stdout } = await run("--fix", "--dry-run", "/a.conf");
  assert.match(stdout, /^--- \/a.conf\n.*\n- {2}thread_timer_expired {3}# two\n\+ {2}timer_/s);
  assert.equal(exitCode, 1);
  assert.equal(files.text("/a.conf"), OLD);
  assert.deepEqual(await run("--fix", "--dry-run", "/b.conf"), {
    exitCode: 0,
    stdout: "",
    stderr: "",
  });
});

test("--explain tells what a code means", async () => {
  const { stdout } = await check({}, "--explain", "VK104");
  assert.match(stdout, /^warning\[vk104\]: words that nothing reads\n {2}The keyword /);
  assert.equal(JSON.parse((await check({}, "-j", "--explain", "vk104")).stdout).code, "vk104");
  const unknown = await check({}, "--explain", "vk1003");
  assert.equal(unknown.exitCode, 2);
  assert.match(unknown.stderr, /is no code of a finding \(did you mean vk/);
});

test("--keywords fits a terminal, whatever its width", async () => {
  const { stdout } = await runInProcess(["ha", "check", "--keywords", "vrrp_script"], {
    columns: 60,
  });
  const lines = stdout.trimEnd().split("\n");
  assert.ok(lines.every((line) => line.length <= 60));
  const at = lines.indexOf("interval SECONDS 0.001..4294");
  assert.deepEqual(lines.slice(at + 1, at + 2), [
    "    Time between two runs. Default: 1 s. In: vrrp_script.",
  ]);
});

test("--keywords is as wide in a file as on a usual terminal", async () => {
  const { stdout } = await check({}, "--keywords");
  assert.ok(stdout.split("\n").every((line) => line.length <= 80));
});

test("--keywords lists the tables, or one block of them", async () => {
  const { stdout } = await check({}, "-j", "--keywords", "vrrp_script");
  const rows = stdout
    .trim()
    .split("\n")
    .map((row) => JSON.parse(row));
  const { name, usage, default: value } = rows.find((row) => row.name === "interval");
  assert.deepEqual([name, usage, value], ["interval", "SECONDS 0.001..4294", "1"]);
  assert.ok(rows.every(({ within }) => within.includes("vrrp_script")));
  const all = (await check({}, "-j", "--keywords")).stdout.trim().split("\n");
  assert.ok(all.length > 100);
  const old = all.map((line) => JSON.parse(line)).find(({ name }) => name === "vrrp_track_file");
  assert.deepEqual(
    [old.within, old.deprecated_by, old.same_as, old.acts_in],
    [[""], "track_file", "track_file", "up"],
  );
  const wrong = await check({}, "--keywords", "vrrp_scrpt");
  assert.match(
    wrong.stderr,
    /"vrrp_scrpt" is no keyword with others inside \(did you mean vrrp_script/,
  );
});

test("what clashes is refused", async () => {
  for (const words of [
    ["--dry-run", "/a.conf"],
    ["-j", "--format", "sarif", "/a.conf"],
    ["--fix", "-"],
    ["--explain", "vk103", "/a.conf"],
  ]) {
    assert.equal((await check({ "/a.conf": GOOD }, ...words)).exitCode, 2, words.join(" "));
  }
});

test("--as-host reads the description of a host, and a mistake in it is told with its place", async () => {
  const { run } = started({ "/a.conf": GOOD }, "interfaces: {eth0: {mtu: x}}\n");
  const ran = await run("--as-host", "-", "/a.conf");
  assert.deepEqual(
    [ran.exitCode, ran.stderr],
    [2, "vipkit ha check: -:1:26: 'x' is no MTU of 68..65536\n"],
  );
});

const node = (priority: number, more = ""): string =>
  `vrrp_instance A {\n  interface eth0\n  virtual_router_id 51\n  priority ${priority}\n${more}` +
  "  virtual_ipaddress {\n    10.0.0.100\n  }\n}\n";

test("several files are one cluster: each contradiction is told with its file, and both places", async () => {
  const files = { "/a.conf": node(150), "/b.conf": node(100, "  advert_int 2\n") };
  assert.deepEqual(await check(files, "/a.conf", "/b.conf"), {
    exitCode: 1,
    stdout:
      "/b.conf:5:14: error[vk721]: vrrp_instance A has advert_int 2s, but advert_int 1s in /a.conf: each discards the adverts of the other, and both become MASTER\n" +
      "      advert_int 2\n                 ^\n" +
      "  /a.conf:1:15: advert_int 1s here\n    vrrp_instance A {\n                  ^\n",
    stderr: "/a.conf: no findings\n/b.conf: 1 error\n",
  });
  assert.equal((await check(files, "-q", "/b.conf")).exitCode, 0);
  const unequal = { ...files, "/b.conf": node(150) };
  assert.equal((await check(unequal, "-q", "/a.conf", "/b.conf")).exitCode, 0);
  assert.equal((await check(unequal, "--strict", "-q", "/a.conf", "/b.conf")).exitCode, 1);
});

test("--wire needs a time and an interface that can be listened on", async () => {
  for (const words of [
    ["--wire", "1s"],
    ["-I", "eth0"],
    ["--wire", "0s", "-I", "eth0"],
    ["--wire", "1s", "-I", "eth0", "--fix", "--dry-run"],
  ]) {
    const { exitCode, stderr } = await check({ "/a.conf": GOOD }, ...words, "/a.conf");
    assert.deepEqual([exitCode, stderr.includes("--wire")], [2, true], words.join(" "));
  }
  const { exitCode, stderr } = await check(
    { "/a.conf": GOOD },
    "--wire",
    "1s",
    "-I",
    "eth9",
    "/a.conf",
  );
  assert.equal(exitCode, 2);
  assert.match(stderr, /eth9/);
});

test("README shows what is told", async () => {
  const text = `vrrp_instance VI_1 {
    interface eth0
    virtual_router_id 51
    priorty 150
    thread_timer_expired
    skip_check_adv_addr off
    virtual_ipaddress {
        192.0.2.10/24
    }
}
`;
  const { files, run } = started({ "keepalived.conf": text });
  const { stdout, stderr } = await run("keepalived.conf");
  const shown = `vipkit ha check keepalived.conf\n${stdout}${stderr}`;
  assert.ok(readSource("README.md").includes(shown), shown);
  assert.equal(files.text("keepalived.conf"), text);
});

test("a FILE that is given twice is no cluster", async () => {
  const { exitCode, stderr } = await check({ "/a.conf": GOOD }, "/a.conf", "/a.conf");
  assert.deepEqual([exitCode, stderr], [2, "vipkit ha check: /a.conf is given twice\n"]);
});
