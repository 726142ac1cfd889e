/** By what a router that is heard is not believed, and where no more is told of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "../../../../src/config/finding.ts";
import type { HeardSpeaker } from "../../../../src/config/wire/heard.ts";
import { checkWire } from "../../../../src/config/wire/wire.ts";
import { parseIp } from "../../../../src/core/addr.ts";
import { nodesOf } from "../../../support/cluster.ts";
import { instance } from "../../../support/effective.ts";

const SPEAKER: HeardSpeaker = {
  source: parseIp("10.0.0.2") ?? new Uint8Array(),
  isMaster: true,
  isHere: false,
  version: 3,
  intervalMs: 1000,
  auth: { kind: "none" },
  checksum: "pseudo-header",
  addresses: ["10.0.0.5"],
};

function found(inside: string, changes: Partial<HeardSpeaker> = {}): string[] {
  const [node] = nodesOf([instance(inside)]);
  assert.ok(node);
  const speakers = [{ ...SPEAKER, ...changes }];
  const routers = [{ vrid: 5, family: 4, speakers, disbelieved: 0 } as const];
  const findings: Finding[] = [];
  checkWire(node, { ifName: "eth0", listenedMs: 1000, routers }, (one) => findings.push(one));
  return findings.map(({ kind, message }) => `${kind.code} ${message}`);
}

const hmac = (...lines: string[]): string =>
  `version 3; auth_hmac {; key 1 ${"a".repeat(32)}; active_key 1; ${lines.join("; ")}; }`;
const DISCARDS = "vk804 vrrp_instance v discards the adverts of 10.0.0.2: ";
const auth = (type: string): string => `authentication {; auth_type ${type}; auth_pass one; }`;
const password = (text: string) =>
  ({ kind: "simple", password: new TextEncoder().encode(text) }) as const;

test("signatures are believed by their key, and missed where they have to be", () => {
  assert.deepEqual(found(hmac(), { auth: { kind: "hmac", keyId: 1 } }), []);
  const other = found(hmac(), { auth: { kind: "hmac", keyId: 2 } });
  assert.deepEqual(other, [`${DISCARDS}they are signed by key 2, which it has not`]);
  assert.deepEqual(found(hmac()), [`${DISCARDS}they are not signed`]);
  assert.deepEqual(found(hmac("mode permissive")), []);
  const unready = found("version 3", { auth: { kind: "hmac", keyId: 1 } });
  assert.deepEqual(unready, [`${DISCARDS}they are signed, and it has no auth_hmac`]);
});

test("passwords and kinds of version 2 are compared", () => {
  const v2 = { version: 2 };
  assert.deepEqual(found(auth("PASS"), { ...v2, auth: password("one") }), []);
  const other = found(auth("PASS"), { ...v2, auth: password("two") });
  assert.deepEqual(other, [`${DISCARDS}they have another password`]);
  const none = found(auth("PASS"), v2);
  assert.deepEqual(none, [`${DISCARDS}they have no authentication, not auth_type PASS`]);
  assert.deepEqual(found(auth("AH"), { ...v2, auth: { kind: "ah" } }), []);
});

test("of another version its authentication and checksum are not told too", () => {
  const codes = found(auth("PASS")).map((line) => line.slice(0, 5));
  assert.deepEqual(codes, ["vk801"]);
});

test("a checksum that satisfies both is right for each", () => {
  assert.deepEqual(found("version 3; v3_checksum_as_v2", { checksum: "both" }), []);
  assert.deepEqual(found("version 3", { checksum: "bare" }).length, 1);
});
