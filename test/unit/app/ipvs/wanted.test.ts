import assert from "node:assert/strict";
import { test } from "node:test";
import {
  isWanted,
  parseWantedServer,
  parseWantedServices,
} from "../../../../src/app/ipvs/wanted.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

test("a server without a port is meant with each that it has", () => {
  const [all, one] = ["10.0.0.1", "10.0.0.1:81"].map((text) => {
    const server = parseWantedServer(text);
    assert.ok(typeof server === "object");
    return ["10.0.0.1:80", "10.0.0.1:81", "10.0.0.2:81"].map((at) =>
      isWanted(server, destinationTo(at)),
    );
  });
  assert.deepEqual(all, [true, true, false]);
  assert.deepEqual(one, [false, true, false]);
});

test("a name is no server that IPVS has", () => {
  assert.match(String(parseWantedServer("web1.example:80")), /is a name/);
});

const SERVICES = ["tcp 192.0.2.1:80", "udp 192.0.2.1:80", "tcp 192.0.2.1:81", "fwmark 5"];

for (const [text, meant] of [
  ["tcp/192.0.2.1:80", ["tcp 192.0.2.1:80"]],
  ["tcp 192.0.2.1:80", ["tcp 192.0.2.1:80"]],
  ["192.0.2.1:80", ["tcp 192.0.2.1:80", "udp 192.0.2.1:80"]],
  ["192.0.2.1", ["tcp 192.0.2.1:80", "udp 192.0.2.1:80", "tcp 192.0.2.1:81"]],
  ["fwmark/5", ["fwmark 5"]],
] as const) {
  test(`services that ${text} means`, () => {
    const isMeant = parseWantedServices(text);
    assert.ok(typeof isMeant === "function");
    assert.deepEqual(
      SERVICES.filter((name) => isMeant(serviceAt(name).id)),
      meant,
    );
  });
}

test("what names no service is refused with the reason", () => {
  assert.match(String(parseWantedServices("http/192.0.2.1:80")), /tcp\|udp\|sctp/);
  assert.match(String(parseWantedServices("nonsense:80")), /is a name/);
});
