/**
 * Of each kind of finding between files test/vectors/conf-findings has the two least files that show it,
 * `vk701.conf` and `vk701.b.conf`; of each kind between a file and a link the least file, and what is heard
 * is here. UPDATE=1 writes what is told.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  type CheckedConfiguration,
  checkConfiguration,
} from "../../../../src/app/ha/check-configuration.ts";
import { checkTogether } from "../../../../src/app/ha/check-together.ts";
import { hearLink } from "../../../../src/app/ha/hear-link.ts";
import { findingText } from "../../../../src/commands/ha/finding-text.ts";
import { KINDS } from "../../../../src/config/codes/index.ts";
import type { HeardLink } from "../../../../src/config/wire/heard.ts";
import { configurationFiles } from "../../../../src/io/configuration-files.ts";
import { SURROUNDINGS } from "../../../support/conf.ts";
import { hostOf } from "../../../support/effective.ts";
import { FakeConfigurationFiles } from "../../../support/fake-configuration-files.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { passingFrame } from "../../../support/passing-frame.ts";
import { advertPacket, type Said } from "../../../support/sniffed.ts";
import { ROOT } from "../../../support/sources.ts";

const FOLDER = join(ROOT, "test/vectors/conf-findings");
const same = (text: string): string => text;
const PLAIN = { red: same, yellow: same, green: same };

/** What is heard where the file is not all that is needed. */
const HEARD: Readonly<Record<string, readonly Said[]>> = {
  vk804: [{ version: 2, auth: { type: "pass", password: new TextEncoder().encode("two") } }],
  vk808: [],
  vk809: [{ ttl: 64 }],
  vk810: [{ source: "10.0.0.2", priority: 150 }, { source: "10.0.0.3" }],
};

async function hear(said: readonly Said[]): Promise<HeardLink> {
  const ports = new FakePorts();
  for (const one of said) ports.captured.push(passingFrame(advertPacket(one).bytes));
  const { signal } = new AbortController();
  return await ports.clock.passUntil(hearLink("eth0", 1000, ports, signal));
}

const check = (path: string, files: Parameters<typeof checkConfiguration>[2]) =>
  checkConfiguration(path, { surroundings: SURROUNDINGS, host: null, tellsUnused: false }, files);

process.chdir(FOLDER); // findings name files as they were asked for
for (const { code } of KINDS.filter((one) => one.code >= "vk700")) {
  test(`the least files with ${code}`, async () => {
    const isOfWire = code >= "vk800";
    const paths = [`${code}.conf`, ...(isOfWire ? [] : [`${code}.b.conf`])];
    for (const path of paths) assert.ok(existsSync(path), `write ${FOLDER}/${path}`);
    const link = isOfWire ? await hear(HEARD[code] ?? [{}]) : null;
    const checked = paths.map((path) => check(path, configurationFiles));
    const told = toldOf(checkTogether(checked, null, link)).map((line) => `${line}\n`);
    if (process.env.UPDATE === "1") writeFileSync(`${code}.txt`, told.join(""));
    assert.equal(told.join(""), readFileSync(`${code}.txt`, "utf8"));
    assert.ok(told.join("").includes(`[${code}]`));
  });
}

/** But for what each file is told alone. */
const toldOf = (checked: readonly CheckedConfiguration[]): string[] =>
  checked.flatMap(({ findings }) =>
    findings
      .filter(({ kind }) => kind.code >= "vk700")
      .flatMap((finding) => findingText(finding, PLAIN)),
  );

const instance = (priority: number, more: string): string =>
  `vrrp_instance v {\ninterface eth0\nvirtual_router_id 51\npriority ${priority}\n${more}\n` +
  "virtual_ipaddress {\n10.0.0.100\n}\n}\n";

test("a finding stands with the file that includes where it is, among the others of that file", () => {
  const files = new FakeConfigurationFiles({
    "/etc/a.conf": instance(150, "include all.conf"),
    "/etc/b.conf": instance(100, "include all.conf\nadvert_int 2\nfoo"),
    "/etc/all.conf": "nopreempt\n",
  });
  const checked = ["/etc/a.conf", "/etc/b.conf"].map((path) => check(path, files));
  const codes = checkTogether(checked, null, null).map(({ findings }) =>
    findings.map(({ kind }) => kind.code),
  );
  assert.deepEqual(codes, [["vk714"], ["vk721", "vk103"]]);
});

test("one file is held against a link by its host, several are nobody's", async () => {
  const files = new FakeConfigurationFiles({
    "/a.conf": instance(150, "version 3\nunicast_peer {\n10.0.0.9\n}"),
    "/b.conf": instance(100, "version 3\nunicast_peer {\n10.0.0.1\n}"),
  });
  const link = await hear([{}]);
  const host = hostOf({ eth0: "10.0.0.1/24" });
  const codesOf = (...paths: string[]): string[] => {
    const checked = paths.map((path) => check(path, files));
    return checkTogether(checked, host, link).flatMap(({ findings }) =>
      findings.map(({ kind }) => kind.code),
    );
  };
  assert.deepEqual(codesOf("/a.conf"), ["vk806"]);
  assert.deepEqual(codesOf("/a.conf", "/b.conf"), []);
});
