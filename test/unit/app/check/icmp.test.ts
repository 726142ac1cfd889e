import assert from "node:assert/strict";
import test from "node:test";
import { attempt } from "../../../../src/app/check/attempt.ts";
import { type IcmpPlan, icmpProber } from "../../../../src/app/check/icmp.ts";
import { parseHostTargets } from "../../../../src/app/check/targets.ts";
import type { CheckResult } from "../../../../src/proto/check/result.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { ip } from "../../../support/packets.ts";
import { assertPartly } from "../../../support/partly.ts";

const PLAN: IcmpPlan = {
  source: null,
  ifName: null,
  mark: null,
  family: undefined,
  firstOnly: false,
  sizeBytes: 56,
  ttl: null,
  tos: null,
  dontFragment: false,
};

const targetsOf = (...texts: readonly string[]) =>
  texts.flatMap(
    (text) => parseHostTargets(text) as Exclude<ReturnType<typeof parseHostTargets>, string>,
  );

/** One try of one target within a second. */
async function ask(ports: FakePorts, text: string, plan = PLAN): Promise<CheckResult> {
  const [target] = targetsOf(text);
  assert.ok(target !== undefined);
  const prober = icmpProber([target], plan, ports);
  const result = attempt(prober, target, 1000, ports.clock, new AbortController().signal);
  await ports.clock.pass(2000);
  const found = await result;
  prober.close();
  assert.equal(ports.ping.open, 0);
  return found;
}

test("a reply is up, with the time that it took and the way that it was asked", async () => {
  const ports = new FakePorts();
  ports.ping.answers("192.0.2.1", 12);
  assertPartly(await ask(ports, "192.0.2.1"), {
    verdict: "up",
    class: "L4OK",
    phase: null,
    address: "192.0.2.1",
    facts: { rtt_ms: 12, ttl: 64, method: "dgram", duplicates: 0, late: 0 },
  });
});

test("silence is down at the deadline, and tells how it was asked", async () => {
  const ports = new FakePorts();
  ports.ping.method = "raw";
  assertPartly(await ask(ports, "2001:db8::1"), {
    verdict: "down",
    class: "L4TOUT",
    phase: "echo",
    detail: "no echo reply within 1s",
    totalMs: 1000,
    facts: { method: "raw", duplicates: 0, late: 0 },
  });
});

test("a reply as somebody else is none", async () => {
  const ports = new FakePorts();
  ports.ping.answers("192.0.2.1", 12, "192.0.2.9");
  assert.equal((await ask(ports, "192.0.2.1")).class, "L4TOUT");
});

test("what a router says is the answer at once", async () => {
  const ports = new FakePorts();
  ports.ping.hosts.set("192.0.2.1", (request, socket) => {
    const receivedMs = ports.clock.nowMs() + 5;
    const [destination, sender] = [ip("192.0.2.1"), ip("198.51.100.1")];
    const refusal = { receivedMs, destination, request, sender, type: 11, code: 0, mtu: null };
    ports.clock.at(receivedMs, () => socket.onRefusal(refusal));
  });
  assertPartly(await ask(ports, "192.0.2.1"), {
    verdict: "down",
    class: "L4CON",
    detail: "TTL exceeded on the way, says 198.51.100.1",
    totalMs: 5,
    facts: { method: "dgram", sender: "198.51.100.1", icmp_type: 11, icmp_code: 0 },
  });
});

for (const [code, detail] of [
  ["ENETUNREACH", /no route of ours/],
  ["EHOSTUNREACH", /a route of this host makes it unreachable/],
  ["EMSGSIZE", /lower --size/],
  ["EPERM", /not permitted here/],
] as const) {
  test(`${code} of our own kernel says nothing of the host`, async () => {
    const ports = new FakePorts();
    ports.ping.hosts.set("192.0.2.1", code);
    const { verdict, class: kind, detail: told, facts } = await ask(ports, "192.0.2.1");
    assert.deepEqual([verdict, kind, facts.method], ["unknown", "SOCKERR", "dgram"]);
    assert.match(told, detail);
  });
}

test("of a name all addresses are asked at once, and one that answers is enough", async () => {
  const ports = new FakePorts();
  ports.net.names.set("host.example", ["2001:db8::1", "192.0.2.1", "192.0.2.2"]);
  ports.ping.hosts.set("2001:db8::1", "ENETUNREACH");
  ports.ping.answers("192.0.2.2", 3);
  const found = await ask(ports, "host.example");
  assertPartly(found, { verdict: "up", address: "192.0.2.2", totalMs: 3 });
});

test("an address that cannot be asked does not hide one that is refused", async () => {
  for (const names of [
    ["192.0.2.1", "192.0.2.2"],
    ["192.0.2.2", "192.0.2.1"],
  ]) {
    const ports = new FakePorts();
    ports.net.names.set("host.example", names);
    ports.ping.hosts.set("192.0.2.1", "ENETUNREACH");
    ports.ping.hosts.set("192.0.2.2", (request, { onRefusal }) => {
      const destination = ip("192.0.2.2");
      const at = { receivedMs: ports.clock.nowMs(), destination, request };
      ports.clock.at(at.receivedMs, () =>
        onRefusal({ ...at, sender: null, type: 3, code: 1, mtu: null }),
      );
    });
    assertPartly(await ask(ports, "host.example"), {
      verdict: "down",
      detail: "host unreachable",
    });
  }
});

test("--first asks one address of a name", async () => {
  const ports = new FakePorts();
  ports.net.names.set("host.example", ["192.0.2.1", "192.0.2.2"]);
  await ask(ports, "host.example", { ...PLAN, firstOnly: true });
  assert.deepEqual(
    ports.ping.sent.map(({ to }) => to),
    ["192.0.2.1"],
  );
});

test("what is not allowed at all is told before anything is asked", () => {
  const ports = new FakePorts();
  ports.ping.refuseOpen = "not-permitted";
  assert.throws(() => icmpProber(targetsOf("192.0.2.0/24"), PLAN, ports), {
    code: "not-permitted",
  });
});

test("all targets share one socket of their family", () => {
  const ports = new FakePorts();
  const prober = icmpProber(targetsOf("192.0.2.0/24", "2001:db8::/120"), PLAN, ports);
  assert.deepEqual(
    ports.ping.opened.map(({ family }) => family),
    [4, 6],
  );
  prober.close();
});

test("targets that cannot be meant are refused", () => {
  const ports = new FakePorts();
  const refused = (text: string, plan: IcmpPlan, reason: RegExp) =>
    assert.throws(() => icmpProber(targetsOf(text), plan, ports), {
      name: "UsageError",
      message: reason,
    });
  refused("fe80::1", PLAN, /link-local: say by which interface, with -I/);
  refused("2001:db8::1", { ...PLAN, family: 4 }, /no IPv4 address/);
  assert.equal(ports.ping.opened.length, 0);
});
