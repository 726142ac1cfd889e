import assert from "node:assert/strict";
import { test } from "node:test";
import type { Paint } from "../../../../src/commands/define.ts";
import { changeLine } from "../../../../src/commands/vrrp/change-text.ts";
import type { Happening } from "../../../../src/proto/sniff/change.ts";
import { A, B, START_MS } from "../../../support/sniffed.ts";

const PAINT: Paint = {
  red: (text) => `<red>${text}`,
  green: (text) => `<green>${text}`,
  yellow: (text) => `<yellow>${text}`,
};

const HEAD = { segment: "eth0", vrid: 51, family: 4, atMs: START_MS + 1.5 } as const;
const lineOf = (happening: Happening): string => changeLine({ ...HEAD, ...happening }, PAINT);

const MASTER = { kind: "new-master", source: B, priority: 90, addresses: ["10.0.0.100"] } as const;
const change = (kind: "priority" | "interval" | "version" | "auth" | "mac" | "addresses") =>
  ({ kind, source: A, from: "x", to: "y" }) as const;

const CASES: readonly [happening: Happening, text: string][] = [
  [
    { ...MASTER, cause: "first", former: null, silentMs: null },
    `<green>${B} is master  priority=90 cause=first addresses=10.0.0.100`,
  ],
  [
    { ...MASTER, cause: "silence", former: A, silentMs: 3609 },
    `<green>${B} is master  priority=90 cause=silence former=${A} silent=3.609s addresses=10.0.0.100`,
  ],
  [
    { kind: "second-master", source: B, priority: 90, beside: A },
    `<red>SECOND MASTER ${B} priority=90 beside ${A}`,
  ],
  [
    { kind: "single-master", source: A, former: B, lastedMs: 2000, silentMs: 500 },
    `<green>${A} is the only master again  former=${B} lasted=2s`,
  ],
  [
    { kind: "two-groups", source: B, beside: A },
    `<red>VRID used by two groups: ${B} and ${A} have no address in common`,
  ],
  [{ kind: "resigned", source: A }, `<yellow>${A} resigned`],
  [{ kind: "lost", source: A, silentMs: 4000 }, `<red>LOST: nobody is master  last=${A} silent=4s`],
  [
    { kind: "recovered", source: A, silentMs: 9000 },
    `<green>recovered: ${A} is heard again  silent=9s`,
  ],
  [change("mac"), `<red>spoofed? ${A} MAC x -> y`],
  [change("addresses"), `<yellow>${A} addresses x -> y`],
  [change("priority"), `<yellow>${A} priority x -> y`],
  [change("interval"), `<yellow>${A} interval x -> y`],
  [change("version"), `<yellow>${A} version x -> y`],
  [change("auth"), `<yellow>${A} auth x -> y`],
  [{ kind: "verdict", source: A, reasons: [] }, `${A} adverts are right again`],
  [
    { kind: "verdict", source: A, reasons: [{ code: "short", level: "bad", text: "short" }] },
    `<red>${A} short`,
  ],
  [
    { kind: "claimed", address: "10.0.0.100", mac: "02:00:00:00:00:77" },
    "<red>10.0.0.100 claimed by 02:00:00:00:00:77, not the master",
  ],
];

for (const [happening, text] of CASES)
  test(`a line for ${happening.kind}: ${text}`, () => {
    assert.equal(lineOf(happening), `00:00:00.001500Z  eth0 vrid 51 IPv4  ${text}`);
  });

test("of a long list of addresses the first 8 are named", () => {
  const addresses = Array.from({ length: 12 }, (_, n) => `10.0.0.${n}`);
  const line = lineOf({ ...MASTER, addresses, cause: "first", former: null, silentMs: null });
  assert.match(line, /10\.0\.0\.7$/);
});
