/** Programs that keepalived would not run: what is found names the part of the path that is to blame. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PathPart } from "../../../../src/core/path-part.ts";
import { examined, hostOf, instance } from "../../../support/effective.ts";

const GLOBALS = "global_defs {; enable_script_security; script_user root; }";
const NAME = "/etc/keepalived/chk.sh";
const tracked = (globals: string, inside = ""): string =>
  `${globals}; vrrp_script s {; script "${NAME} -x"; timeout 1; ${inside}; }; ${instance("track_script {; s; }")}`;
const hooked = (globals: string, user = ""): string =>
  `${globals}; ${instance(`notify_master ${NAME} ${user}`)}`;

type Changes = Partial<Omit<PathPart, "path">>;

/** / and two directories and the file, as root would have them but for the changes. */
const way = (directory: Changes = {}, file: Changes = {}): readonly PathPart[] => {
  const safe = { kind: "directory", uid: 0, gid: 0, mode: 0o755 } as const;
  return [
    { path: "/", ...safe },
    { path: "/etc", ...safe },
    { path: "/etc/keepalived", ...safe, ...directory },
    { path: NAME, ...safe, kind: "file", ...file },
  ];
};

const found = (text: string, program: readonly PathPart[] = way(), user = "operator"): string[] =>
  examined(text, {
    ...hostOf({ eth0: "10.0.0.1/24" }),
    users: new Map([
      ["root", 0],
      [user, 1000],
    ]),
    programs: new Map([[NAME, program]]),
  })
    .filter((line) => /vk43\d/.test(line))
    .map((line) => line.replace(/^a\.conf:/, ""));

/** The way, and what is found of a script that is tracked. */
const WAYS: readonly (readonly [
  what: string,
  program: readonly PathPart[],
  found: readonly string[],
])[] = [
  ["all safe", way(), []],
  [
    "a directory of a group",
    way({ mode: 0o775, gid: 50 }),
    [`vk432 ${NAME}: /etc/keepalived can be changed by group 50 (0775 0:50), and it runs as root`],
  ],
  ["a directory of the group of root", way({ mode: 0o775 }), []],
  [
    "a directory of everybody",
    way({ mode: 0o777 }),
    [`vk432 ${NAME}: /etc/keepalived can be changed by everybody (0777 0:0), and it runs as root`],
  ],
  ["a directory of everybody where each has his own files", way({ mode: 0o1777 }), []],
  [
    "a file of a user",
    way({}, { uid: 1000 }),
    [`vk432 ${NAME}: ${NAME} belongs to user 1000 (0755 1000:0), and it runs as root`],
  ],
  [
    "a file of everybody, sticky or not",
    way({}, { mode: 0o1757 }),
    [`vk432 ${NAME}: ${NAME} can be changed by everybody (1757 0:0), and it runs as root`],
  ],
  ["no file", way({}, { kind: "missing" }), [`vk430 there is no ${NAME}`]],
  [
    "no directory",
    way({ kind: "missing" }).slice(0, 3),
    [`vk430 ${NAME}: there is no /etc/keepalived`],
  ],
  ["not in PATH", [], [`vk430 PATH has no ${NAME}`]],
  ["a directory", way({}, { kind: "directory" }), [`vk432 ${NAME}: ${NAME} is no regular file`]],
  [
    "a file that is not executable",
    way({}, { mode: 0o644 }),
    [`vk434 ${NAME}: ${NAME} is not executable (0644 0:0)`],
  ],
];

for (const [what, program, expected] of WAYS) {
  test(`a tracked script, ${what}: ${expected[0]?.slice(0, 5) ?? "nothing is found"}`, () => {
    const lines = expected.map((line) => `6:8 ${line}`);
    assert.deepEqual(found(tracked(GLOBALS), program), lines);
  });
}

test("of a hook the same is a warning, for keepalived -t says nothing of it", () => {
  const codes = (program: readonly PathPart[]) =>
    found(hooked(GLOBALS), program).map((line) => line.split(" ")[1]);
  assert.deepEqual(codes(way({ mode: 0o777 })), ["vk433"]);
  assert.deepEqual(codes([]), ["vk431"]);
});

test("a program that does not run as root may belong to others", () => {
  assert.deepEqual(found(tracked(GLOBALS, "user operator"), way({ uid: 1000 })), []);
});

test("without enable_script_security the first program that is there is told", () => {
  const line = `vk435 ${NAME} is run, and enable_script_security is not set`;
  assert.deepEqual(found(hooked("")), [`4:15 ${line}`]);
  assert.deepEqual(found(hooked(""), []), [`4:15 vk431 PATH has no ${NAME}`]);
  assert.deepEqual(found(tracked("global_defs {; script_user root; }"), way({ uid: 7 })), [
    `5:8 vk433 ${NAME}: /etc/keepalived belongs to user 7 (0755 7:0), and it runs as root`,
    `5:8 ${line}`,
  ]);
});

test("a user that the host lacks is told, and not what would come of it", () => {
  const unknown = "global_defs {; enable_script_security; script_user nosuch; }";
  assert.deepEqual(found(tracked(unknown), []), [
    "3:13 vk436 the host has no user nosuch, as whom scripts are to run",
  ]);
  assert.deepEqual(found(tracked(GLOBALS, "user nosuch"), []), [
    `8:6 vk436 the host has no user nosuch, as whom ${NAME} is to run`,
  ]);
  assert.deepEqual(found(hooked(GLOBALS, "nosuch"), []), [
    `8:15 vk437 the host has no user nosuch, as whom ${NAME} is to run`,
  ]);
});

test("with script security and without script_user there has to be keepalived_script", () => {
  const globals = "global_defs {; enable_script_security; }";
  assert.deepEqual(found(tracked(globals)), [
    `5:8 vk438 there is no user keepalived_script, as whom ${NAME} is to run`,
  ]);
  assert.deepEqual(found(tracked(globals), way(), "keepalived_script"), []);
});

test("a script that nothing tracks is not run, and a word for a shell is no file", () => {
  assert.deepEqual(
    found(`${GLOBALS}; vrrp_script s {; script ${NAME}; }; ${instance("")}`, []),
    [],
  );
  const shell = `${GLOBALS}; vrrp_script s {; script "</dev/tcp/127.0.0.1/80"; }; ${instance("track_script {; s; }")}`;
  assert.deepEqual(found(shell, []), []);
});
