import assert from "node:assert/strict";
import { test } from "node:test";
import { readIpvsadmCommand } from "../../../../src/proto/ipvs/ipvsadm-command.ts";

const read = (line: string) => readIpvsadmCommand(line.split(" "));
const defaults = { ifName: "eth0", syncId: 0, maxBytes: 0, group: null, port: 0, ttl: 0 };

test("sync daemons", () => {
  assert.deepEqual(read("--start-daemon master"), {
    ...{ kind: "start-daemon", daemon: { role: "master", ...defaults } },
  });
  const all = "--mcast-interface eth1 --syncid 7 --sync-maxlen 500 --mcast-group 239.1.2.3";
  assert.deepEqual(read(`--start-daemon backup ${all} --mcast-port 99 --mcast-ttl 3`), {
    kind: "start-daemon",
    daemon: {
      ...{ role: "backup", ifName: "eth1", syncId: 7, maxBytes: 500, port: 99, ttl: 3 },
      group: Uint8Array.of(239, 1, 2, 3),
    },
  });
  const stop = read("--stop-daemon=backup");
  assert.ok(stop.kind === "stop-daemon" && stop.daemon.role === "backup");
});

test("what is none", () => {
  assert.throws(() => read("--start-daemon foo"), /"foo" is neither master nor backup/);
  assert.throws(() => read("--start-daemon master --syncid 256"), /"256" is no number of 0\.\.255/);
  assert.throws(() => read("--start-daemon master --mcast-ttl 0"), /--mcast-ttl/);
  assert.throws(() => read("--start-daemon master --mcast-group all"), /"all" is no address/);
});
