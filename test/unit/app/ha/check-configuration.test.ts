/**
 * What is found in a file, in which order. Of each kind of finding test/vectors/conf-findings has the least
 * file that shows it, `vk103.conf`, and what is told then, `vk103.txt`; UPDATE=1 writes the latter. Those
 * of several files and of a link are in check-together.test.ts.
 */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { checkConfiguration } from "../../../../src/app/ha/check-configuration.ts";
import { findingText } from "../../../../src/commands/ha/finding-text.ts";
import { KINDS } from "../../../../src/config/codes/index.ts";
import type { PathPart } from "../../../../src/core/path-part.ts";
import { configurationFiles } from "../../../../src/io/configuration-files.ts";
import { foundLines, SURROUNDINGS } from "../../../support/conf.ts";
import { hostOf } from "../../../support/effective.ts";
import { FakeConfigurationFiles } from "../../../support/fake-configuration-files.ts";
import { ROOT } from "../../../support/sources.ts";

const FOLDER = join(ROOT, "test/vectors/conf-findings");
const same = (text: string): string => text;
const PLAIN = { red: same, yellow: same, green: same };

const LAN = hostOf({ eth0: "10.0.0.1/24 fe80::1/64", eth1: "10.1.0.1/24" });
const TUNNEL = { mtu: 1500, hasMulticast: false, addresses: [], manager: null };
const PLAIN_LINK = { ...TUNNEL, hasMulticast: true };
const NETWORKD = {
  daemon: "systemd-networkd",
  file: "/run/systemd/network/10-eth2.network",
  keepsAddresses: false,
} as const;
const NETWORK_MANAGER = { daemon: "NetworkManager", file: null, keepsAddresses: false } as const;
const ROOT_OWNED = { uid: 0, gid: 0, mode: 0o755 };
const programs: Record<string, PathPart> = {
  "/bin/check": { path: "/bin/check", kind: "file", ...ROOT_OWNED },
  "/bin/plain": { path: "/bin/plain", kind: "file", ...ROOT_OWNED, mode: 0o644 },
  "/tmp/open": { path: "/tmp/open", kind: "file", ...ROOT_OWNED, mode: 0o777 },
  "/bin/nosuch": { path: "/bin/nosuch", kind: "missing", ...ROOT_OWNED },
};
const HOST = {
  ...LAN,
  interfaces: new Map([
    ...LAN.interfaces,
    ["tun0", TUNNEL],
    ["eth2", { ...PLAIN_LINK, manager: NETWORKD }],
    ["eth3", { ...PLAIN_LINK, manager: NETWORK_MANAGER }],
  ]),
  networkd: { dropsRoutes: true, dropsRules: true },
  programs: new Map(Object.entries(programs).map(([name, part]) => [name, [part]])),
};

process.chdir(FOLDER); // findings name files as they were asked for
for (const { code } of KINDS.filter(({ code }) => code < "vk700")) {
  test(`the least file with ${code}`, () => {
    assert.ok(existsSync(`${code}.conf`), `write test/vectors/conf-findings/${code}.conf`);
    const wish = { surroundings: SURROUNDINGS, host: HOST, tellsUnused: code === UNUSED };
    const { findings } = checkConfiguration(`${code}.conf`, wish, configurationFiles);
    // An instance that is cut down to one mistake lacks what others want of it: those have files of their own.
    const ofItsFile = findings.filter(({ kind }) => kind.code.slice(0, 3) === code.slice(0, 3));
    const told = ofItsFile.flatMap((one) => findingText(one, PLAIN)).map((line) => `${line}\n`);
    if (process.env.UPDATE === "1") writeFileSync(`${code}.txt`, told.join(""));
    assert.equal(told.join(""), readFileSync(`${code}.txt`, "utf8"));
    assert.ok(told.join("").includes(`[${code}]`));
  });
}

test("no file is of a kind that is no more", () => {
  const codes = new Set(KINDS.map(({ code }) => code));
  const left = readdirSync(FOLDER).filter(
    (name) => /^vk/.test(name) && !codes.has(name.slice(0, 5)),
  );
  assert.deepEqual(left, []);
});

const found = (texts: Readonly<Record<string, string>>, tellsUnused = false): string[] => {
  const wish = { surroundings: SURROUNDINGS, host: null, tellsUnused };
  const { findings } = checkConfiguration("/etc/a.conf", wish, new FakeConfigurationFiles(texts));
  const ofWords = findings.filter(({ kind }) => kind.code < "vk300");
  return foundLines(ofWords).map((line) =>
    line.replace("/etc", "").split(" ").slice(0, 2).join(" "),
  );
};

test("findings are in the order of their places, whoever made them, those of an include where it is", () => {
  const texts = {
    "/etc/a.conf": 'vrrp_instance A {\nfoo\ninclude b.conf\n}\nvrrp_instance B {\nstate "\n}\n',
    "/etc/b.conf": "priority\n",
  };
  assert.deepEqual(found(texts), ["/a.conf:2:1 vk103", "/b.conf:1:9 vk201", "/a.conf:6:7 vk110"]);
});

test("of a word that is none nothing else is told, and the words beside it are judged", () => {
  const none = `\${P}`;
  const texts = {
    "/etc/a.conf": `vrrp_instance A {\npriority ${none}\nadvert_int x\nnotify ${none} x y z\n}\n`,
  };
  assert.deepEqual(found(texts), [
    "/a.conf:2:10 vk111",
    "/a.conf:3:12 vk202",
    "/a.conf:4:8 vk111",
    "/a.conf:4:17 vk104",
  ]);
});

test("what is refused is not told to be missing too", () => {
  const texts = {
    "/etc/a.conf": [
      "vrrp_script chk { ",
      "script",
      "}",
      "vrrp_instance A {",
      "interface a/b",
      "virtual_router_id 300",
      "authentication {",
      "auth_type PASS",
      "auth_pass",
      "}",
      "virtual_ipaddress {",
      "10.0.0.300",
      "}",
      "}",
      "vrrp_instance B {",
      "interfac eth0",
      "virtual_router_ID 5",
      "native_ipv6",
      "virtual_ipaddress {",
      "10.0.0.3",
      "}",
      "}",
      "virtual_server 10.0.0.1 80 {",
      "lb_algo x",
      "lb_kind x",
      "protocol x",
      "real_server 10.0.0.2x 80 {",
      "}",
      "}",
    ].join("\n"),
  };
  const wish = { surroundings: SURROUNDINGS, host: null, tellsUnused: false };
  const { findings, vrrp } = checkConfiguration(
    "/etc/a.conf",
    wish,
    new FakeConfigurationFiles(texts),
  );
  const errors = findings.filter(({ kind }) => kind.severity === "error");
  assert.deepEqual(
    errors.map(({ kind, span }) => `${span.place.line} ${kind.code}`),
    [
      "2 vk201",
      "5 vk210",
      "6 vk203",
      "9 vk201",
      "12 vk205",
      "16 vk103",
      "17 vk103",
      "20 vk304",
      "24 vk204",
      "25 vk204",
      "26 vk204",
      "27 vk205",
    ],
  );
  assert.deepEqual(
    vrrp.refusals.map(({ kind }) => kind.code),
    ["vk301", "vk302", "vk301", "vk302"],
  );
});

test("what a generator repeats is told once", () => {
  const texts = { "/etc/a.conf": "vrrp_instance A {\n~SEQ(N, 1, 9) foo $N\n}\n" };
  assert.deepEqual(found(texts), ["/a.conf:2:15 vk103"]);
});

test("an unknown block is one finding, whatever stands inside", () => {
  const texts = { "/etc/a.conf": "vrrp_instnace A {\n  state MASTER\n  foo { bar }\n}\n" };
  assert.deepEqual(found(texts), ["/a.conf:1:1 vk103"]);
});

test("which keywords are not acted on is one note, and only where it is wanted", () => {
  const texts = { "/etc/a.conf": "vrrp_instance A {\n  state MASTER\n  debug 1\n}\n" };
  assert.deepEqual(found(texts), []);
  assert.deepEqual(found(texts, true), ["/a.conf:3:3 vk140"]);
});

const UNUSED = "vk140";
