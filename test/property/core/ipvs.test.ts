import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeFamily, decodeGenl, genlBody } from "../../../src/core/netlink/genl.ts";
import { IPVS } from "../../../src/core/netlink/ipvs.ts";
import { decodeDaemon, decodeTimeouts } from "../../../src/core/netlink/ipvs-daemon.ts";
import {
  addDestination,
  decodeDestination,
  decodeDestinationSettings,
} from "../../../src/core/netlink/ipvs-destination.ts";
import { addService, decodeService } from "../../../src/core/netlink/ipvs-service.ts";
import type { Decoded } from "../../../src/core/result.ts";
import { services } from "../../support/ipvs-kernel-tables.ts";
import * as vectors from "../../vectors/ipvs.ts";

const DECODERS: readonly ((body: Uint8Array) => Decoded<unknown>)[] = [
  ...[decodeFamily, decodeService, decodeDestination, decodeDestinationSettings],
  ...[decodeDaemon, decodeTimeouts],
];

/** A real message of which some bytes were changed and the end perhaps cut off. */
const mutated = fc
  .tuple(
    fc.constantFrom(...Object.values(vectors).flat()),
    fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
    fc.nat(),
  )
  .map(([vector, changes, cut]) => {
    const body = vector.slice();
    for (const [at, byte] of changes) body[at % body.length] = byte;
    return cut % 2 === 0 ? body : body.subarray(0, cut % body.length);
  });

test("no bytes make a decoder throw", () => {
  const check = (body: Uint8Array): void => {
    for (const decode of DECODERS) decode(body);
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), check), { numRuns: 500 });
  fc.assert(fc.property(mutated, check), { numRuns: 2000 });
});

/** As the kernel tells what it was asked for: with counters. */
function told(request: Uint8Array): Uint8Array {
  const result = decodeGenl("test", request, IPVS, ({ service, destination }) =>
    genlBody(1, 1, IPVS, {
      ...(destination === undefined && { service: { ...service, stats64: STATS } }),
      destination: destination && { ...destination, stats64: STATS },
    }),
  );
  assert.ok(result.ok);
  return result.value;
}

test("services and destinations are read as they were written", () => {
  const check = (table: typeof services extends fc.Arbitrary<infer T> ? T : never): void => {
    for (const { service, destinations } of table) {
      const read = decodeService(told(addService(service).body));
      assert.deepEqual(read.ok && read.value.service, service);
      for (const destination of destinations) {
        const one = decodeDestination(told(addDestination(service.id, destination).body));
        assert.deepEqual(one.ok && one.value.destination, destination);
      }
    }
  };
  fc.assert(fc.property(services, check));
});

const STATS = {
  ...{ connections: 0n, inPackets: 0n, outPackets: 0n, inBytes: 0n, outBytes: 0n },
  ...{ connectionsPerS: 0n, inPacketsPerS: 0n, outPacketsPerS: 0n },
  ...{ inBytesPerS: 0n, outBytesPerS: 0n },
};
