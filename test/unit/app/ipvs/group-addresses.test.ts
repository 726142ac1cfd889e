/** All services that a virtual_server is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { serviceIdsOf } from "../../../../src/app/ipvs/group-addresses.ts";
import { UsageError } from "../../../../src/core/errors.ts";
import { serviceKey } from "../../../../src/proto/ipvs/table.ts";
import { balanced } from "../../../support/effective.ts";

function keys(head: string, inside = "protocol TCP", members = ""): string[] {
  const group = `virtual_server_group g {; ${members}; }`;
  const server = `virtual_server ${head} {; ${inside}; real_server 10.0.1.1 80 {; }; }`;
  const { lvs } = balanced(`${group}; ${server}`);
  return lvs.servers.flatMap(serviceIdsOf).map(serviceKey);
}

test("an address with its port, or with all", () => {
  assert.deepEqual(keys("10.0.0.1 80"), ["tcp 10.0.0.1:80"]);
  assert.deepEqual(keys("10.0.0.1", "protocol SCTP"), ["sctp 10.0.0.1:0"]);
});

test("a mark is of the family of the virtual server, and 0 is none", () => {
  assert.deepEqual(keys("fwmark 5"), ["fwmark 5"]);
  assert.deepEqual(keys("fwmark 5", "ip_family inet6; lvs_method TUN"), ["fwmark 5 inet6"]);
  assert.deepEqual(keys("fwmark 0"), []);
});

test("each address of a group, ranges and networks included, carrying over octets", () => {
  const members = "10.1.0.254-10.1.1.1 80; 10.2.0.0/31 81; fwmark 7 inet; fwmark 8 inet6";
  assert.deepEqual(keys("group g", "protocol UDP; lvs_method TUN", members), [
    ...["udp 10.1.0.254:80", "udp 10.1.0.255:80", "udp 10.1.1.0:80", "udp 10.1.1.1:80"],
    ...["udp 10.2.0.0:81", "udp 10.2.0.1:81", "fwmark 7", "fwmark 8 inet6"],
  ]);
  assert.deepEqual(keys("group g", "protocol TCP; lvs_method TUN", "fd00::fffe-ffff 80"), [
    ...["tcp [fd00::fffe]:80", "tcp [fd00::ffff]:80"],
  ]);
});

test("a range that no kernel could have is refused, and not begun", () => {
  const many = () => keys("group g", "protocol TCP", "10.0.0.0/8 80");
  assert.throws(many, (error) => error instanceof UsageError && /group g/.test(error.message));
});
