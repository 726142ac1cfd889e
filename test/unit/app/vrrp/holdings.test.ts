/** Several holdings as one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { allOf, type Holding } from "../../../../src/app/vrrp/holdings.ts";
import { SystemError } from "../../../../src/core/errors.ts";

test("parts are had in their order and given up in the opposite one", () => {
  const calls: string[] = [];
  const both = allOf([part("addresses", calls), part("routes", calls)]);
  both.hold();
  both.release();
  assert.deepEqual(calls, ["hold addresses", "hold routes", "release routes", "release addresses"]);
});

test("a part that is refused does not keep the others from theirs, and its error is the answer", () => {
  const calls: string[] = [];
  const refused = (): never => {
    throw new SystemError("route add", "default", "ENETUNREACH", "no way there");
  };
  const both = allOf([{ ...part("routes", calls), hold: refused }, part("rules", calls)]);
  assert.throws(() => both.hold(), /route add default/);
  assert.deepEqual(calls, ["hold rules"]);
});

test("what each of them found before the start is told", () => {
  const both = allOf([part("addresses", []), part("routes", [])]);
  assert.deepEqual(both.leftovers(), ["addresses was there", "routes was there"]);
  assert.deepEqual(both.inherit(), ["addresses was there", "routes was there"]);
});

function part(name: string, calls: string[]): Holding {
  return {
    hold: () => void calls.push(`hold ${name}`),
    release: () => void calls.push(`release ${name}`),
    leftovers: () => [`${name} was there`],
    inherit: () => [`${name} was there`],
  };
}
