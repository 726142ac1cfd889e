/** Whatever words stand behind its keywords, a file is read to its end, and each finding is about a place in it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Table } from "../../../src/config/keyword.ts";
import { ROOT } from "../../../src/config/tables/root.ts";
import { readConf } from "../../support/conf.ts";

const keywordsOf = (table: Table): string[] =>
  Object.entries(table).flatMap(([name, { takes }]) => [
    name,
    ...(takes.table === undefined ? [] : keywordsOf(takes.table)),
  ]);

const WORDS = [
  ...new Set(keywordsOf(ROOT)),
  ...["0", "-1", "1", "255", "256", "1.5", "0x10", "5x", "99999999999", "on", "off", "reverse"],
  ...["10.0.0.9", "10.0.0.9/24", "10.0.0.9/", "fe80::9/64", "default", "eth0", "02:00:5e:00:01"],
  ...["+", "-", "a/b/c", "1-2", "hex:00", "file:", "lock", "ip", "mpls", "blackhole", "inet6"],
  ...[
    "10.0.0.1-9",
    "10.0.0.1-",
    "10.0.0.0/29",
    "fd00::1-ff",
    "200-299",
    "IWGRP|IWOTH",
    "00ff",
    "x",
  ],
  ...["fwmark", "group", "TUN", "gue", "255.0.255.0", "all", "VS", "NO_SEND_RX", "+match"],
];

const word = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 9 }) },
);

const line = fc
  .tuple(fc.array(word, { minLength: 1, maxLength: 6 }), fc.constantFrom("", "", " {", "}"))
  .map(([words, end]) => (end === "}" ? end : `${words.join(" ")}${end}`));

test("a file of any words is read, and its findings have places", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(ROOT)),
      fc.constantFrom(
        "",
        "virtual_ipaddress {",
        "virtual_routes {",
        "virtual_rules {",
        "real_server 10.0.0.3 80 {",
        "url {",
      ),
      fc.array(line, { maxLength: 12 }),
      (block, list, lines) => {
        const file = [`${block} NAME {`, list, ...lines];
        for (const { span, kind, message } of readConf(...file).findings) {
          const { line: at, column } = span.place;
          const length = (file[at - 1] as string).length;
          const isInside = column >= 1 && column - 1 + span.length <= length;
          assert.ok(isInside, `${kind.code} ${message} at ${at}:${column}+${span.length}`);
        }
      },
    ),
    { numRuns: 2000 },
  );
});
