import assert from "node:assert/strict";
import { test } from "node:test";
import { parseIpvsadmSave } from "../../../../src/proto/ipvs/ipvsadm-table.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

const told = (text: string): string[] =>
  parseIpvsadmSave(text, "f").mistakes.first.map(
    ({ line, column, message }) => `${line}:${column} ${message}`,
  );

test("services with their destinations, and where each stands", () => {
  const { target, mistakes } = parseIpvsadmSave(
    "-A -f 5\n-A -t 10.0.0.1:80\n  -a -t 10.0.0.1:80 -r 10.1.0.1:81 -m\n-a -f 5 -r 10.1.0.2 -m\n",
    "ipvs.save",
  );
  assert.equal(mistakes.count, 0);
  assert.deepEqual(
    [...target.table.values()],
    [
      { service: serviceAt("fwmark 5"), destinations: [destinationTo("10.1.0.2:0")] },
      { service: serviceAt("tcp 10.0.0.1:80"), destinations: [destinationTo("10.1.0.1:81")] },
    ],
  );
  assert.deepEqual(Object.fromEntries(target.places), {
    "fwmark 5": "ipvs.save:1:1",
    "tcp 10.0.0.1:80": "ipvs.save:2:1",
    "10.1.0.1:81 of tcp 10.0.0.1:80": "ipvs.save:3:3",
    "10.1.0.2:0 of fwmark 5": "ipvs.save:4:1",
  });
  assert.deepEqual([target.timeouts, target.daemons], [null, null]);
});

test("what describes no table, what stands twice, and what belongs to no service", () => {
  const once = "-A -f 5\n-a -f 5 -r 10.1.0.1:81 -m\n";
  assert.deepEqual(told(`${once}-C\n${once}-a -f 6 -r 10.1.0.1\n`), [
    "3:1 --clear describes no table: -A and -a do",
    "4:1 fwmark 5 is there already: f:1:1",
    "5:1 10.1.0.1:81 of fwmark 5 is there already: f:2:1",
    "6:1 no line above adds fwmark 6",
  ]);
});

test("a file that ends within a line is told, an empty one is an empty table", () => {
  assert.deepEqual(told("-A -f 5\n-A -f 6"), [
    "2:8 ends within a line: only half of it was written?",
  ]);
  assert.deepEqual(told("-A -f 5\n-A -t 10."), [
    '2:7 --tcp-service "10." is no address with a port: 192.0.2.1:80 or [2001:db8::1]:80',
    "2:10 ends within a line: only half of it was written?",
  ]);
  assert.deepEqual(told(""), []);
});
