/** A target as text; that it is read as it was is a property of its own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { tableOf } from "../../../../src/proto/ipvs/table.ts";
import type { IpvsTarget } from "../../../../src/proto/ipvs/target.ts";
import { formatJsonTable, formatYamlTable } from "../../../../src/proto/ipvs/target-text.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

const TARGET: IpvsTarget = {
  table: tableOf([
    {
      service: serviceAt("tcp [2001:db8::1]:80", {
        ...{ scheduler: "sh", schedulerFlags: 2, onePacket: true },
        persistence: { timeoutS: 300, netmask: 64, engine: null },
      }),
      destinations: [
        destinationTo("[2001:db8::2]:80", { weight: 3, upperThreshold: 9 }),
        destinationTo("10.0.0.1:80", {
          forwarding: { by: "tunnel", type: "gue", port: 6080, checksum: "sum" },
        }),
      ],
    },
    { service: serviceAt("fwmark 5"), destinations: [] },
  ]),
  timeouts: { tcpS: 900, tcpFinS: 0, udpS: 90 },
  daemons: [],
};

test("YAML has a line for each destination, and says nothing that is usual", () => {
  assert.equal(
    formatYamlTable(TARGET),
    `services:
  - service: tcp [2001:db8::1]:80
    scheduler: sh
    flags: [sh-port]
    persistence: {timeout: 5m, netmask: 64}
    one-packet: true
    destinations:
      - {server: "[2001:db8::2]:80", weight: 3, method: nat, upper: 9}
      - {server: 10.0.0.1:80, weight: 1, method: tunnel, tunnel: gue, tunnel-port: 6080, checksum: sum}
  - service: fwmark 5
    scheduler: wlc
timeouts: {tcp: 15m, udp: 1m30s}
daemons: []
`,
  );
});

test("JSON has the same keys and words", () => {
  const { services, timeouts, daemons } = JSON.parse(formatJsonTable(TARGET));
  assert.deepEqual(services[0].persistence, { timeout: "5m", netmask: 64 });
  assert.deepEqual(services[0].destinations[0], {
    ...{ server: "[2001:db8::2]:80", weight: 3, method: "nat", upper: 9 },
  });
  assert.deepEqual(services[1], { service: "fwmark 5", scheduler: "wlc", destinations: [] });
  assert.deepEqual([timeouts, daemons], [{ tcp: "15m", udp: "1m30s" }, []]);
});

test("what is not said is not written", () => {
  const nothing = { table: new Map(), timeouts: null, daemons: null };
  assert.equal(formatYamlTable(nothing), "services: []\n");
  assert.equal(formatJsonTable(nothing), '{\n  "services": []\n}\n');
});
