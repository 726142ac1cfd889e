import assert from "node:assert/strict";
import { test } from "node:test";
import type { IpvsService } from "../../../../../src/core/netlink/ipvs-service.ts";
import { settingFindings } from "../../../../../src/proto/ipvs/doctor/settings-check.ts";
import type { VirtualService } from "../../../../../src/proto/ipvs/table.ts";
import { fixes, told } from "../../../../support/doctor.ts";
import { directTo, ipvsFacts, virtual } from "../../../../support/ipvs-facts.ts";

const [TCP, UDP] = [virtual("tcp 192.0.2.1:80"), virtual("udp 192.0.2.1:53")];
const persistence = { timeoutS: 360, netmask: 0xffffffff, engine: null };

function judge(
  settings: Readonly<Record<string, number>>,
  services: readonly VirtualService[] = [TCP],
  changes: Parameters<typeof ipvsFacts>[1] = {},
) {
  const paths = Object.entries(settings).map(([name, value]) => [
    `net/ipv4/vs/${name}`,
    `${value}`,
  ]);
  return settingFindings(ipvsFacts(services, { ...changes, settings: Object.fromEntries(paths) }));
}

const of = (more: Partial<IpvsService>, words = "tcp 192.0.2.1:80"): VirtualService =>
  virtual(words, undefined, more);

test("a real server that was removed: for each protocol what becomes of its connections, and when", () => {
  const findings = judge({ expire_nodest_conn: 0 }, [TCP, UDP]);
  assert.deepEqual(told(findings), [
    "warn: expire_nodest_conn is 0: when a real server is removed, what its clients send is dropped in silence, also with others alive: tcp hangs up to 15m instead of being reset, udp from the same port (a resolver, a VPN) is lost for 5m",
  ]);
  assert.deepEqual(fixes(findings), ["sysctl -w net/ipv4/vs/expire_nodest_conn=1"]);
  const [udp] = told(judge({ expire_nodest_conn: 0 }, [UDP]));
  assert.match(udp ?? "", /alive: udp from/);
  const [mark] = told(judge({ expire_nodest_conn: 0 }, [virtual("fwmark 5")]));
  assert.match(mark ?? "", /tcp hangs .* udp from .* sctp hangs/);
  assert.match(told(judge({ expire_nodest_conn: 1 }))[0] ?? "", /^ok: /);
});

test("one-packet scheduling has no connections to lose", () => {
  const services = [of({ onePacket: true }, "udp 192.0.2.1:53")];
  assert.deepEqual(judge({ expire_nodest_conn: 0 }, services), []);
});

test("persistent clients stay with a real server of weight 0", () => {
  const findings = judge({ expire_quiescent_template: 0 }, [of({ persistence }), UDP]);
  assert.match(
    told(findings)[0] ?? "",
    /^warn: .* a client of tcp 192\.0\.2\.1:80 goes on .* within 6m$/,
  );
  assert.deepEqual(fixes(findings), ["sysctl -w net/ipv4/vs/expire_quiescent_template=1"]);
  assert.match(
    told(judge({ expire_quiescent_template: 1 }, [of({ persistence })]))[0] ?? "",
    /^ok: /,
  );
  assert.deepEqual(judge({ expire_quiescent_template: 0 }), [], "nobody is persistent");
});

test("a port that is used again: what is right depends on the kernel and conntrack", () => {
  const verdict = (
    conn_reuse_mode: number,
    conntrack: number,
    release: [number, number] | null,
  ) => {
    const [first] = judge({ conn_reuse_mode, conntrack }, [TCP], { release });
    return `${first?.verdict} ${first?.fix.join()}`;
  };
  const [TO_0, TO_1] = [0, 1].map((to) => `warn sysctl -w net/ipv4/vs/conn_reuse_mode=${to}`);
  assert.equal(verdict(1, 1, [5, 8]), TO_0);
  assert.equal(verdict(1, 1, [4, 19]), TO_0);
  assert.equal(verdict(0, 0, [4, 19]), TO_1);
  assert.equal(verdict(0, 1, [5, 9]), TO_1);
  assert.equal(verdict(0, 1, null), TO_1);
  for (const [reuse, conntrack, release] of [
    [1, 1, [5, 9]],
    [1, 1, [6, 1]],
    [1, 0, [5, 8]],
    [0, 1, [5, 8]],
  ] as const)
    assert.equal(verdict(reuse, conntrack, [...release]), "ok ");
  assert.deepEqual(judge({ conn_reuse_mode: 0 }, [UDP]), [], "UDP has no SYN");
});

test("conntrack and nat_icmp_send are of NAT", () => {
  const settings = { conntrack: 0, nat_icmp_send: 0 };
  const direct = virtual("tcp 192.0.2.1:80", [directTo("10.0.0.11:80")]);
  assert.deepEqual(judge(settings, [direct]), []);
  assert.deepEqual(
    told(judge(settings)).map((line) => line.slice(0, 22)),
    ["ok: conntrack is 0: ne", "ok: nat_icmp_send is 0"],
  );
  assert.match(told(judge({ conntrack: 1 }))[0] ?? "", /knows the connections of NAT/);
  assert.match(told(judge({ nat_icmp_send: 1 }))[0] ?? "", /is told by ICMP/);
});

test("a packet in the middle may begin a connection only where it finds its real server again", () => {
  const first = (value: number, scheduler: string) =>
    judge({ sloppy_tcp: value }, [of({ scheduler })])[0];
  assert.deepEqual(fixes([first(1, "rr") ?? assert.fail()]), [
    "sysctl -w net/ipv4/vs/sloppy_tcp=0",
  ]);
  assert.deepEqual([first(1, "sh")?.verdict, first(1, "mh")?.verdict], ["ok", "ok"]);
  assert.match(first(0, "rr")?.seen ?? "", /without a sync daemon connections end/);
  assert.deepEqual(judge({ sloppy_tcp: 1, sloppy_sctp: 1 }, [UDP]), []);
  const [sctp] = judge({ sloppy_sctp: 1 }, [of({ scheduler: "rr" }, "sctp 192.0.2.1:9")]);
  assert.equal(sctp?.verdict, "warn");
});

test("a setting that the kernel does not have is not told", () => {
  assert.deepEqual(judge({}, [TCP, UDP, of({ persistence })]), []);
});
