import assert from "node:assert/strict";
import { test } from "node:test";
import type { ListColumns } from "../../../../src/proto/ipvs/ipvsadm-command.ts";
import { formatIpvsadmList, type Listed } from "../../../../src/proto/ipvs/ipvsadm-list.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

const stats = {
  ...{ connections: 99_999_999n, inPackets: 100_000_000n, outPackets: 12_345_678_901n },
  ...{ inBytes: 123_456_789_012_345n, outBytes: 99_999_999_999_999n },
  ...{ connectionsPerS: 1n, inPacketsPerS: 2n, outPacketsPerS: 3n },
  ...{ inBytesPerS: 4n, outBytesPerS: 5n },
};
const SERVICES: readonly Listed[] = [
  {
    service: serviceAt("udp 10.0.0.1:80", {
      ...{ scheduler: "sh", schedulerFlags: 3, onePacket: true },
      persistence: { timeoutS: 100, netmask: 0xffff0000, engine: "sip" },
    }),
    stats,
    destinations: [
      {
        destination: destinationTo("10.1.1.1:8080", {
          ...{ weight: 2147483647, upperThreshold: 5, lowerThreshold: 3 },
          forwarding: { by: "tunnel", type: "gue", port: 65535, checksum: "remote" },
        }),
        ...{ active: 7, inactive: 8, persistent: 9, stats },
      },
    ],
  },
  {
    service: serviceAt("fwmark 5 inet6", {
      persistence: { timeoutS: 7, netmask: 64, engine: null },
    }),
    ...{ stats, destinations: [] },
  },
];

const lines = (columns: ListColumns, exact = false): string[] =>
  formatIpvsadmList(SERVICES, { columns, exact });

/** Titles and widths of ipvsadm 1.31. */
const LISTS: Readonly<Record<ListColumns, readonly string[]>> = {
  connections: [
    "Prot LocalAddress:Port Scheduler Flags",
    "  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn",
    "UDP  10.0.0.1:80 sh (sh-fallback,sh-port) persistent 100 mask 255.255.0.0 pe sip ops",
    "  -> 10.1.1.1:8080                Tunnel  2147483647 7          8         ",
    "FWM  5 IPv6 wlc persistent 7 mask 64",
  ],
  "tun-info": [
    "Prot LocalAddress:Port Scheduler Flags",
    "  -> RemoteAddress:Port           Forward TunnelInfo    Weight ActiveConn InActConn",
    "UDP  10.0.0.1:80 sh (sh-fallback,sh-port) persistent 100 mask 255.255.0.0 pe sip ops",
    "  -> 10.1.1.1:8080                Tunnel  gue:65535:r+c 2147483647 7          8         ",
    "FWM  5 IPv6 wlc persistent 7 mask 64",
  ],
  thresholds: [
    "Prot LocalAddress:Port            Uthreshold Lthreshold ActiveConn InActConn ",
    "  -> RemoteAddress:Port",
    "UDP  10.0.0.1:80 sh (sh-fallback,sh-port) persistent 100 mask 255.255.0.0 pe sip ops",
    "  -> 10.1.1.1:8080                5          3          7          8         ",
    "FWM  5 IPv6 wlc persistent 7 mask 64",
  ],
  "persistent-conn": [
    "Prot LocalAddress:Port            Weight    PersistConn ActiveConn InActConn ",
    "  -> RemoteAddress:Port",
    "UDP  10.0.0.1:80 sh (sh-fallback,sh-port) persistent 100 mask 255.255.0.0 pe sip ops",
    "  -> 10.1.1.1:8080                2147483647 9           7          8         ",
    "FWM  5 IPv6 wlc persistent 7 mask 64",
  ],
  stats: [
    "Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes",
    "  -> RemoteAddress:Port",
    "UDP  10.0.0.1:80                  99999999  100000K   12345M     123T   99999G",
    "  -> 10.1.1.1:8080                99999999  100000K   12345M     123T   99999G",
    "FWM  5 IPv6                       99999999  100000K   12345M     123T   99999G",
  ],
  rate: [
    "Prot LocalAddress:Port                 CPS    InPPS   OutPPS    InBPS   OutBPS",
    "  -> RemoteAddress:Port",
    "UDP  10.0.0.1:80                         1        2        3        4        5",
    "  -> 10.1.1.1:8080                       1        2        3        4        5",
    "FWM  5 IPv6                              1        2        3        4        5",
  ],
};

test("each kind of columns", () => {
  for (const [columns, expected] of Object.entries(LISTS))
    assert.deepEqual(lines(columns as ListColumns), expected, columns);
});

test("numbers are exact where that is wanted", () => {
  assert.equal(
    lines("stats", true)[4],
    "FWM  5 IPv6                       99999999 100000000 12345678901 123456789012345 99999999999999",
  );
});
