import assert from "node:assert/strict";
import { test } from "node:test";
import { routerRecord } from "../../../../src/app/sniff/sighting-record.ts";
import { redraw, routerRows } from "../../../../src/commands/vrrp/sniff-table.ts";
import { A, B, C, Onlooker, type Said, START_MS } from "../../../support/sniffed.ts";

function recordsOf(adverts: readonly Said[], nowMs: number) {
  const onlooker = new Onlooker();
  for (const said of adverts) onlooker.hear(said);
  onlooker.tick(nowMs);
  return [...onlooker.observer.routers].map((router) => routerRecord(router, START_MS + nowMs));
}

const cellsOf = async (adverts: readonly Said[], nowMs: number): Promise<string[]> => {
  const [row = ""] = await routerRows(recordsOf(adverts, nowMs), undefined, START_MS + nowMs);
  return row.split(/ {2,}/);
};

test("a row: master and since when, pace, who else there is, verdict", async () => {
  const adverts: Said[] = [
    { source: C, priority: 0 },
    { atMs: 100 },
    { atMs: 1116 },
    { source: B, priority: 90, atMs: 1200 },
  ];
  assert.deepEqual(await cellsOf(adverts, 2160), [
    "eth0",
    "51",
    "IPv4",
    `${A} (2s)`,
    "100",
    "1s",
    "16/16 ms",
    "1s",
    "0",
    "0",
    `MASTER ${B} ${C}`,
    "SPLIT: 2 masters",
  ]);
});

test("a row of a router without a master", async () => {
  assert.deepEqual(await cellsOf([{ ttl: 64 }], 0), [
    ...["eth0", "51", "IPv4", "-", "-", "-", "-", "-", "0", "0", "-"],
    "no advert is believed",
  ]);
});

test("of others three are named", async () => {
  const adverts = Array.from(
    { length: 5 },
    (_, n): Said => ({ source: `10.0.0.${n + 20}`, priority: 0 }),
  );
  assert.equal((await cellsOf(adverts, 0))[10], "10.0.0.20 10.0.0.21 10.0.0.22");
});

test("a terminal has a head, and every line ends with what erases the rest of it", async () => {
  let drawn = "";
  const terminal = {
    columns: 160,
    rows: 40,
    stdout: (text: string) => {
      drawn += text;
    },
  };
  await redraw(recordsOf([{}], 0), START_MS, terminal);
  assert.ok(drawn.startsWith("\x1b[H") && drawn.endsWith("\x1b[K\x1b[J"));
  assert.match(drawn, /INTERFACE/);
  assert.ok(drawn.split("\n").every((line) => line.includes("\x1b[K")));
});

test("what a terminal has no lines for is not drawn, and that is told", async () => {
  const records = recordsOf(
    Array.from({ length: 60 }, (_, n): Said => ({ vrid: n + 1 })),
    0,
  );
  let drawn = "";
  const stdout = (text: string) => {
    drawn += text;
  };
  await redraw(records, START_MS, { columns: 160, rows: 24, stdout });
  const lines = drawn.split("\n");
  assert.equal(lines.length, 23);
  assert.match(lines.at(-1) ?? "", /more than this terminal has lines: --vrid N/);
});

test("on a narrow terminal the least important columns go, and no row is wider than it", async () => {
  const records = recordsOf([{}, { source: B, priority: 0, version: 2, intervalMs: 2000 }], 500);
  for (const columns of [200, 120, 80, 60]) {
    const lines = await routerRows(records, columns, START_MS + 500);
    assert.ok(
      lines.every((line) => line.length <= columns),
      `${columns}`,
    );
    for (const kept of ["INTERFACE", "VRID", "MASTER", "VERDICT"])
      assert.ok(lines[1]?.includes(kept), kept);
    const [, head = ""] = lines;
    assert.equal(head.includes("JITTER"), columns === 200);
  }
});

test("a long verdict is cut to what is left", async () => {
  const records = recordsOf(
    [{}, { atMs: 100, priority: 0 }, { source: B, version: 2, intervalMs: 2000, atMs: 200 }],
    300,
  );
  const [, , , row = ""] = await routerRows(records, 80, START_MS + 300);
  assert.match(row, /\.\.\. │$/);
});
