/** `ha simulate`: files in, what would happen out, and the exit status that says whether it is well. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { EVENT_FORMS } from "../../../../src/app/ha/simulate/event.ts";
import { type InProcess, runInProcess } from "../../../support/cli.ts";
import { FakeConfigurationFiles } from "../../../support/fake-configuration-files.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { readSource } from "../../../support/sources.ts";

const conf = (state: string, priority: number, weight: number): string => `vrrp_script chk_web {
    script "/usr/bin/curl -fs http://127.0.0.1/"
    interval 1
    weight ${weight}
}
vrrp_instance VI_1 {
    state ${state}
    interface eth0
    virtual_router_id 51
    priority ${priority}
    virtual_ipaddress {
        192.0.2.10/24
    }
    track_script {
        chk_web
    }
}
`;
const pair = (weight: number) => ({
  "a.conf": conf("MASTER", 150, weight),
  "b.conf": conf("BACKUP", 100, weight),
});
const FILES = ["a.conf", "b.conf"];
const FAIL = ["--at", "5s", "fail chk_web@a"];

async function simulate(
  texts: Readonly<Record<string, string>>,
  words: readonly string[],
  given: InProcess = {},
) {
  const ports = Object.assign(new FakePorts(), {
    configurationFiles: new FakeConfigurationFiles(texts),
  });
  return await runInProcess(["ha", "simulate", ...words], { ...given, ports });
}

test("a weight that never matters is told with the one that would have", async () => {
  const ran = await simulate(pair(-30), [...FILES, ...FAIL]);
  assert.deepEqual([ran.exitCode, ran.stderr], [1, ""]);
  assert.equal(
    ran.stdout.trimEnd().split("\n").at(-1),
    "NO FAILOVER at 5.0s: a stays MASTER, 150-30=120 > 100; a weight below -50 would move it (fail chk_web@a; VI_1)",
  );
});

test("one that decides moves the address, which one node holds in the end", async () => {
  const { exitCode, stdout } = await simulate(pair(-60), [...FILES, "--at", "5s fail chk_web@a"]);
  assert.equal(exitCode, 0);
  assert.match(stdout, /^192\.0\.2\.10: held since .* in the end on b$/m);
  assert.match(stdout, /^FAILOVER at 5\.0s: a -> b/m);
});

test("0 is of the end alone: an outage that ends is none, one that lasts is", async () => {
  const cut = [...FILES, "--at", "5s", "cut a"];
  assert.equal((await simulate(pair(-60), cut)).exitCode, 1);
  assert.equal((await simulate(pair(-60), [...cut, "--at", "15s", "heal"])).exitCode, 0);
  const both = ["--at", "5s", "crash a", "--at", "15s", "crash b"];
  const lost = await simulate(pair(-60), [...FILES, ...both]);
  assert.equal(lost.exitCode, 1);
  assert.match(lost.stdout, /in the end on nobody/);
});

test("without events each single failure is tried", async () => {
  const bad = await simulate(pair(-30), FILES);
  assert.deepEqual([bad.exitCode, bad.stderr], [1, "1 of 10 failures are not survived\n"]);
  assert.match(bad.stdout, /^fail chk_web@a +VI_1 +NO FAILOVER/m);
  const good = await simulate(pair(-60), FILES);
  assert.deepEqual([good.exitCode, good.stderr], [0, "all of 10 failures are survived\n"]);
});

test("an address that is lost to the end is a failure that is not survived", async () => {
  const files = pair(-60);
  const other = { ...files, "b.conf": files["b.conf"].replace("2.10/", "2.11/") };
  const { exitCode, stdout, stderr } = await simulate(other, FILES);
  assert.deepEqual([exitCode, stderr], [1, "6 of 10 failures are not survived\n"]);
  const row = /^crash a .* nobody to the end .* a does not run, no client reaches 192\.0\.2\.10$/m;
  assert.match(stdout, row);
});

test("a cluster that is split before any failure is told as that, and no failure is tried", async () => {
  const files = pair(-60);
  const split = { ...files, "b.conf": files["b.conf"].replace("_id 51", "_id 52") };
  const why =
    "a has virtual_router_id 51 for 192.0.2.10, b has virtual_router_id 52 for 192.0.2.10";
  const line = `SPLIT BRAIN before any failure: a and b are MASTER, ${why} (VI_1)`;
  const told = await simulate(split, FILES);
  assert.deepEqual(told, { exitCode: 1, stdout: `${line}\n`, stderr: "no failure was tried\n" });
  const record = JSON.parse((await simulate(split, [...FILES, "-j"])).stdout);
  const split_at_start = [{ instances: ["VI_1"], masters: ["a", "b"], reason: why }];
  assert.deepEqual(record, { failures: [], not_survived: null, split_at_start, notes: [] });
  const crash = [...FILES, "--at", "10s", "crash a"];
  const lived = await simulate(split, crash);
  assert.deepEqual([lived.exitCode, lived.stdout.split("\n")[0]], [1, line]);
  assert.deepEqual(JSON.parse((await simulate(split, [...crash, "-j"])).stdout).split_at_start, [
    ...split_at_start,
  ]);
  assert.equal((await simulate(split, [...crash, "-q"])).exitCode, 1);
});

test("--until alone shows the start; it ends where it says", async () => {
  const { exitCode, stdout } = await simulate(pair(-60), [...FILES, "--until", "4s"]);
  assert.equal(exitCode, 0);
  assert.match(stdout, /BACKUP -> MASTER/);
  assert.doesNotMatch(stdout, /FAILOVER/);
  assert.equal((await simulate(pair(-60), [...FILES, "--until", "2s"])).exitCode, 1);
});

test("JSON has the same, and -q the exit status alone", async () => {
  const lived = await simulate(pair(-30), [...FILES, ...FAIL, "-j"]);
  const { until_ms, timeline, verdicts, addresses, notes } = JSON.parse(lived.stdout);
  assert.deepEqual([lived.exitCode, until_ms, notes], [1, 21_000, []]);
  assert.equal(timeline[0].type, "state");
  assert.equal(verdicts[0].findings[0].outcome, "no-failover");
  assert.deepEqual(addresses[0].holders, ["a"]);
  const tried = JSON.parse((await simulate(pair(-30), [...FILES, "-j"])).stdout);
  assert.deepEqual([tried.failures.length, tried.not_survived, tried.notes], [10, 1, []]);
  for (const words of [FAIL, []]) {
    const quiet = await simulate(pair(-30), [...FILES, ...words, "-q"]);
    assert.deepEqual(quiet, { exitCode: 1, stdout: "", stderr: "" });
  }
});

test("errors that keepalived outlives are told, and what is in force is simulated", async () => {
  const files = { ...pair(-60), "b.conf": `priorty 1\n${conf("BACKUP", 100, -60)}` };
  const clean = await simulate(pair(-60), FILES);
  const ran = await simulate(files, FILES);
  assert.deepEqual([ran.exitCode, ran.stdout], [clean.exitCode, clean.stdout]);
  assert.match(ran.stderr, /^b: 1 error: simulated is what keepalived makes of the file/);
  assert.match(
    JSON.parse((await simulate(files, [...FILES, "-j"])).stdout).notes[0],
    /^b: 1 error/,
  );
});

test("a file that keepalived stops at is not simulated", async () => {
  const files = { ...pair(-60), "b.conf": `includea none.conf\n${conf("BACKUP", 100, -60)}` };
  const ran = await simulate(files, FILES);
  assert.deepEqual([ran.exitCode, ran.stderr], [1, "1 error: nothing was simulated\n"]);
});

test("an included file that may not be read ends it; one that is not there is told of", async () => {
  const texts = pair(-60);
  const files = { "/d/a.conf": texts["a.conf"], "/d/b.conf": `include s.conf\n${texts["b.conf"]}` };
  const words = ["/d/a.conf", "/d/b.conf"];
  const without = await simulate(files, words);
  assert.match(without.stderr, /^b: 's\.conf' matches no file: simulated without it\n/);
  const secret = await simulate({ ...files, "/d/s.conf": "!EACCES" }, words);
  assert.deepEqual([secret.exitCode, /permission denied/.test(secret.stderr)], [2, true]);
});

test("errors of a file end it before anything is simulated", async () => {
  const files = {
    "a.conf": "vrrp_instance X {\n    priorty 1\n}\n",
    "b.conf": conf("BACKUP", 1, 0),
  };
  const ran = await simulate(files, FILES);
  assert.deepEqual([ran.exitCode, ran.stderr], [1, "4 errors: nothing was simulated\n"]);
  assert.match(ran.stdout, /^a\.conf:2:5: error\[vk103\]: unknown keyword 'priorty'/m);
  assert.match(ran.stdout, /error\[vk301\]/);
  const asJson = await simulate(files, [...FILES, "-j"]);
  assert.deepEqual(
    asJson.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).code),
    ["vk301", "vk302", "vk303", "vk103"],
  );
  assert.equal((await simulate(files, [...FILES, "-q"])).stdout, "");
});

const REFUSED: readonly (readonly [words: readonly string[], reason: RegExp])[] = [
  [[], /\[NAME=\]FILE is missing/],
  [["--at", "5s", "stop a", ...FILES], /FILE is missing/],
  [[...FILES, "--at", "5s"], /--at "5s" is not a time and an event/],
  [[...FILES, "--at", "5s", ""], /--at "5s" has an empty word behind it/],
  [
    [...FILES, "--at", "5s  "],
    /--at "5s {2}" names no event behind the time: write fail NAME@NODE/,
  ],
  [[...FILES, "--at", "5", "stop a"], /--at "5 stop a" is refused: "5" has no unit/],
  [
    [...FILES, "--at", "5s", "fail chk@a"],
    /--at "5s fail chk@a" names "chk", which a does not have/,
  ],
  [[...FILES, "--at", "5s", "stop c"], /names "c", which is no node/],
  [[...FILES, "--at", "5s", "stop a", "--until", "4s"], /--at "5s stop a" is behind --until/],
  [["a.conf", "a.conf"], /two nodes would have one name.*: write NAME=FILE/],
  [["a b=a.conf", "b.conf"], /has a name that events cannot say/],
  [["a=", "b.conf"], /names no file/],
  [["a.conf", "c.conf"], /read c\.conf: no such file/],
];
for (const [words, reason] of REFUSED) {
  test(`refused: ${words.join(" ") || "nothing"}`, async () => {
    const { exitCode, stderr, stdout } = await simulate(pair(-60), words);
    assert.deepEqual([exitCode, stdout], [2, ""]);
    assert.match(stderr, reason);
  });
}

test("what cannot be simulated is no verdict", async () => {
  const authentication = "authentication {\n auth_type AH\n auth_pass x\n }\n interface eth0";
  const text = conf("BACKUP", 100, 0).replace("interface eth0", authentication);
  const ran = await simulate({ "a.conf": text }, ["a.conf"]);
  assert.equal(ran.exitCode, 2);
  assert.match(ran.stderr, /a: VI_1: auth_type AH cannot be simulated/);
  const none = await simulate({ "a.conf": "global_defs {\n}\n" }, ["a.conf"]);
  assert.deepEqual(
    [none.exitCode, none.stderr],
    [2, "vipkit ha simulate: there is no vrrp_instance that takes part\n"],
  );
});

test("nodes are called after their files, their directories, or as they are told", async () => {
  const text = conf("BACKUP", 100, 0);
  const named = async (...paths: string[]) => {
    const files = Object.fromEntries(paths.map((path) => [path.replace(/^\w+=/, ""), text]));
    const { stdout } = await simulate(files, [...paths, "-j"]);
    const events: string[] = JSON.parse(stdout).failures.map((one: { event: string }) => one.event);
    return events.flatMap((event) => (event.startsWith("stop ") ? event.slice(5) : []));
  };
  assert.deepEqual(await named("x/one.conf", "x/two.conf"), ["one", "two"]);
  assert.deepEqual(await named("x/keepalived.conf", "y/keepalived.conf"), ["x", "y"]);
  assert.deepEqual(await named("left=/k.conf", "right=/l.conf"), ["left", "right"]);
  assert.deepEqual(await named("one=/k.conf", "two=/k.conf"), ["one", "two"]);
});

test("lines of @NAME are of the node of that name", async () => {
  const text = conf("BACKUP", 100, -60).replace("priority 100", "@a priority 150\n@b priority 100");
  const ran = await simulate({ "k.conf": text }, ["a=k.conf", "b=k.conf", ...FAIL]);
  assert.equal(ran.exitCode, 0);
  assert.match(ran.stdout, /150-60=90 < 100/);
});

test("what changes nothing is told, and is no failure without a failover", async () => {
  const twice = [...FILES, "--at", "5s", "start a", "--at", "6s", "heal"];
  const { exitCode, stdout } = await simulate(pair(-60), twice);
  assert.equal(exitCode, 0);
  assert.match(stdout, /^NOTHING CHANGED at 5\.0s: a runs already \(start a\)$/m);
  const { verdicts } = JSON.parse((await simulate(pair(-60), [...twice, "-j"])).stdout);
  assert.deepEqual(
    verdicts.map((one: { idle: string; findings: [] }) => [one.idle, one.findings]),
    [
      ["a runs already", []],
      ["nobody is cut off", []],
    ],
  );
});

test("--help names every event", async () => {
  const { stdout } = await simulate({}, ["--help"]);
  const words = stdout.replaceAll(/\s+/g, " ");
  for (const form of EVENT_FORMS) assert.ok(words.includes(form), form);
});

test("a signal ends it", async () => {
  const stop = new AbortController();
  stop.abort();
  for (const words of [[], ["--at", "5s", "stop a"]]) {
    const given = { stop, interruptedBy: "SIGINT" } as const;
    const ran = await simulate(pair(-60), [...FILES, ...words], given);
    assert.deepEqual(ran, { exitCode: 130, stdout: "", stderr: "" });
  }
});

test("README shows what is told, of files that it shows", async () => {
  const readme = readSource("README.md");
  const [shown = ""] = /^vrrp_script chk_web \{\n.*?^vrrp_instance.*?^\}\n/ms.exec(readme) ?? [];
  const files = {
    "a.conf": shown.replaceAll(/ +# b\.conf.*$/gm, ""),
    "b.conf": shown.replaceAll(/\w+ +# b\.conf: (\w+)$/gm, "$1"),
  };
  assert.deepEqual(files, pair(-30));
  const one = await simulate(pair(-30), [...FILES, ...FAIL]);
  const all = await simulate(pair(-60), FILES);
  const told = [
    `vipkit ha simulate a.conf b.conf --at 5s 'fail chk_web@a'\n${one.stdout}`,
    `vipkit ha simulate a.conf b.conf\n${all.stdout}${all.stderr}`,
  ];
  for (const text of told) assert.ok(readme.includes(text), text);
});
