import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FOREVER, type InterfaceAddress } from "../../../src/core/netlink/rtnl-address.ts";
import {
  type AddressChange,
  addressKey,
  inverse,
  planAbsence,
  planPresence,
} from "../../../src/proto/address-plan.ts";

/** Few enough values that wishes and addresses meet. */
const address: fc.Arbitrary<InterfaceAddress> = fc
  .tuple(fc.boolean(), fc.nat({ max: 3 }), fc.constantFrom(24, 32), fc.constantFrom(0, FOREVER))
  .map(([ip4, last, prefixLength, preferredLftS]) => {
    const ip = new Uint8Array(ip4 ? 4 : 16).fill(last, -1);
    const none = { peer: null, broadcast: null, label: null, scope: 0, flags: 0 };
    return {
      ...none,
      protocol: 0,
      metric: 0,
      ifIndex: 1,
      ip,
      prefixLength,
      validLftS: FOREVER,
      preferredLftS,
    };
  });
const kernel = fc.uniqueArray(address, { selector: addressKey });
const wish = fc
  .tuple(address, fc.boolean())
  .map(([{ ifIndex, ip, prefixLength, preferredLftS }, says]) => {
    const key = { ifIndex, ip, prefixLength };
    return says ? { ...key, preferredLftS } : key;
  });

/** What the kernel has when a plan is carried out. */
function carriedOut(plan: readonly AddressChange[], actual: readonly InterfaceAddress[]) {
  const state = new Map(actual.map((own) => [addressKey(own), own]));
  for (const { kind, address: changed } of plan) {
    const at = addressKey(changed);
    assert.equal(state.has(at), kind !== "add", `${kind} of what ${at} is`);
    if (kind === "delete") state.delete(at);
    else state.set(at, { ...BLANK, ...changed });
  }
  return state;
}

const BLANK = {
  peer: null,
  broadcast: null,
  label: null,
  scope: 0,
  flags: 0,
  protocol: 0,
  metric: 0,
  validLftS: FOREVER,
  preferredLftS: FOREVER,
};

test("a plan carried out leaves nothing to do, and all wishes come true", () => {
  fc.assert(
    fc.property(fc.uniqueArray(wish, { selector: addressKey }), kernel, (wishes, actual) => {
      const after = carriedOut(planPresence(wishes, actual), actual);
      assert.deepEqual(planPresence(wishes, [...after.values()]), []);
      for (const wished of wishes) assert.ok(after.has(addressKey(wished)));
      for (const own of actual) assert.ok(after.has(addressKey(own)));
    }),
  );
});

test("nothing unwanted stays, and nothing else goes", () => {
  fc.assert(
    fc.property(fc.array(address), kernel, (unwanted, actual) => {
      const after = carriedOut(planAbsence(unwanted, actual), actual);
      const gone = new Set(unwanted.map(addressKey));
      const left = actual.map(addressKey).filter((own) => !gone.has(own));
      assert.deepEqual([...after.keys()], left);
    }),
  );
});

test("a plan taken back in reverse leaves what was there before", () => {
  fc.assert(
    fc.property(fc.array(wish), kernel, (wishes, actual) => {
      const plan = planPresence(wishes, actual);
      const after = [...carriedOut(plan, actual).values()];
      const again = carriedOut(plan.map(inverse).reverse(), after);
      assert.deepEqual(again, new Map(actual.map((own) => [addressKey(own), own])));
    }),
  );
});
