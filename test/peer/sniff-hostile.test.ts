/** Captures that editcap has damaged: `vrrp sniff` ends, says what it can, and nothing that a terminal obeys. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { encodePcapngBlock } from "../../src/core/capture/pcapng.ts";
import { CAPTURES, captureNames } from "../support/captures.ts";
import { advertFrame } from "../support/foreign.ts";
import { writeCapture } from "../support/generated-capture.ts";
import { labMissing } from "../support/netns.ts";
import { VIPKIT } from "../support/vipkit.ts";
import { parseXml } from "../support/xml.ts";

describe("a damaged capture", { skip: labMissing("editcap") }, () => {
  test("of any kind", (t) => {
    const damaged = join(directoryFor(t), "damaged");
    for (const [seed, name] of captureNames().entries()) {
      damage(join(CAPTURES, name), damaged, seed + 1);
      for (const form of [[], ["-j", "--show-secrets"]]) sniff(damaged, ...form);
    }
  });

  test("of many adverts, in every form", (t) => {
    const folder = directoryFor(t);
    const [whole, damaged, plot] = ["whole", "damaged", "plot"].map((it) => join(folder, it));
    writeCapture(whole as string, { adverts: 3000, vrids: 250, failoverEveryMs: 500 });
    damage(whole as string, damaged as string, 1);
    for (const form of [["-e"], ["-j"], ["--follow"], ["--table"], ["--bad"]])
      sniff(damaged as string, ...form);
    const drawn = sniff(damaged as string, "--plot", "-", "-w", plot as string);
    assert.equal(parseXml(drawn).name, "svg");
  });
});

test("names and passwords that are orders for a terminal are shown as what they are", (t) => {
  const path = join(directoryFor(t), "names.pcapng");
  const bytes = advertFrame("10.0.0.9", 100, "02:00:00:00:00:09");
  const wallNs = 1_700_000_000_000_000_000n;
  const packet = {
    kind: "packet",
    wallNs,
    direction: null,
    wireBytes: bytes.length,
    bytes,
  } as const;
  const head = { kind: "section", application: "\x1b[2J", comment: "\x07" } as const;
  const names = [
    "\x1b[2J",
    "a\nb",
    "\u202eevil",
    "\x9b31m",
    "\x00",
    "\r",
    "\t",
    "\x7f",
    "\u2028",
    "ü",
  ];
  const blocks = [
    head,
    ...names.map((name) => ({ kind: "interface", linkType: 1, snapBytes: 96, name }) as const),
    ...names.map((_, interfaceId) => ({ ...packet, interfaceId, comment: "\x1b[2J" })),
  ];
  writeFileSync(path, Buffer.concat(blocks.map(encodePcapngBlock)));
  for (const form of [[], ["-j"], ["--follow"], ["--follow", "-j"], ["--table"], ["--table", "-j"]])
    assert.equal(
      sniff(path, ...form)
        .trimEnd()
        .split("\n").length,
      names.length,
      form.join(" "),
    );
  sniff(path, "--expect-none", "--plot", "-");
});

/** @returns its standard output, in which no line is torn and nothing is obeyed */
function sniff(path: string, ...form: readonly string[]): string {
  const words = [VIPKIT, "vrrp", "sniff", "-r", path, ...form];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    encoding: "utf8",
    maxBuffer: 2 ** 27,
  });
  assert.ok(status !== null && status <= 2, `${form.join(" ")}: ${status} ${stderr}`);
  for (const text of [stdout, stderr])
    assert.doesNotMatch(text.replaceAll("\n", ""), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  if (form.includes("-j"))
    for (const line of stdout.trimEnd().split("\n")) JSON.parse(line || "{}");
  return stdout;
}

const damage = (from: string, to: string, seed: number): void =>
  void execFileSync("editcap", ["-E", "0.05", "--seed", `${seed}`, from, to], { stdio: "ignore" });

function directoryFor(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), "vipkit-sniff-"));
  t.after(() => rmSync(directory, { recursive: true }));
  return directory;
}
