import assert from "node:assert/strict";
import { test } from "node:test";
import { vridLines } from "../../../../src/commands/vrrp/vrid-text.ts";

const PAINT = { red: String, green: String, yellow: String };

test("nobody is said too; the time is told to ten milliseconds, this host as such", () => {
  const family = { family: "ipv4", suggested: 7, vips: [], used: [], free: [{ from: 1, to: 255 }] };
  const here = {
    protocol: "vrrp",
    address: "10.0.0.1",
    mac: "02:00:00:00:00:01",
    version: 3,
    priority: 100,
    vips: ["10.0.0.9"],
    here: true,
  } as const;
  const lines = vridLines(
    {
      interface: "eth0",
      listened_ms: 5003.7,
      families: [
        { ...family, family: "ipv4" },
        { ...family, family: "ipv6", used: [{ vrid: 9, owners: [here, here] }] },
      ],
    },
    PAINT,
  );
  const owner = "10.0.0.1 (02:00:00:00:00:01, this host) priority 100, version 3: 10.0.0.9";
  assert.deepEqual(lines, [
    "eth0  ipv4, heard for 5s",
    "  in use     none was heard",
    "  free       1-255",
    "  suggested  7",
    "eth0  ipv6, heard for 5s",
    `  vrid 9     ${owner}`,
    `             ${owner}`,
    "  free       1-255",
    "  suggested  7",
  ]);
});
