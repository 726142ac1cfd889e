import assert from "node:assert/strict";
import { test } from "node:test";
import { arpFindings } from "../../../../../src/proto/ipvs/doctor/arp-check.ts";
import type { AnswerFact } from "../../../../../src/proto/ipvs/doctor/facts.ts";
import { fixes, told } from "../../../../support/doctor.ts";
import { answerFact, ipvsFacts, virtual } from "../../../../support/ipvs-facts.ts";

const [RS, OTHER] = ["02:00:00:00:00:11", "02:00:00:00:00:99"];
const SERVICE = virtual("tcp 192.0.2.1:80");

const tell = (answer: Partial<AnswerFact>, changes = {}) =>
  arpFindings(ipvsFacts([SERVICE], { answers: [answerFact(answer)], ...changes }));

const vip = (macs: readonly string[], ip = "192.0.2.1", servers = ["10.0.0.11"]) => ({
  vips: [{ ip, servers, macs }],
});

test("nobody answers but this host", () => {
  assert.deepEqual(told(tell({})), [
    "ok: no real server answers for 192.0.2.1 on eth0 (asked: 10.0.0.11)",
  ]);
});

test("a real server is known by the MAC address that answers for its own address", () => {
  const findings = tell(vip([RS]));
  assert.deepEqual(told(findings), [
    "fail: 10.0.0.11 answers ARP for 192.0.2.1 on eth0: clients get there past this host",
  ]);
  assert.deepEqual(fixes(findings), [
    "# on 10.0.0.11: have 192.0.2.1 on lo alone; sysctl -w net/ipv4/conf/all/arp_ignore=1 net/ipv4/conf/all/arp_announce=2",
    "vipkit garp send 192.0.2.1 -I eth0",
  ]);
});

test("only who has the address announces it", () => {
  const findings = tell(vip([RS]), { places: new Map() });
  assert.deepEqual(
    fixes(findings).filter((line) => !line.startsWith("#")),
    [],
  );
});

test("of IPv6 it is neighbour solicitations, and no setting helps", () => {
  const servers = new Map([["fd00::11", [RS]]]);
  const findings = tell({ ...vip([RS], "fd00::1", ["fd00::11"]), servers });
  assert.match(
    told(findings)[0] ?? "",
    /^fail: fd00::11 answers neighbour solicitations for fd00::1/,
  );
  assert.doesNotMatch(fixes(findings).join(), /sysctl/);
});

test("another balancer: right where this host does not have the address, doubtful where it does", () => {
  assert.match(
    told(tell(vip([OTHER]))).join(),
    /^warn: 02:00:00:00:00:99 answers for 192\.0\.2\.1/,
  );
  const [backup] = told(tell(vip([OTHER]), { places: new Map() }));
  assert.equal(
    backup,
    "ok: 02:00:00:00:00:99 has 192.0.2.1 on eth0: another balancer, as it seems",
  );
});

test("who is silent, who was not asked, and where nobody could be", () => {
  const [, ...more] = told(tell({ servers: new Map([["10.0.0.11", []]]), unasked: 5 }));
  assert.deepEqual(more, [
    "skip: 10.0.0.11 on eth0 does not answer for its own address: it is down, or on another link",
    "skip: 5 more addresses on eth0 were not asked",
  ]);
  assert.deepEqual(told(tell({ refusal: "EPERM" })), [
    "skip: nobody could be asked on eth0: EPERM",
  ]);
});
