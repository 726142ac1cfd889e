/** Tracked scripts in all kinds of places: `keepalived -t` refuses exactly those with an error of ours. */
import assert from "node:assert/strict";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { examine } from "../../src/config/examine.ts";
import { programsOf } from "../../src/config/rules/programs.ts";
import { wayToProgram } from "../../src/io/program-way.ts";
import { readConf } from "../support/conf.ts";
import { refusedOf } from "../support/keepalived-conf.ts";
import { Lan, labMissing } from "../support/netns.ts";

const skip = labMissing("keepalived");

/** Name, mode and owners of the script, and of the directory that it is in. */
const PLACES: readonly (readonly [
  name: string,
  file: readonly [mode: number, uid: number, gid: number],
  directory: readonly [mode: number, uid: number, gid: number],
])[] = [
  ["safe", [0o755, 0, 0], [0o755, 0, 0]],
  ["group-of-root", [0o775, 0, 0], [0o775, 0, 0]],
  ["group-of-others", [0o775, 0, 5], [0o755, 0, 0]],
  ["everybody", [0o757, 0, 0], [0o755, 0, 0]],
  ["of-a-user", [0o755, 1000, 0], [0o755, 0, 0]],
  ["of-a-group", [0o755, 0, 5], [0o755, 0, 5]],
  ["not-executable", [0o644, 0, 0], [0o755, 0, 0]],
  ["for-root-alone", [0o700, 0, 0], [0o700, 0, 0]],
  ["setuid", [0o4755, 0, 0], [0o755, 0, 0]],
  ["in-group-of-others", [0o755, 0, 0], [0o775, 0, 5]],
  ["in-everybodys", [0o755, 0, 0], [0o757, 0, 0]],
  ["in-everybodys-sticky", [0o755, 0, 0], [0o1777, 0, 0]],
  ["in-a-group-sticky", [0o755, 0, 0], [0o1775, 0, 5]],
  ["in-a-users", [0o755, 0, 0], [0o755, 1000, 0]],
  ["in-a-users-sticky", [0o755, 0, 0], [0o1755, 1000, 0]],
  ["sticky-file", [0o1757, 0, 0], [0o755, 0, 0]],
];

test("keepalived -t refuses a tracked script exactly where an error is found", {
  skip,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-places-"));
  t.after(() => rmSync(folder, { recursive: true }));
  chmodSync(folder, 0o755);
  const paths = PLACES.map(([name, file, directory]) =>
    place(join(folder, name, "x.sh"), file, directory),
  );
  symlinkSync(join(folder, "safe/x.sh"), join(folder, "link"));
  symlinkSync(join(folder, "in-everybodys"), join(folder, "link-to-directory"));
  const more = ["link", "link-to-directory/x.sh", "safe", "nosuch", "nosuch/x", "safe/x.sh/y"];
  const names = [
    ...paths,
    ...more.map((name) => join(folder, name)),
    "true",
    "no-such-program",
    "./x",
  ];
  const files = names.map((name) => [
    ...["vrrp_script s {", `script "${name} a b"`, "}", "vrrp_instance v {", "interface eth0"],
    ...[
      "virtual_router_id 9",
      "virtual_ipaddress {",
      "10.0.0.9",
      "}",
      "track_script {",
      "s",
      "}",
      "}",
    ],
  ]);
  await using lan = await Lan.open("a");
  const refused = await refusedOf(lan.hosts.a, files);
  const different = names.filter((_, index) => isRefused(files[index] ?? []) !== refused[index]);
  t.diagnostic(`${names.length} places, ${refused.filter(Boolean).length} refused by keepalived`);
  assert.deepEqual(different, []);
});

function place(
  path: string,
  [mode, uid, gid]: readonly [number, number, number],
  [directoryMode, directoryUid, directoryGid]: readonly [number, number, number],
): string {
  const directory = dirname(path);
  mkdirSync(directory);
  writeFileSync(path, "#!/bin/sh\n");
  chownSync(path, uid, gid);
  chmodSync(path, mode);
  chownSync(directory, directoryUid, directoryGid);
  chmodSync(directory, directoryMode);
  return path;
}

function isRefused(lines: readonly string[]): boolean {
  const globals = ["global_defs {", "enable_script_security", "script_user root", "}"];
  const { conf, findings } = readConf(...globals, ...lines);
  const programs = new Map(programsOf(conf).map(({ name }) => [name, wayToProgram(name)]));
  const host = {
    interfaces: new Map(),
    users: new Map([["root", 0]]),
    programs,
    takersOn: () => [],
  };
  examine(conf, host, (one) => void findings.push(one));
  return findings.some(({ kind }) => kind.severity === "error" && kind.code.startsWith("vk4"));
}
