import assert from "node:assert/strict";
import { test } from "node:test";
import type { DeliveryTally, WayCounts } from "../../../../src/core/wire/delivery-probe.ts";
import {
  deliveryFindings,
  matrixOf,
  matrixText,
} from "../../../../src/proto/doctor/delivery-check.ts";
import { baseChain, fixes, told } from "../../../support/doctor.ts";

const counts = (multicast: number, unicast: number): WayCounts => ({ multicast, unicast });
const ALL: DeliveryTally = { sent: counts(10, 10), received: counts(10, 10), seen: counts(10, 10) };

function findingsOf(ours: Partial<DeliveryTally>, theirs: Partial<DeliveryTally> | null = {}) {
  const matrix = matrixOf("10.0.0.3", {
    ours: { ...ALL, ...ours },
    theirs: theirs === null ? null : { ...ALL, ...theirs },
  });
  const filter = { chains: [baseChain()], legacyTables: [] };
  return { matrix, findings: deliveryFindings(matrix, { ifName: "eth0", family: 4, filter }) };
}
const LOST = { received: counts(0, 10), seen: counts(0, 10) };

test("all there and back is well", () => {
  assert.deepEqual(told(findingsOf({}).findings), [
    "ok: multicast us->peer 10/10, peer->us 10/10; unicast us->peer 10/10, peer->us 10/10",
  ]);
});

test("multicast that is lost in one direction while unicast works: use unicast", () => {
  const { findings } = findingsOf(LOST);
  assert.deepEqual(told(findings), [
    "fail: multicast us->peer 10/10, peer->us 0/10; unicast us->peer 10/10, peer->us 10/10: multicast from the peer to us is lost between the two hosts",
  ]);
  assert.match(
    fixes(findings)[0] ?? "",
    /vipkit vrrp run --peer 10\.0\.0\.3, or unicast_peer \{ 10\.0\.0\.3 \}/,
  );
  assert.match(
    told(findingsOf({}, LOST).findings)[0] ?? "",
    /multicast from us to the peer is lost/,
  );
});

test("what reaches an interface and not the socket is that host's firewall", () => {
  const here = findingsOf({ received: counts(0, 0) }).findings;
  assert.match(
    told(here)[0] ?? "",
    /multicast from the peer to us: 10\/10 reach the interface of this host, none its protocol socket/,
  );
  assert.equal(
    fixes(here)[0],
    "nft insert rule inet filter input iifname eth0 meta l4proto 112 accept",
  );
  const there = findingsOf({}, { received: counts(0, 10) }).findings;
  assert.match(told(there)[0] ?? "", /: the firewall of 10\.0\.0\.3$/);
  assert.ok(
    fixes(there).every((line) => line.startsWith("# ")),
    "nothing of it is for this host",
  );
});

test("nothing came back: what cannot be known is said to be unknown", () => {
  const { matrix, findings } = findingsOf({ received: counts(0, 0), seen: counts(0, 0) }, null);
  assert.equal(
    matrixText(matrix),
    "multicast us->peer unknown, peer->us unknown; unicast us->peer unknown, peer->us unknown",
  );
  assert.deepEqual(matrix.multicast, {
    us_to_peer: { sent: 10, received: null, at_interface: null },
    peer_to_us: { sent: null, received: null, at_interface: null },
  });
  assert.match(told(findings)[0] ?? "", /^fail: nothing came back from 10\.0\.0\.3/);
  assert.match(fixes(findings)[0] ?? "", /vipkit vrrp doctor -I eth0 --respond$/);
});

test("unicast alone that is lost, and both: filters, no cure by unicast", () => {
  const unicast = { received: counts(10, 0), seen: counts(10, 0) };
  assert.match(
    fixes(findingsOf({}, unicast).findings)[0] ?? "",
    /multicast works and unicast does not/,
  );
  const both = findingsOf({ received: counts(0, 0), seen: counts(0, 0) }).findings;
  assert.match(
    told(both)[0] ?? "",
    /multicast from the peer to us and unicast from the peer to us are lost/,
  );
  assert.match(fixes(both)[0] ?? "", /security group, hypervisor/);
});

test("a way by which the peer was never asked to answer is not dead", () => {
  const { matrix, findings } = findingsOf({ received: counts(5, 0) }, { sent: counts(5, 0) });
  assert.match(matrixText(matrix), /unicast us->peer 10\/10, peer->us not tried$/);
  assert.equal(findings[0]?.verdict, "ok");
});

test("some that are lost are a doubt", () => {
  assert.match(
    told(findingsOf({ received: counts(7, 10) }).findings)[0] ?? "",
    /^warn: some are lost: .* peer->us 7\/10/,
  );
});
