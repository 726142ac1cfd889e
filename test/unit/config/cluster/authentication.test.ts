/** Passwords and keys that nodes do not share: who discards whose adverts. No secret is told. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { clustered } from "../../../support/cluster.ts";
import { instance } from "../../../support/effective.ts";

const pair = (a: string, b: string): string[] =>
  clustered([instance(`priority 150; ${a}`), instance(`priority 100; ${b}`)]);
const DISCARDED = "each discards the adverts of the other, and both become MASTER";
const auth = (type: string, password: string): string =>
  `authentication {; auth_type ${type}; auth_pass ${password}; }`;

test("kind and password are compared, also where one has none", () => {
  assert.deepEqual(pair(auth("PASS", "one"), auth("PASS", "one")), []);
  assert.deepEqual(pair(auth("PASS", "one"), auth("PASS", "two")), [
    `b.conf:7:11 vk706 vrrp_instance v has another auth_pass than in a.conf: ${DISCARDED} (a.conf:7:11 the other one)`,
  ]);
  assert.deepEqual(pair(auth("PASS", "one"), auth("AH", "one")), [
    `b.conf:6:11 vk706 vrrp_instance v has auth_type AH, but auth_type PASS in a.conf: ${DISCARDED} (a.conf:6:11 the other one)`,
  ]);
  assert.deepEqual(pair(auth("PASS", "one"), ""), [
    `b.conf:1:15 vk706 vrrp_instance v has no authentication, but auth_type PASS in a.conf: ${DISCARDED} (a.conf:6:11 the other one)`,
  ]);
  const [version, more] = pair(auth("PASS", "one"), "version 3");
  assert.match(version ?? "", /vk701/);
  assert.equal(more, undefined, "version 3 has none");
});

const hmac = (...lines: string[]): string => `version 3; auth_hmac {; ${lines.join("; ")}; }`;
const ONE = `key 1 ${"a".repeat(32)}`;
const TWO = `key 2 ${"b".repeat(32)}`;

/** What the first node has, what the second one has, and what is found. */
const CASES: readonly (readonly [a: string, b: string, found: string | null])[] = [
  [hmac(ONE, "active_key 1"), hmac(ONE, "active_key 1"), null],
  [hmac(ONE, TWO, "active_key 2"), hmac(ONE, TWO, "active_key 1"), null],
  [hmac("key 1 file:/k", "active_key 1"), hmac(ONE, "active_key 1"), null],
  [hmac(ONE, "active_key 1", "mode receive-only"), "version 3", null],
  [
    hmac(ONE, "active_key 1"),
    hmac(TWO.replace("2", "1"), "active_key 1"),
    "b.conf:6:1 vk707 vrrp_instance v discards the adverts of a.conf: its key 1 is another one (a.conf:6:1 who sends them)",
  ],
  [
    hmac(ONE, "active_key 1"),
    hmac(ONE, TWO, "active_key 2"),
    "a.conf:6:1 vk707 vrrp_instance v discards the adverts of b.conf: they are signed by key 2, which it has not (b.conf:6:1 who sends them)",
  ],
  [
    hmac(ONE, "active_key 1"),
    "version 3",
    "b.conf:1:15 vk707 vrrp_instance v discards the adverts of a.conf: they are signed, and it has no auth_hmac (a.conf:6:1 who sends them)",
  ],
  [
    "version 3",
    hmac(ONE, "active_key 1"),
    "b.conf:6:1 vk707 vrrp_instance v discards the adverts of a.conf: they are not signed (a.conf:1:15 who sends them)",
  ],
];

test("each node can verify what another one signs", () => {
  for (const [a, b, found] of CASES) {
    assert.deepEqual(pair(a, b), found === null ? [] : [found], `${a} | ${b}`);
  }
});
