import assert from "node:assert/strict";
import test from "node:test";
import { pingRefusal } from "../../../../src/proto/check/ping-refusal.ts";

const said = (family: 4 | 6, type: number, code: number, mtu: number | null = null) =>
  pingRefusal({ family, type, code, sender: "192.0.2.254", mtu }, { method: "dgram" });

for (const [family, type, code, words] of [
  [4, 3, 1, "host unreachable"],
  [4, 3, 13, "prohibited by a filter"],
  [4, 3, 99, "unreachable, code 99"],
  [4, 11, 0, "TTL exceeded on the way"],
  [4, 12, 0, "header refused, code 0"],
  [6, 1, 3, "host unreachable"],
  [6, 1, 0, "no route there"],
  [6, 3, 0, "TTL exceeded on the way"],
] as const) {
  test(`IPv${family} type ${type} code ${code} is down, with its sender`, () => {
    assert.deepEqual(said(family, type, code), {
      verdict: "down",
      class: "L4CON",
      detail: `${words}, says 192.0.2.254`,
      facts: {
        method: "dgram",
        icmp_type: type,
        icmp_code: code,
        sender: "192.0.2.254",
        mtu: null,
      },
    });
  });
}

test("what does not fit tells the size that would", () => {
  assert.equal(
    said(4, 3, 4, 1400)?.detail,
    "too long to go unfragmented (MTU 1400), says 192.0.2.254",
  );
  assert.equal(said(6, 2, 0, 1280)?.detail, "too long for the way (MTU 1280), says 192.0.2.254");
});

test("a source quench and a redirect refuse nothing", () => {
  assert.equal(said(4, 4, 0), undefined);
  assert.equal(said(4, 5, 1), undefined);
  assert.equal(said(6, 137, 0), undefined);
});
