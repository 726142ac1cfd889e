import assert from "node:assert/strict";
import { test } from "node:test";
import { parseEndpoint, parseService } from "../../../../src/proto/ipvs/service-name.ts";
import { serviceKey } from "../../../../src/proto/ipvs/table.ts";

/** As it is written again, or why not. */
const read = (text: string): string => {
  const id = parseService(text);
  return typeof id === "string" ? `"${id}"` : serviceKey(id);
};

test("a service is read as its key is written, also with a slash", () => {
  for (const key of [
    ...["tcp 192.0.2.1:80", "udp [2001:db8::1]:53", "sctp 192.0.2.1:0"],
    ...["fwmark 5", "fwmark 4294967295 inet6"],
  ])
    assert.equal(read(key), key);
  assert.equal(read("tcp/192.0.2.1:80"), "tcp 192.0.2.1:80");
  assert.equal(read("fwmark/5"), "fwmark 5");
  assert.equal(read("fwmark 5 inet"), "fwmark 5");
});

test("without a port it is all ports", () => {
  assert.equal(read("tcp 192.0.2.1"), "tcp 192.0.2.1:0");
  assert.equal(read("tcp 2001:db8::1"), "tcp [2001:db8::1]:0");
});

test("what is no service is told why", () => {
  for (const text of ["", "tcp", "192.0.2.1:80", "icmp 192.0.2.1:80", "toString 1"])
    assert.match(read(text), /none of tcp\|udp\|sctp/);
  assert.match(read("fwmark 0"), /no mark within 1/);
  assert.match(read("fwmark 4294967296"), /no mark/);
  assert.match(read("tcp www.example:80"), /has a name/);
  assert.match(read("tcp 192.0.2.1:65536"), /port 65536/);
  assert.match(read("tcp [192.0.2.1]:80"), /no IPv6 address in its brackets/);
  assert.match(read("tcp 192.0.2.1-9:80"), /is no HOST:PORT/);
});

test("a server may have a name, and no port", () => {
  assert.deepEqual(parseEndpoint("web1.example:8080"), {
    ...{ host: "web1.example", ip: null, port: 8080 },
  });
  assert.deepEqual(parseEndpoint("web1"), { host: "web1", ip: null, port: null });
  for (const text of ["", "a b:80", "web:x", "10.0.0.0/24", "10.0.0.1-2", "1.2.3", "fe80::1%eth0"])
    assert.equal(typeof parseEndpoint(text), "string", text);
});
