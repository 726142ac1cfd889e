import assert from "node:assert/strict";
import { test } from "node:test";
import { suspectNames, suspectsAmong } from "../../../../src/proto/vrrp/suspects.ts";

test("names are as the kernel cuts them: 15 bytes at most", () => {
  for (const name of suspectNames()) assert.ok(name.length <= 15, name);
});

test("each program is told once, with the setting for the interface", () => {
  const found = suspectsAmong(
    [
      { pid: 9, name: "dhclient" },
      { pid: 7, name: "systemd-network" },
      { pid: 8, name: "dhclient" },
      { pid: 1, name: "systemd" },
    ],
    "eth7",
  );
  assert.deepEqual(
    found.map(({ program, pid }) => [program, pid]),
    [
      ["systemd-networkd", 7],
      ["dhclient", 8],
    ],
  );
  assert.match(found[0]?.remedy ?? "", /KeepConfiguration=yes .* eth7/);
  assert.match(found[1]?.remedy ?? "", /eth7/);
});

test("programs of no ill repute are no suspects", () => {
  assert.deepEqual(suspectsAmong([{ pid: 2, name: "toString" }], "eth0"), []);
});
