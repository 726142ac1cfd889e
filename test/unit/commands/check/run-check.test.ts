import assert from "node:assert/strict";
import { test } from "node:test";
import { checkHost, checkTcpRan } from "../../../support/check-cli.ts";
import { shaking, tlsPeer } from "../../../support/tls-peer.ts";

test("0 all are up, 1 some are down, 2 it hangs on those that could not be asked", async () => {
  const status = async (line: string) => (await checkTcpRan(line)).exitCode;
  assert.equal(await status("10.0.0.1-2:80"), 0);
  assert.equal(await status("10.0.0.1:80 10.0.0.3:80"), 1);
  assert.equal(await status("10.0.0.1:80 10.0.0.9:80"), 2);
  assert.equal(await status("10.0.0.3:80 10.0.0.9:80"), 1, "down in any case");
});

test("--at-least is a number or a share, and not more than there are", async () => {
  const status = async (line: string) => (await checkTcpRan(line)).exitCode;
  assert.equal(await status("10.0.0.1-4:80 --at-least 2"), 0);
  assert.equal(await status("10.0.0.1-4:80 --at-least 50%"), 0);
  assert.equal(await status("10.0.0.1-4:80 --at-least 51%"), 1);
  assert.equal(await status("10.0.0.1:80 10.0.0.9:80 --at-least 1"), 0);
  const { exitCode, stderr } = await checkTcpRan("10.0.0.1:80 --at-least 2");
  assert.equal(exitCode, 2);
  assert.match(stderr, /--at-least 2: there is only 1 target$/m);
});

test("silence ends at -t, and the whole run at -w", async () => {
  const silent = await checkTcpRan("10.0.0.8:80 -t 500ms");
  assert.deepEqual(silent.out, ["10.0.0.8:80  DOWN  L4TOUT  -  no connection within 0.5s"]);
  const late = await checkTcpRan("10.0.0.8:80 10.0.0.1:80 -t 5s -w 1s");
  assert.equal(late.exitCode, 2);
  assert.deepEqual(late.out, [
    "10.0.0.1:80  UP  L4OK  0.00ms  connected",
    "10.0.0.8:80  UNKNOWN  UNK  -  no check of it came to its end",
  ]);
  assert.match(late.stderr, /2 targets: 1 up, 0 down, 1 unknown in 1\.00s/);
  const waiting = await checkTcpRan("10.0.0.8:80 10.0.0.1:80 -t 5s -w 1s --concurrency 1");
  assert.match(waiting.stderr, /0 up, 0 down, 1 unknown, 1 not checked/);
  assert.equal(late.ports.clock.pending, 0);
});

test("what was checked by -w counts, also of a target that was to be checked more often", async () => {
  const { exitCode, out } = await checkTcpRan("10.0.0.1:80 -c 100 --interval 100ms -w 450ms");
  assert.deepEqual(
    [exitCode, out],
    [
      0,
      [
        "10.0.0.1:80  UP  L4OK  0.00ms  connected (5 checks, 0% lost, min/avg/max 0.00ms/0.00ms/0.00ms)",
      ],
    ],
  );
});

test("a name that is none is down", async () => {
  const { exitCode, out } = await checkTcpRan("nobody.example:80");
  assert.deepEqual([exitCode, out], [1, ["nobody.example:80  DOWN  L4CON  -  no such name"]]);
});

test("a signal is told as shells tell it, behind what was found out by then", async () => {
  for (const words of ["", " -c 9"]) {
    const stop = new AbortController();
    const { exitCode, out } = await checkTcpRan(`10.0.0.1:80 10.0.0.8:80${words}`, {
      stop,
      interruptedBy: "SIGINT",
      during: [[500, () => stop.abort()]],
    });
    assert.equal(exitCode, 130);
    assert.ok(out.some((line) => /^10\.0\.0\.1:80 {2}UP/.test(line)));
  }
});

test("a mark is written as in ip rule", async () => {
  const markOf = async (text: string) =>
    (await checkTcpRan(`10.0.0.1:80 --mark ${text}`)).ports.net.connected[0]?.mark;
  assert.equal(await markOf("0xff"), 255);
  assert.equal(await markOf("255"), 255);
  assert.equal(await markOf("0xffffffff"), -1, "the same bits");
  for (const text of ["0x1ffffffff", "4294967296", "ff", "-1"])
    assert.equal((await checkTcpRan(`10.0.0.1:80 --mark=${text}`)).exitCode, 2, text);
});

test("targets come from a file and from standard input too", async () => {
  const ports = checkHost();
  ports.files.contents.set("list", new TextEncoder().encode("10.0.0.1:80 # web\n10.0.0.2:80\n"));
  assert.equal((await checkTcpRan("-f list --sort", { ports })).out.length, 2);
  ports.files.contents.set("-", new TextEncoder().encode("10.0.0.1:80\n"));
  assert.equal((await checkTcpRan("10.0.0.2:80 -f -", { ports })).out.length, 2);
  assert.equal((await checkTcpRan("-f nowhere", { ports })).exitCode, 2);
});

test("they are told as they come, with --sort in their order", async () => {
  const first = (line: string) => async () => (await checkTcpRan(line)).out[0];
  assert.match((await first("10.0.0.8:80 10.0.0.1:80")()) ?? "", /^10\.0\.0\.1/);
  assert.match((await first("10.0.0.8:80 10.0.0.1:80 --sort")()) ?? "", /^10\.0\.0\.8/);
});

test("a target that is named again is asked once and counts once", async () => {
  const [line, note] = ["10.0.0.1:80 10.0.0.1-2:80 10.0.0.1:80", /left out 2 targets named before/];
  const { ports, out, stderr } = await checkTcpRan(line);
  assert.deepEqual([ports.net.connected.length, out.length], [2, 2]);
  assert.match(stderr, note);
  assert.match(stderr, /^2 targets: 2 up/m);
  assert.equal((await checkTcpRan(`${line} --at-least 3`)).exitCode, 2);
  for (const still of ["-q", "-j", "--nagios"])
    assert.doesNotMatch((await checkTcpRan(`${line} ${still}`)).stderr, note);
});

test("-j is a record for each and a summary on standard error, -q nothing", async () => {
  const { out, err } = await checkTcpRan("10.0.0.1-2:80 -j --explain");
  const [first] = out.map((line) => JSON.parse(line));
  assert.deepEqual([first.type, first.kind, first.verdict, out.length], ["check", "tcp", "up", 2]);
  assert.match(first.explanation, /answered/);
  const summary = JSON.parse(err[0] ?? "");
  assert.deepEqual([summary.type, summary.targets, summary.up], ["summary", 2, 2]);
  const quiet = await checkTcpRan("10.0.0.1:80 10.0.0.3:80 -q");
  assert.deepEqual([quiet.exitCode, quiet.stdout, quiet.stderr], [1, "", ""]);
});

test("-v tells each check with the time of its phases", async () => {
  const { out } = await checkTcpRan("10.0.0.1:80 -c 2 --interval 10ms -v");
  assert.equal(out.length, 3);
  for (const line of out) assert.match(line, /connect=0\.00ms$/);
});

test("--explain says below each what it means", async () => {
  const { out } = await checkTcpRan("10.0.0.3:80 --explain");
  assert.match(out[1] ?? "", /^ {4}We tried to connect to 10\.0\.0\.3:80\. .*nothing listens/);
});

test("--nagios answers in one line and in the statuses of a plugin, for mistakes too", async () => {
  const answers: readonly (readonly [string, number, RegExp])[] = [
    [
      "10.0.0.1:80",
      0,
      /^TCP OK - 10\.0\.0\.1:80: connected, .*\|time=0\.000000s;;;0\.000000;3\.000000$/,
    ],
    ["10.0.0.1:80 --warn 1: --crit 2", 1, /^TCP WARNING - /],
    [
      "10.0.0.3:80 -v --explain",
      2,
      /^TCP CRITICAL - 10\.0\.0\.3:80: connection refused \(L4CON\)$/,
    ],
    ["10.0.0.9:80", 3, /^TCP UNKNOWN - /],
    ["10.0.0.1", 3, /^UNKNOWN - vipkit check tcp: "10\.0\.0\.1" has no port/],
    ["--nosuch 10.0.0.1:80", 3, /^UNKNOWN - /],
    ["10.0.0.1-3:80 --at-least 2", 0, /^TCP OK - 2 of 3 up, 10\.0\.0\.3:80 connection refused\|/],
  ];
  for (const [line, status, text] of answers) {
    const { exitCode, out, stderr } = await checkTcpRan(`${line} --nagios`);
    assert.equal(exitCode, status, line);
    assert.equal(out.length, 1, line);
    assert.match(out[0] ?? "", text);
    assert.equal(stderr, "");
  }
});

test("a certificate that ends soon is told, to a plugin as a WARNING", async () => {
  const ports = checkHost();
  const startTls = shaking(tlsPeer(ports.clock.wallMs() + 20.5 * 86_400_000));
  const told = (days: string) =>
    checkTcpRan(`10.0.0.1:80 --tls --cert-days ${days}`, {
      ports: Object.assign(checkHost(), { startTls }),
    });
  const warned = await told("30,14");
  assert.equal(warned.exitCode, 0);
  assert.match(warned.out[0] ?? "", / UP .*; certificate expires in 20 days, wanted are 30 days$/);
  assert.equal((await told("30,21")).exitCode, 1);
  assert.equal((await told("30")).exitCode, 1);
  const plugin = await told("30 --nagios");
  assert.equal(plugin.exitCode, 1);
  assert.match(plugin.out[0] ?? "", /^TCP WARNING - .* cert_days=20;30:;0:;;$/);
  assert.equal((await told("30,21 --nagios")).exitCode, 2);
});

test("--metrics are of all targets, in their order", async () => {
  const { ports, exitCode } = await checkTcpRan("10.0.0.8:80 10.0.0.1:80 --metrics m.prom");
  assert.equal(exitCode, 1);
  const text = new TextDecoder().decode(ports.files.contents.get("m.prom"));
  assert.match(text, /probe_success\{.*0\.8:80"\} 0\nprobe_success\{.*0\.1:80"\} 1\n/);
  const full = checkHost();
  full.files.refuse = "ENOSPC";
  const told = async (line: string) =>
    await checkTcpRan(`${line} --metrics m.prom`, { ports: full });
  const up = await told("10.0.0.1:80");
  assert.deepEqual([up.exitCode, up.out.length], [2, 1]);
  assert.match(up.stderr, /vipkit check tcp: write m\.prom: ENOSPC/);
  const down = await told("10.0.0.3:80");
  assert.equal(down.exitCode, 1, "a full disk hides no dead service");
  assert.match(down.stderr, /vipkit check tcp: write m\.prom: ENOSPC/);
  assert.equal(JSON.parse((await told("10.0.0.3:80 -j")).err[0] ?? "").code, "ENOSPC");
  const critical = await told("10.0.0.3:80 --nagios");
  assert.equal(critical.exitCode, 2);
  assert.match(critical.stdout, /^TCP CRITICAL/);
  assert.match((await told("10.0.0.1:80 --nagios")).stdout, /^UNKNOWN - .*ENOSPC/);
});

test("what clashes is refused", async () => {
  for (const [line, reason] of [
    ["--nagios -j", /which of them/],
    ["--nagios --watch", /UNKNOWN - .*answers once/],
    ["--warn 1", /--warn is for --nagios/],
    ["--metrics -", /--metrics "-" is no file: the report has standard output/],
    ["--on-change /bin/true", /--on-change without --watch/],
    ["--rise 2", /--rise without --watch/],
    ["--fall 2", /--fall without --watch/],
    ["--jitter 0", /--jitter without --watch/],
    ["--fast-interval 1s", /--fast-interval without --watch/],
    ["--down-interval 1s", /--down-interval without --watch/],
    ["-4 -6", /-4 and -6/],
    ["--until-up 1 --until-down 1", /which of them/],
    ["--watch --interval 1ms", /--interval below 10ms/],
    ["--watch --down-interval 0s", /--down-interval below 10ms/],
    ["-t 0s", /nothing could answer/],
    ["--warn 2:1 --nagios", /ends before it begins/],
  ] as const) {
    const { exitCode, stdout, stderr } = await checkTcpRan(`10.0.0.1:80 ${line}`);
    assert.equal(exitCode, line.includes("--nagios") ? 3 : 2, line);
    assert.match(stdout + stderr, reason);
  }
});
