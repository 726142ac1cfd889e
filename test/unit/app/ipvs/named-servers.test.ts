import assert from "node:assert/strict";
import { test } from "node:test";
import { withAddresses } from "../../../../src/app/ipvs/named-servers.ts";
import { parseYamlTarget } from "../../../../src/app/ipvs/yaml-target.ts";
import { type Family, type IpBytes, parseIp } from "../../../../src/core/addr.ts";
import { SystemError } from "../../../../src/core/errors.ts";
import { destinationTo } from "../../../support/ipvs.ts";

const { signal } = new AbortController();
const FILE = `services:
  - service: tcp 192.0.2.1:80
    destinations:
      - {server: 10.0.0.1, method: nat, weight: 9}
      - {server: 'web:8080', method: nat, weight: 3}
      - {server: web, method: nat}
`;

const resolving = (...addresses: readonly string[]) => ({
  resolveName: async (_name: string, family: Family | undefined): Promise<IpBytes[]> =>
    addresses
      .map((text) => parseIp(text) ?? assert.fail(text))
      .filter((ip) => family !== 4 || ip.length === 4),
});

test("a name is a destination for each of its addresses, of the service's family", async () => {
  const written = await parseYamlTarget(FILE, "f");
  const { table, places } = await withAddresses(
    written,
    resolving("10.0.0.1", "10.0.0.2", "2001:db8::1"),
    signal,
  );
  assert.deepEqual(table.get("tcp 192.0.2.1:80")?.destinations, [
    destinationTo("10.0.0.1:80", { weight: 9 }), // that of the name is the same server
    destinationTo("10.0.0.1:8080", { weight: 3 }),
    destinationTo("10.0.0.2:8080", { weight: 3 }),
    destinationTo("10.0.0.2:80"),
  ]);
  assert.equal(places.get("10.0.0.2:8080 of tcp 192.0.2.1:80"), "f:5:18");
  assert.equal(
    written.table.get("tcp 192.0.2.1:80")?.destinations.length,
    1,
    "can be looked up anew",
  );
});

test("a name that is none is told with its place", async () => {
  const resolveName = async (name: string): Promise<IpBytes[]> => {
    throw new SystemError("look up", name, "ENOTFOUND", "no such name");
  };
  await assert.rejects(withAddresses(await parseYamlTarget(FILE, "f"), { resolveName }, signal), {
    code: "ENOTFOUND",
    message: "look up web at f:5:18: no such name (ENOTFOUND)",
  });
});
