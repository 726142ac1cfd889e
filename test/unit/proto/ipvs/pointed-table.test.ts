/** Virtual servers as one table. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type PointedServer, pointedTable } from "../../../../src/proto/ipvs/pointed-table.ts";
import { ipvsService, realServer } from "../../../support/lvs-plan.ts";

const pointed = (changes: Partial<PointedServer> = {}): PointedServer => ({
  services: [ipvsService()],
  servers: [{ server: realServer(81), weight: 1, isSorry: false }],
  ...changes,
});

const weights = (...all: readonly PointedServer[]): string[] =>
  [...pointedTable(all).values()].flatMap(({ service, destinations }) => [
    service.scheduler,
    ...destinations.map(({ port, weight }) => `${port} w${weight}`),
  ]);

test("what several have in common is one service, of the first, with the servers of all", () => {
  const other = pointed({
    services: [ipvsService({ scheduler: "lc" })],
    servers: [
      { server: realServer(82), weight: 2, isSorry: false },
      { server: realServer(81), weight: 9, isSorry: false },
    ],
  });
  assert.deepEqual(weights(pointed(), other), ["wrr", "81 w1", "82 w2"]);
});

test("a sorry server that is a real one too: the heavier counts", () => {
  const both = (real: number, sorry: number): string[] =>
    weights(
      pointed({
        servers: [
          { server: realServer(81), weight: real, isSorry: false },
          { server: realServer(81), weight: sorry, isSorry: true },
        ],
      }),
    );
  assert.deepEqual(both(0, 1), ["wrr", "81 w1"]);
  assert.deepEqual(both(5, 0), ["wrr", "81 w5"]);
});

test("those that are asked for alone", () => {
  const mark = ipvsService({ id: { by: "fwmark", mark: 7, family: 4 } });
  const all = [pointed(), pointed({ services: [mark] })];
  assert.deepEqual([...pointedTable(all, new Set(["fwmark 7"])).keys()], ["fwmark 7"]);
});
