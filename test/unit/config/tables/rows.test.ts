/** What holds for every row of the tables and every kind of finding. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as balancing from "../../../../src/config/codes/balancing.ts";
import * as host from "../../../../src/config/codes/host.ts";
import * as lvs from "../../../../src/config/codes/lvs.ts";
import * as scripts from "../../../../src/config/codes/scripts.ts";
import * as tracking from "../../../../src/config/codes/tracking.ts";
import * as values from "../../../../src/config/codes/values.ts";
import * as vrrp from "../../../../src/config/codes/vrrp.ts";
import * as words from "../../../../src/config/codes/words.ts";
import type { Table } from "../../../../src/config/keyword.ts";
import { ROOT } from "../../../../src/config/tables/root.ts";

/** Each table with its place: "vrrp_instance/authentication". */
function tables(table: Table, place: string): [string, Table][] {
  const inner = Object.entries(table).flatMap(([name, { takes }]) =>
    takes.table === undefined ? [] : tables(takes.table, `${place}/${name}`),
  );
  return [[place, table], ...inner];
}

const ROWS = tables(ROOT, "").flatMap(([place, table]) =>
  Object.entries(table).map(([name, row]) => ({ path: `${place}/${name}`, table, row })),
);

test("every keyword says in one sentence what it does", () => {
  for (const { path, row } of ROWS) assert.match(row.does, /^[A-Z][^.]+[^.]$/, path);
});

test("another spelling names a row of its table, and takes the same", () => {
  for (const { path, table, row } of ROWS) {
    if (row.sameAs !== null) assert.equal(table[row.sameAs]?.takes, row.takes, path);
  }
});

test("a keyword that 2.2.7 lacks names the version that has it", () => {
  for (const { path, row } of ROWS) {
    if (row.since !== null) assert.match(row.since, /^2\.[234]\.\d$/, path);
  }
});

test("a number with a unit and a default has them apart", () => {
  for (const { path, row } of ROWS) {
    if (row.unit !== null) assert.match(row.unit, /^(s|ms|us|ms\/[48]|bytes)$/, path);
    if (row.default !== null) assert.doesNotMatch(row.default, /^\d+(s|ms)$/, path);
  }
});

test("only deprecated keywords are refused for it", () => {
  for (const { path, row } of ROWS) assert.ok(!row.isRefused || row.insteadOf !== null, path);
});

test("each kind of finding has a code of its own, in the range of its file", () => {
  const files = {
    1: words,
    2: values,
    3: vrrp,
    4: { ...tracking, ...scripts },
    5: { ...lvs, ...balancing },
    6: host,
  };
  const codes = Object.entries(files).flatMap(([hundred, kinds]) =>
    Object.values(kinds).map(({ code }) => {
      assert.match(code, new RegExp(`^vk${hundred}\\d\\d$`));
      return code;
    }),
  );
  assert.equal(new Set(codes).size, codes.length);
});
