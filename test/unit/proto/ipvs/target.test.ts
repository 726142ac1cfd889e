import assert from "node:assert/strict";
import { test } from "node:test";
import { daemonSubject, destinationSubject } from "../../../../src/proto/ipvs/target.ts";

test("a destination is named with its service, for either may be there several times", () => {
  const ip = Uint8Array.of(192, 0, 2, 1);
  const id = { by: "address", protocol: "tcp", ip, port: 80 } as const;
  const destination = { ip: Uint8Array.of(10, 0, 0, 1), port: 8080 };
  assert.equal(destinationSubject(id, destination), "10.0.0.1:8080 of tcp 192.0.2.1:80");
  const mark = { by: "fwmark", mark: 5, family: 6 } as const;
  assert.equal(destinationSubject(mark, destination), "10.0.0.1:8080 of fwmark 5 inet6");
});

test("a sync daemon is named by its role", () => {
  assert.equal(daemonSubject({ role: "backup" }), "sync daemon backup");
});
