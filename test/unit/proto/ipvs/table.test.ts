import assert from "node:assert/strict";
import { test } from "node:test";
import { destinationKey, serviceKey, tableOf } from "../../../../src/proto/ipvs/table.ts";
import { destinationTo, serviceAt, serviceId } from "../../../support/ipvs.ts";

test("the key of a service is what people call it", () => {
  for (const words of [
    ...["tcp 192.0.2.1:80", "udp [2001:db8::1]:53", "sctp 192.0.2.1:0"],
    ...["fwmark 5", "fwmark 5 inet6"],
  ])
    assert.equal(serviceKey(serviceId(words)), words);
});

test("the key of a destination is its address and port alone", () => {
  assert.equal(destinationKey(destinationTo("10.0.0.1:80", { weight: 7 })), "10.0.0.1:80");
  assert.equal(destinationKey(destinationTo("[2001:db8::2]:80")), "[2001:db8::2]:80");
});

test("a table keeps the order of its services", () => {
  const keys = ["tcp 192.0.2.9:80", "fwmark 1", "tcp 192.0.2.1:80"];
  const table = tableOf(keys.map((key) => ({ service: serviceAt(key), destinations: [] })));
  assert.deepEqual([...table.keys()], keys);
});
