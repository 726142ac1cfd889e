import assert from "node:assert/strict";
import { test } from "node:test";
import type { IpvsDaemon } from "../../../../src/core/netlink/ipvs-daemon.ts";
import {
  formatIpvsadmConnection,
  formatIpvsadmDaemon,
  formatIpvsadmTimeouts,
  ipvsadmConnectionsTitle,
} from "../../../../src/proto/ipvs/ipvsadm-facts.ts";

test("timeouts and daemons as ipvsadm 1.31 prints them", () => {
  assert.equal(
    formatIpvsadmTimeouts({ tcpS: 900, tcpFinS: 120, udpS: 300 }),
    "Timeout (tcp tcpfin udp): 900 120 300",
  );
  const group = Uint8Array.of(239, 1, 2, 3);
  const daemon: IpvsDaemon = {
    ...{ role: "backup", ifName: "eth0", syncId: 7, maxBytes: 1024, group, port: 99, ttl: 3 },
  };
  assert.equal(
    formatIpvsadmDaemon(daemon),
    "backup sync daemon (mcast=eth0, syncid=7, maxlen=1024, group=239.1.2.3, port=99, ttl=3)",
  );
});

/** Of Linux 6.1, and what ipvsadm 1.31 printed of it. */
const CONNECTIONS: readonly (readonly [kernel: string, printed: string | undefined])[] = [
  [
    "TCP 0A000001 C9B0 0A000001 0050 7F000001 1F90 ESTABLISHED 2147482",
    "TCP 35791:22 ESTABLISHED 10.0.0.1:51632     10.0.0.1:80        127.0.0.1:8080",
  ],
  [
    "TCP 0A000001 0000 0A000001 0050 7F000001 1F90 ASSURED          99",
    "TCP 01:39  ASSURED     10.0.0.1:0         10.0.0.1:80        127.0.0.1:8080",
  ],
  [
    "UDP [fd00:0000:0000:0000:0000:0000:0000:0001] C9B0 [fd00:0000:0000:0000:0000:0000:0000:0002] 0035 [fd00:0000:0000:0000:0000:0000:0000:0003] 0035 UDP         300",
    "UDP 05:00  UDP         [fd00::1]:51632    [fd00::2]:53       [fd00::3]:53",
  ],
  ["Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Expires PEName PEData", undefined],
  ["", undefined],
  ["TCP 0A000001", undefined],
];

test("connections as ipvsadm 1.31 prints them; what is none of them is left out", () => {
  for (const [kernel, printed] of CONNECTIONS)
    assert.equal(formatIpvsadmConnection(kernel, false), printed);
  assert.equal(
    ipvsadmConnectionsTitle(true),
    "pro expire state       source             virtual            destination        pe name          pe_data",
  );
  const engine = "UDP 0A000001 0000 0A000001 13C4 7F000001 13C4 UDP 99 sip 1234@x";
  assert.equal(
    formatIpvsadmConnection(engine, true),
    "UDP 01:39  UDP         10.0.0.1:0         10.0.0.1:5060      127.0.0.1:5060     sip              1234@x",
  );
  assert.ok(!formatIpvsadmConnection(engine, false)?.includes("sip"));
});
