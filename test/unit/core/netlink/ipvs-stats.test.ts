import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeGenl, genlBody } from "../../../../src/core/netlink/genl.ts";
import { IPVS, type StatsAttributes } from "../../../../src/core/netlink/ipvs.ts";
import { statsOf } from "../../../../src/core/netlink/ipvs-stats.ts";
import * as vectors from "../../../vectors/ipvs.ts";

const read = (body: Uint8Array) =>
  decodeGenl("stats", body, IPVS, ({ service }, r) => statsOf(r, service?.stats64));
const written = (stats64: StatsAttributes) => genlBody(1, 1, IPVS, { service: { stats64 } });
const ALL = {
  ...{ connections: 1n, inPackets: 2n ** 32n, outPackets: 2n ** 64n - 1n },
  ...{ inBytes: 2n ** 53n + 1n, outBytes: 5n, connectionsPerS: 6n },
  ...{ inPacketsPerS: 7n, outPacketsPerS: 8n, inBytesPerS: 9n, outBytesPerS: 10n },
};

test("counters and rates are those that the kernel tells", () => {
  const result = read(vectors.countedService);
  assert.deepEqual(result, {
    ok: true,
    value: {
      ...{ connections: 1n, inPackets: 3n, outPackets: 3n, inBytes: 87n, outBytes: 102n },
      ...{ connectionsPerS: 0n, inPacketsPerS: 0n, outPacketsPerS: 0n },
      ...{ inBytesPerS: 11n, outBytesPerS: 13n },
    },
  });
});

test("64 bits are exact", () => {
  assert.deepEqual(read(written(ALL)), { ok: true, value: ALL });
});

test("one that is missing is a fault, whichever it is", () => {
  for (const name of Object.keys(ALL)) {
    const result = read(written({ ...ALL, [name]: undefined }));
    assert.ok(!result.ok && result.fault.code === "no-stats", name);
  }
});
