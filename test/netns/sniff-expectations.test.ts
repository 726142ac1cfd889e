/** What scripts expect of a LAN: held and violated while it is listened to, by exit status and evidence. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { Lan, labMissing } from "../support/netns.ts";
import { FAST_ROUTERS, startPair, startRouter } from "../support/router.ts";
import { Sniffer } from "../support/sniffer.ts";
import { parseXml } from "../support/xml.ts";

const router = FAST_ROUTERS.IPv4;

describe("expectations", { concurrency: 2, skip: labMissing() }, () => {
  test("of a LAN with one master", async () => {
    await using lan = await Lan.open("a", "c");
    const { a, c } = lan.hosts;
    await startRouter("vipkit", a, { ...router, priority: 100 }).becomes("MASTER");
    const cases: readonly (readonly [words: string[], evidence: RegExp | null])[] = [
      [["--expect-single-master"], null],
      [["--expect-master", a.ipv4], null],
      [["--expect-vip", "10.0.0.100"], null],
      [["--max-gap", "3s"], null],
      [["--expect-none", "-6"], null],
      [["--expect-master", "10.0.0.9"], /^master eth0 vrid 51 IPv4: 10\.0\.0\.1 was master$/],
      [["--expect-master", "fe80::1"], /^master no IPv6 advert was heard$/],
      [
        ["--expect-vip", "10.0.0.9"],
        /^vip no master has 10\.0\.0\.9; eth0 vrid 51 .*10\.0\.0\.100$/,
      ],
      [["--max-gap", "20ms"], /^max-gap eth0 vrid 51 IPv4: no advert for \d+.* from 2/],
      [["--expect-none"], /^none eth0 vrid 51 IPv4: heard from 10\.0\.0\.1 \(.*priority 100\)$/],
      [["--expect-single-master", "--vrid", "9"], /^single-master no advert was heard$/],
    ];
    const answers = cases.map(async ([words, evidence]) => {
      const sniffer = await Sniffer.open(c, "--for", "2s", ...words);
      const { code, violations } = await sniffer.end(null);
      const said = violations.map((one) => `${one.expectation} ${one.evidence}`).join("\n");
      assert.equal(code, evidence === null ? 0 : 1, `${words} ${said}`);
      if (evidence === null) assert.equal(said, "");
      else assert.match(said, evidence);
    });
    await Promise.all(answers);
  });

  test("of a master that is another one for a while, with a picture, and again from the capture of it", async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "vipkit-sniff-"));
    t.after(() => rmSync(folder, { recursive: true }));
    await using lan = await Lan.open("a", "b", "c");
    const { a, b, c } = lan.hosts;
    const { master, backup } = await startPair([a, b], router);
    const files = { capture: join(folder, "x.pcapng"), plot: join(folder, "x.svg") };
    const expected = ["--expect-master", a.ipv4, "--expect-single-master", "--max-gap", "5s"];
    const output = ["-w", files.capture, "--plot", files.plot];
    const sniffer = await Sniffer.open(c, "--follow", ...expected, ...output);
    await sniffer.next('"change":"new-master"', `"source":"${a.ipv4}"`);
    await master.stop();
    await backup.becomes("MASTER");
    await sniffer.next('"change":"new-master"', `"source":"${b.ipv4}"`, '"cause":"resigned"');
    startRouter("vipkit", a, { ...router, priority: 200 });
    await sniffer.next('"change":"new-master"', `"source":"${a.ipv4}"`, '"cause":"preempt"');
    const { code, violations } = await sniffer.end();
    assert.equal(code, 1);
    assert.deepEqual(
      violations.map(({ expectation, evidence }) => `${expectation} ${evidence}`),
      [`master eth0 vrid 51 IPv4: ${b.ipv4} was master`],
    );
    const picture = readFileSync(files.plot, "utf8");
    assert.equal(parseXml(picture).name, "svg");
    for (const source of [a.ipv4, b.ipv4]) assert.ok(picture.includes(source), source);

    const fromFile = await Sniffer.open(c, "-r", files.capture, "--plot", "-", ...expected);
    assert.equal((await fromFile.program.ended).code, 1);
    const drawn = fromFile.program.lines.all.filter((line) => !line.startsWith('{"type"'));
    assert.equal(parseXml(drawn.join("\n")).name, "svg");
  });

  test("of a script end by themselves, when a master would have been heard", async () => {
    await using lan = await Lan.open("a", "c");
    const { a, c } = lan.hosts;
    const silent = await Sniffer.open(c, "--expect-none", "-q");
    assert.equal((await silent.program.ended).code, 0);
    await startRouter("vipkit", a, { ...router, priority: 100 }).becomes("MASTER");
    const heard = await Sniffer.open(c, "--expect-single-master", "-q");
    const { code } = await heard.program.ended;
    assert.deepEqual([code, heard.program.lines.all], [0, []]);
  });
});
