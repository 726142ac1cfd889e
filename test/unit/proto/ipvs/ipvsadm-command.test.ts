import assert from "node:assert/strict";
import { test } from "node:test";
import { readIpvsadmCommand } from "../../../../src/proto/ipvs/ipvsadm-command.ts";
import { serviceId } from "../../../support/ipvs.ts";

const read = (line: string) => readIpvsadmCommand(line.split(" "));

test("commands that need nothing but themselves", () => {
  for (const [letter, kind] of [
    ["-C", "clear"],
    ["-R", "restore"],
    ["-Sn", "save"],
    ["-h", "help"],
    ["-v", "version"],
  ] as const)
    assert.deepEqual(read(letter), { kind });
});

test("counters of one service, or of all", () => {
  assert.deepEqual(read("-Z"), { kind: "zero", id: null });
  assert.deepEqual(read("-Z -f 5 -6"), { kind: "zero", id: serviceId("fwmark 5 inet6") });
});

test("three timeouts", () => {
  assert.deepEqual(read("--set 10 0 2678400"), {
    kind: "set",
    timeouts: { tcpS: 10, tcpFinS: 0, udpS: 2_678_400 },
  });
  assert.throws(() => read("--set 10 20"), /--set needs three timeouts/);
  assert.throws(() => read("--set 10 20 2678401"), /"2678401" is no number of 0\.\.2678400/);
});

const plain = { id: null, columns: "connections", exact: false, sorted: true };

test("what is listed", () => {
  assert.deepEqual(read("-L -n"), { kind: "list", what: "services", ...plain });
  assert.deepEqual(read("-L --rate --stats -X --nosort -u 10.0.0.1:53"), {
    ...{ kind: "list", what: "services", columns: "stats", exact: true, sorted: false },
    id: serviceId("udp 10.0.0.1:53"),
  });
  assert.deepEqual(read("-L --daemon"), { kind: "list", what: "daemons", ...plain });
  assert.deepEqual(read("-L --timeout"), { kind: "list", what: "timeouts", ...plain });
  assert.deepEqual(read("-L -c --persistent-conn"), {
    ...{ kind: "list", what: "connections", ...plain },
    columns: "persistent-conn",
  });
});

test("lists that do not go together", () => {
  assert.throws(() => read("-L -c --stats"), /--connection shows no --stats/);
  assert.throws(() => read("-L --daemon --persistent-conn"), /--daemon shows no/);
  assert.throws(() => read("-L -c -t 10.0.0.1:80"), /--connection shows no single service/);
});
