import assert from "node:assert/strict";
import { test } from "node:test";
import { sortedDestinations, sortedServices } from "../../../../src/proto/ipvs/ipvsadm-order.ts";
import { destinationKey, serviceKey } from "../../../../src/proto/ipvs/table.ts";
import { destinationTo, serviceId } from "../../../support/ipvs.ts";

const servers = (...all: string[]): string[] =>
  sortedDestinations(
    all.map((one) => destinationTo(one)),
    (one) => one,
  ).map(destinationKey);

test("as ipvsadm 1.31 sorted what Linux told in this order, though of three each comes before another", () => {
  const told = [
    ...["10.1.0.22:80", "10.1.0.21:80", "10.1.0.20:0", "127.0.0.1:90", "127.0.0.1:80"],
    ...["[fd00::7]:80", "10.1.0.9:80", "10.1.0.8:80", "10.1.0.7:80", "10.1.0.6:80"],
    ...["10.1.0.3:81", "10.1.0.2:80", "10.1.0.1:80"],
  ];
  assert.deepEqual(servers(...told), [
    ...["10.1.0.1:80", "10.1.0.2:80", "10.1.0.3:81", "10.1.0.6:80", "10.1.0.7:80"],
    ...["10.1.0.8:80", "10.1.0.9:80", "10.1.0.20:0"],
    ...["10.1.0.21:80", "10.1.0.22:80", "127.0.0.1:80", "127.0.0.1:90", "[fd00::7]:80"],
  ]);
});

test("differences are signed: 192.168.0.1 comes before 10.0.0.1", () => {
  assert.deepEqual(servers("10.0.0.1:80", "192.168.0.1:80"), ["192.168.0.1:80", "10.0.0.1:80"]);
});

test("services by mark, family, protocol, address, port", () => {
  const words = [
    ...["tcp 224.0.0.1:80", "tcp 10.0.0.1:80", "tcp 10.0.0.1:81", "udp 10.0.0.1:53"],
    ...["sctp 10.0.0.1:9", "tcp [fd00::1]:80", "fwmark 5", "fwmark 5 inet6", "fwmark 6"],
  ];
  const sorted = sortedServices(words.map(serviceId).reverse(), (id) => id);
  assert.deepEqual(sorted.map(serviceKey), words);
  const high = sortedServices(
    [serviceId("tcp 10.0.0.1:80"), serviceId("fwmark 4294967295")],
    (id) => id,
  );
  assert.deepEqual(high.map(serviceKey), ["fwmark 4294967295", "tcp 10.0.0.1:80"]);
});
