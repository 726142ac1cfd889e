import assert from "node:assert/strict";
import { test } from "node:test";
import { methodText, serviceFields, stepFields } from "../../../../src/proto/ipvs/fields.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

test("what is not set is null, and flags have the names of their scheduler", () => {
  const service = serviceAt("tcp 192.0.2.1:80", { scheduler: "mh", schedulerFlags: 3 });
  assert.deepEqual(serviceFields(service), {
    ...{ scheduler: "mh", flags: "mh-fallback+mh-port", persistence: null },
    ...{ netmask: null, engine: null, "one-packet": null },
  });
});

test("a change tells what differs alone, from what to what", () => {
  const [from, to] = [destinationTo("10.0.0.1:80"), destinationTo("10.0.0.1:80", { weight: 5 })];
  const { id } = serviceAt("tcp 192.0.2.1:80");
  assert.deepEqual(stepFields({ kind: "set-destination", id, destination: to, from }), [
    { name: "weight", from: "1", to: "5" },
  ]);
  assert.deepEqual(stepFields({ kind: "delete-destination", id, destination: from }), []);
});

test("a tunnel says how packets are wrapped", () => {
  const gue = { by: "tunnel", type: "gue", port: 6080, checksum: "remote" } as const;
  assert.equal(methodText(gue), "tunnel gue:6080 remote");
  assert.equal(methodText({ by: "masq" }), "nat");
});
