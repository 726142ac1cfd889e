/** What `vrrp sniff -w` writes is what tcpdump and tshark read, and what they write it reads. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { CAPTURES } from "../support/captures.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { Program } from "../support/program.ts";
import { FAST_ROUTERS, startRouter } from "../support/router.ts";
import { Sniffer } from "../support/sniffer.ts";
import { VIPKIT } from "../support/vipkit.ts";

const skip = labMissing("tcpdump", "tshark");
const FLOOD = fileURLToPath(new URL("../support/advert-flood.js", import.meta.url));
const SNIFF = [process.execPath, VIPKIT, "vrrp", "sniff"];

describe("what is heard", { concurrency: 2, skip }, () => {
  for (const name of ["heard.pcapng", "heard.pcap"]) {
    test(`is in ${name} for tcpdump and tshark, with its times`, async (t) => {
      const path = join(directoryFor(t), name);
      await using lan = await Lan.open("a", "c");
      const { a, c } = lan.hosts;
      startRouter("vipkit", a, { ...FAST_ROUTERS.IPv4, priority: 100 });
      const sniffer = await Sniffer.open(c, "-w", path, "-c", "5");
      const { code } = await sniffer.end(null);
      const heard = [...sniffer.records("advert"), ...sniffer.records("announcement")];
      assert.deepEqual([code, heard.length], [0, 5]);
      const times = heard.map(({ ts }) => ts.replace("Z", "")).toSorted((x, y) => (x < y ? -1 : 1));
      const dumped = run("tcpdump", "-n", "-tttt", "-r", path).trimEnd().split("\n");
      const dumpedTimes = dumped.map((line) => line.split(" ").slice(0, 2).join("T"));
      assert.deepEqual(dumpedTimes, times);
      const asked = ["-t", "ud", "-T", "fields", "-e", "_ws.col.Time", "-e", "vrrp.prio"];
      const shown = run("tshark", "-r", path, ...asked)
        .trimEnd()
        .split("\n");
      const shownTimes = shown.map((line) => line.slice(0, 26).replace(" ", "T"));
      assert.deepEqual(shownTimes, times);
      assert.ok(shown.some((line) => line.endsWith("\t100")));
    });
  }

  test("of tcpdump is told as it comes through a pipe", async () => {
    await using lan = await Lan.open("a", "c");
    const { a, c } = lan.hosts;
    const words = `tcpdump -Z root -i eth0 -U -w - vrrp 2>/dev/null | "$@" -r - -j`;
    const sniffer = c.spawn("sh", "-c", words, "sh", ...SNIFF);
    const router = startRouter("vipkit", a, { ...FAST_ROUTERS.IPv4, priority: 100 });
    const first = await sniffer.lines.next(/"priority":100/); // while both of them go on
    assert.ok(sniffer.running, first.input);
    await router.stop();
    await sniffer.lines.next(/"priority":0/);
  });

  test("in a flood fills a ring of files, each a capture", async (t) => {
    const folder = directoryFor(t);
    await using lan = await Lan.open("a", "c");
    const { a, c } = lan.hosts;
    const ring = ["-w", join(folder, "ring.pcap"), "-C", "1", "-W", "3"];
    const sniffer = await Sniffer.open(c, "--follow", ...ring);
    const flood = a.spawn(process.execPath, FLOOD, a.ipv4, "7", "10000", "5");
    await flood.lines.next(/sent 50000/, 60_000);
    const { code, summary } = await sniffer.end();
    assert.deepEqual([code, summary.vrids], [0, 1]);
    const names = readdirSync(folder).sort();
    assert.deepEqual(names, ["ring.pcap0", "ring.pcap1", "ring.pcap2"]);
    for (const name of names) {
      const path = join(folder, name);
      assert.ok(readFileSync(path).length <= 1_000_100, name);
      assert.match(run("tcpdump", "-n", "-c", "1", "-r", path), /VRRPv3/);
    }
  });

  test("is counted until Ctrl-C, which is no failure", async () => {
    await using lan = await Lan.open("a", "c");
    const router = startRouter("vipkit", lan.hosts.a, { ...FAST_ROUTERS.IPv4, priority: 100 });
    await router.becomes("MASTER");
    const program = lan.hosts.c.spawn(...SNIFF, "-i", "eth0");
    await program.lines.next(/ master 0s +ok$/);
    const { code } = await program.stop("SIGINT");
    assert.equal(code, 0);
    assert.match(program.lines.all.join("\n"), /1 sender, 1 virtual router, 1 master.*drops 0/);
  });

  test("ends quietly when its reader has seen enough", async () => {
    await using lan = await Lan.open("a", "c");
    startRouter("vipkit", lan.hosts.a, { ...FAST_ROUTERS.IPv4, priority: 100 });
    for (const form of ["-q -U -w - | head -c 24 | wc -c", "| head -n 1 | wc -l"]) {
      const words = `set -o pipefail; "$@" -i eth0 ${form}`;
      const program = lan.hosts.c.spawn("bash", "-c", words, "bash", ...SNIFF);
      assert.equal((await program.ended).code, 0, program.lines.all.join("\n"));
    }
  });
});

describe("a file", { concurrency: 2 }, () => {
  const good = join(CAPTURES, "keepalived-v3-ipv4.pcap");
  const cases: Readonly<Record<string, readonly [words: string[], code: number, said: RegExp]>> = {
    "that is not there": [["-r", "none"], 2, /read none: no such file/],
    "that is a directory": [["-r", "."], 2, /read \.: .*directory/],
    "that is empty": [["-r", "empty", "--expect-none"], 2, /read empty: is empty/],
    "that is text": [["-r", "text", "--expect-none"], 2, /read text: this is no capture/],
    "of a link type that is not known": [
      ["-r", "radio", "--expect-none"],
      2,
      /read radio: packets of .*RADIOTAP.* are not understood/,
    ],
    "that is cut shows what stands before": [
      ["-r", "cut"],
      0,
      /^10 packets .*cut: the capture ends within a record at byte 964; 10 packets/ms,
    ],
    "without room": [["-r", good, "-w", "/dev/full"], 2, /write \/dev\/full: no space left/],
    "without room for a plot": [
      ["-r", good, "--plot", "/dev/full"],
      2,
      /\/dev\/full: no space left/,
    ],
    "in a directory that is not there": [
      ["-r", good, "-w", "no/x"],
      2,
      /write no\/x: no such file/,
    ],
    "with an advert in it, where none is expected": [
      ["-r", good, "--expect-none"],
      1,
      /violated: none: vrid 51 IPv4: heard from/,
    ],
  };
  for (const [name, [words, code, said]] of Object.entries(cases)) {
    test(name, async (t) => {
      const folder = directoryFor(t);
      const bytes = readFileSync(good);
      writeFileSync(join(folder, "empty"), "");
      writeFileSync(join(folder, "text"), "a text\n".repeat(100));
      writeFileSync(join(folder, "radio"), bytes.fill(127, 20, 21));
      writeFileSync(join(folder, "cut"), readFileSync(good).subarray(0, 1000));
      const program = new Program(name, ["env", "-C", folder, ...SNIFF, ...words]);
      assert.equal((await program.ended).code, code);
      assert.match(program.lines.all.join("\n"), said);
    });
  }
});

function directoryFor(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), "vipkit-sniff-"));
  t.after(() => rmSync(directory, { recursive: true }));
  return directory;
}

const run = (program: string, ...args: string[]): string =>
  execFileSync(program, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, TZ: "UTC" },
  });
