/** `vrrp sniff` on fake ports: from captures and live. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { packetOf, pcapOf } from "../../../support/pcap-file.ts";
import { packetsIn } from "../../../support/read-capture.ts";
import { pcapngOf } from "../../../support/sniff-capture.ts";
import { hear, listen, read, records } from "../../../support/sniff-run.ts";
import { A, B, type Said } from "../../../support/sniffed.ts";

const SPLIT: readonly Said[] = [
  {},
  { source: B, priority: 90, atMs: 500 },
  { atMs: 1000 },
  { source: B, priority: 90, atMs: 1500 },
];

test("a line for each packet, its columns in line, the summary beside", async () => {
  const { lines, stderr, exitCode } = await read([], [{}, { atMs: 1000 }]);
  assert.equal(exitCode, 0);
  assert.equal(lines.length, 2);
  assert.equal(
    lines[1],
    "00:00:01.000000Z eth0 10.0.0.2 > 224.0.0.18 v3 vrid 51 prio 100 int 1s ttl 255 auth none cksum pseudo 10.0.0.100  master 1s      ok",
  );
  assert.match(
    stderr,
    /^2 packets \(2 adverts\); 1 sender, 1 virtual router, 1 master, 0 takeovers/,
  );
});

test("a second master is told of, and the status is 1", async () => {
  const { lines, stderr, exitCode } = await read([], SPLIT);
  assert.equal(exitCode, 1);
  assert.match(lines[1] ?? "", /SECOND MASTER beside 10\.0\.0\.2 priority 100$/);
  assert.match(stderr, /1 split brain/);
  assert.match(stderr, /^not as it should be: second-master 2$/m);
});

test("colours: green where all is right, red where nobody believes or two are master, else yellow", async () => {
  const other = { source: B, priority: 0, version: 2, atMs: 1 } as const;
  const all = [{}, other, { source: B, ttl: 9 }, { source: B, priority: 1, atMs: 200 }];
  const { lines } = await read(["--color", "always"], all);
  assert.deepEqual(
    lines.map((line) => /<(\w+)>/.exec(line)?.[1]),
    ["green", "yellow", "red", "red"],
  );
});

test("JSON: a record for each packet, and one for the summary on standard error", async () => {
  const { stdout, stderr } = await read(["-j"], [{}, { atMs: 1000, ttl: 64 }]);
  const all = records(stdout);
  assert.deepEqual(
    all.map(({ type, verdict }) => [type, verdict]),
    [
      ["advert", "ok"],
      ["advert", "bad"],
    ],
  );
  const [summary] = records(stderr);
  assert.deepEqual([summary?.type, summary?.adverts, summary?.trouble], ["summary", 2, null]);
});

test("--follow: a line for each change alone", async () => {
  const { lines } = await read(["--follow"], SPLIT);
  assert.deepEqual(lines, [
    `00:00:00.000000Z  eth0 vrid 51 IPv4  ${A} is master  priority=100 cause=first addresses=10.0.0.100`,
    `00:00:00.500000Z  eth0 vrid 51 IPv4  SECOND MASTER ${B} priority=90 beside ${A}`,
  ]);
  const json = records((await read(["--follow", "-j"], SPLIT)).stdout);
  assert.deepEqual(
    json.map(({ type, change }) => [type, change]),
    [
      ["change", "new-master"],
      ["change", "second-master"],
    ],
  );
});

test("--table in a pipe: a row for each virtual router, at the end, without a head", async () => {
  const { lines } = await read(["--table"], [{ vrid: 10 }, { vrid: 9 }, { vrid: 10, atMs: 1000 }]);
  assert.equal(lines.length, 2);
  assert.deepEqual(lines[0]?.split(/ {2,}/).slice(0, 6), [
    "eth0",
    "9",
    "IPv4",
    `${A} (1s)`,
    "100",
    "1s",
  ]);
  assert.match(lines[1] ?? "", /^eth0 {2}10 .* ok$/);
  const json = records((await read(["--table", "-j"], [{}])).stdout);
  assert.deepEqual(
    json.map(({ type }) => type),
    ["router"],
  );
});

test("--table on a terminal is drawn anew in its place, once a second", async () => {
  const script = async (ports: FakePorts) => {
    for (let n = 0; n < 3; n += 1) {
      hear(ports);
      await ports.clock.pass(1000);
    }
  };
  const { stdout } = await listen(["--table"], script, { columns: 200 });
  const clear = stdout.split("\x1b[2J").length - 1;
  const draws = stdout.split("\x1b[H").length - 1;
  assert.deepEqual([clear, draws], [1, 5]); // at 0, 1, 2 and 3 s, and at the end
  assert.match(stdout, /INTERFACE/);
});

test("-q: nothing but the status", async () => {
  const { stdout, stderr, exitCode } = await read(["-q"], SPLIT);
  assert.deepEqual([stdout, stderr, exitCode], ["", "", 1]);
  assert.equal((await read(["-q"], [{}])).exitCode, 0);
  const live = await listen(["-q"]);
  assert.deepEqual([live.stdout, live.stderr, live.exitCode], ["", "", 0]);
});

test("live: it says when nothing is missed any more, and tells as it comes", async () => {
  const { lines, stderr, exitCode } = await listen([], async (ports) => {
    hear(ports);
    await ports.clock.pass(100);
  });
  assert.equal(exitCode, 0);
  assert.match(lines[0] ?? "", /^00:00:00\.000000Z 10\.0\.0\.2 > /); // the interface is known
  assert.match(stderr, /^listening on eth0\n1 packet .*kernel drops 0\n$/);
  const json = await listen(["-j"]);
  assert.deepEqual(records(json.stderr)[0], { type: "listening", interface: "eth0" });
});

test("-w writes what is shown, as it was", async () => {
  const all: Said[] = [{}, { source: B, ttl: 64, atMs: 1 }];
  const { files, lines, exitCode } = await read(["-w", "out.pcapng", "--bad"], all);
  assert.deepEqual([exitCode, lines.length, [...files.writing].length], [0, 1, 0]);
  const [packet, ...others] = packetsIn(files.contents.get("out.pcapng") ?? new Uint8Array());
  assert.deepEqual([others.length, packet?.interfaceName, packet?.direction], [0, "eth0", "in"]);
  assert.equal(packet?.bytes[14 + 8], 64);
});

test("-w - is standard output's alone", async () => {
  const { files, stdout } = await read(["-w", "-"], [{}]);
  assert.equal(stdout, "");
  assert.equal(packetsIn(files.contents.get("-") ?? new Uint8Array()).length, 1);
});

test("--plot draws who was master, also where nobody was", async () => {
  const { files } = await read(["--plot", "who.svg"], SPLIT);
  const svg = new TextDecoder().decode(files.contents.get("who.svg"));
  assert.match(svg, /^<svg[\s\S]*eth0 vrid 51 IPv4[\s\S]*<\/svg>\s*$/);
  const nobody = await read(["--plot", "-"], []);
  assert.match(nobody.stdout, /<svg[\s\S]*No advert was heard/);
  assert.doesNotMatch(nobody.stdout, /NaN|Invalid/);
});

const EXPECTATIONS: readonly [
  argv: string[],
  held: readonly Said[],
  violated: readonly Said[],
  evidence: RegExp,
][] = [
  [
    ["--expect-single-master"],
    [{}],
    SPLIT,
    /^violated: single-master: eth0 vrid 51 IPv4: 10\.0\.0\.2 .* and 10\.0\.0\.3 .* are all master, for 1s$/m,
  ],
  [
    ["--expect-master", A],
    [{}],
    [{ source: B }],
    /^violated: master: .*: 10\.0\.0\.3 was master$/m,
  ],
  [
    ["--expect-vip", "10.0.0.100"],
    [{}],
    [{ addresses: ["10.0.0.7"] }],
    /^violated: vip: no master has 10\.0\.0\.100/m,
  ],
  [
    ["--max-gap", "1500ms"],
    [{}, { atMs: 1000 }],
    [{}, { atMs: 1501 }],
    /^violated: max-gap: .*no advert for 1\.501s from/m,
  ],
  [["--expect-none"], [], [{}], /^violated: none: .*: heard from 10\.0\.0\.2/m],
];

for (const [argv, held, violated, evidence] of EXPECTATIONS)
  test(`${argv.join(" ")}: 0 where it holds, 1 with the evidence where not`, async () => {
    assert.equal((await read([...argv, "--follow"], held)).exitCode, 0);
    const { exitCode, stdout } = await read([...argv, "--follow"], violated);
    assert.equal(exitCode, 1);
    assert.match(stdout, evidence);
    const json = records((await read([...argv, "-j", "--follow"], violated)).stdout).at(-1);
    assert.deepEqual([json?.type, typeof json?.evidence], ["violation", "string"]);
    assert.equal((await read([...argv, "-q"], violated)).stdout, "");
  });

test("with an expectation it listens as long as that takes, and ends by itself", async () => {
  const ports = new FakePorts();
  const running = runInProcess(["vrrp", "sniff", "-i", "eth0", "--expect-single-master", "-q"], {
    ports,
  });
  await ports.clock.pass(0);
  hear(ports);
  await ports.clock.pass(1000);
  hear(ports);
  await ports.clock.pass(3000);
  assert.equal((await running).exitCode, 0);
});

test("a capture that is broken: what stands before is told, the place of the fault, and 0", async () => {
  const whole = pcapngOf([{}, { atMs: 1000 }]);
  const { lines, stderr, exitCode } = await read([], whole.subarray(0, whole.length - 7));
  assert.deepEqual([exitCode, lines.length], [0, 1]);
  assert.match(
    stderr,
    /^vipkit vrrp sniff: t\.pcapng: the capture ends within a record at byte \d+/m,
  );
});

const UNREADABLE: readonly [name: string, capture: Uint8Array, words: RegExp][] = [
  [
    "no capture",
    new TextEncoder().encode("nothing of the kind, for sure"),
    /no capture, neither pcap nor pcapng/,
  ],
  ["another link type", pcapOf([packetOf(new Uint8Array(60), 105)]), /LINKTYPE_IEEE802_11 \(105\)/],
];

for (const [name, capture, words] of UNREADABLE)
  test(`nothing could be read: 2, in one line: ${name}`, async () => {
    const { exitCode, stdout, stderr } = await read([], capture);
    assert.deepEqual([exitCode, stdout, stderr.trimEnd().split("\n").length], [2, "", 1]);
    assert.match(stderr, words);
  });

test("nothing could be heard: 2, in one line", async () => {
  const down = new FakePorts();
  down.kernel.setLink({ up: false });
  const denied = new FakePorts();
  denied.refuseCapture = "EPERM";
  const missing = new FakePorts({ bare: true });
  for (const [ports, code] of [
    [down, "ENETDOWN"],
    [denied, "EPERM"],
    [missing, "ENODEV"],
  ] as const) {
    const { exitCode, stdout, stderr } = await runInProcess(["vrrp", "sniff", "-i", "eth0"], {
      ports,
    });
    assert.deepEqual([exitCode, stdout, ports.open], [2, "", 0], code);
    assert.match(stderr, new RegExp(code));
  }
});

test("what is shown may be narrowed: --vrid, -4, --src, --bad, -Q, -c", async () => {
  const all: Said[] = [
    {},
    { vrid: 9 },
    { source: "fe80::2" },
    { source: B, ttl: 64 },
    { vrid: 9, direction: "out" },
  ];
  const count = async (...argv: string[]) => (await read([...argv, "-j"], all)).lines.length;
  const counts = [await count("--vrid", "9"), await count("-6"), await count("--src", B)];
  assert.deepEqual(counts, [2, 1, 1]);
  assert.deepEqual(
    [await count("--bad"), await count("-Q", "out"), await count("-c", "3")],
    [1, 1, 3],
  );
});
