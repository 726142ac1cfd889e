/** Virtual servers, real servers and their checks as blocks. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseIp } from "../../../../src/core/addr.ts";
import { readConf, said } from "../../../support/conf.ts";

const inServer = (...lines: string[]) => {
  const { conf, found } = readConf("virtual_server 10.0.0.9 80 {", ...lines, "}");
  return { server: said(conf.virtual_server[0]?.value.body ?? {}), found };
};

const inCheck = (name: string, ...lines: string[]) => {
  const { server, found } = inServer("real_server 10.0.0.3 {", `${name} {`, ...lines, "}", "}");
  const [real] = server.real_server as { body: object }[];
  const [check] = said(real?.body ?? {})[name] as object[];
  return { check: said(check ?? {}), found };
};

test("a virtual server under either spelling of its scheduler and its method", () => {
  const { server, found } = inServer(
    "lb_algo wrr",
    "lb_kind DR",
    "protocol tcp",
    "persistence_timeout",
    "persistence_granularity 255.255.255.0",
    "delay_loop 0.5",
    "quorum_up /bin/true root",
    "sorry_server 10.0.0.4 80",
    "virtualhost a",
  );
  assert.deepEqual(server, {
    lvs_sched: "wrr",
    lvs_method: { method: "DR", type: "ipip", port: null, checksum: "nocsum" },
    protocol: "TCP",
    persistence_timeout: 360,
    persistence_granularity: parseIp("255.255.255.0"),
    delay_loop: 500,
    quorum_up: { argv: ["/bin/true"], user: "root", group: null },
    sorry_server: { ip: parseIp("10.0.0.4"), port: 80 },
    virtualhost: "a",
  });
  assert.deepEqual(found, []);
});

test("off behind what is a flag by its presence switches on", () => {
  assert.deepEqual(inServer("alpha off", "inhibit_on_failure no", "omega x").found, [
    "a.conf:2:7 vk219 'alpha off' switches it on",
    "a.conf:3:20 vk219 'inhibit_on_failure no' switches it on",
    "a.conf:4:7 vk104 'omega' takes nothing",
  ]);
});

test("values that keepalived changes or does not take", () => {
  const { server, found } = inServer(
    "quorum 0",
    "weight 0",
    "retry 0",
    "lb_algo foo",
    "persistence_granularity 255.0.255.0",
    "persistence_granularity x",
    "snmp_name a b",
    "quorum_down /bin/true",
    "quorum_down /bin/false",
  );
  assert.equal(server.quorum, 1);
  assert.deepEqual(
    found.map((line) => line.split(" ")[1]),
    ["vk208", "vk203", "vk203", "vk204", "vk505", "vk202", "vk227", "vk122"],
  );
});

test("a real server may have the same check several times", () => {
  const { server, found } = inServer(
    "real_server 10.0.0.3 80 {",
    "weight 0",
    "inhibit_on_failure off",
    "TCP_CHECK {",
    "connect_port 8080",
    "}",
    "TCP_CHECK {",
    "retry 0",
    "}",
    "}",
  );
  const [real] = server.real_server as { name: object; body: object }[];
  const { weight, inhibit_on_failure: inhibit, TCP_CHECK: checks } = said(real?.body ?? {});
  assert.deepEqual(
    [weight, inhibit, (checks as object[]).map(said)],
    [0, false, [{ connect_port: 8080 }, { retry: 0 }]],
  );
  assert.deepEqual(found, []);
});

test("HTTP_GET asks for pages, and each has a path", () => {
  const { check, found } = inCheck(
    "HTTP_GET",
    "http_protocol 1.0c",
    "nb_get_retry 3",
    "url {",
    "path /a",
    "status_code 200",
    "status_code 300-302",
    "}",
  );
  assert.equal(check.http_protocol, "1.0C");
  assert.deepEqual((check.url as object[]).map(said), [
    { path: "/a", status_code: [[{ from: 200, to: 200 }], [{ from: 300, to: 302 }]] },
  ]);
  assert.deepEqual(found, ["a.conf:5:1 vk120 'nb_get_retry' is deprecated"]);
  assert.deepEqual(inCheck("SSL_GET", "url {", "status_code 200", "}").found, [
    "a.conf:4:1 vk236 'url' lacks 'path'",
  ]);
});

test("a check without what it is about is told, and one that is wrong is told once", () => {
  for (const [name, lacks] of [
    ["HTTP_GET", "url"],
    ["MISC_CHECK", "misc_path"],
    ["FILE_CHECK", "track_file"],
    ["BFD_CHECK", "name"],
  ] as const) {
    assert.deepEqual(inCheck(name).found, [`a.conf:3:1 vk236 '${name}' lacks '${lacks}'`]);
  }
  assert.deepEqual(inCheck("FILE_CHECK", "track_file").found.length, 1);
});

test("the checks of files and BFD sessions have no connection", () => {
  const { found } = inCheck("FILE_CHECK", "track_file f", "weight 5 noreverse", "connect_port 1");
  assert.deepEqual(found, ["a.conf:6:1 vk103 unknown keyword 'connect_port' in FILE_CHECK"]);
  assert.deepEqual(inCheck("BFD_CHECK", "name b", "alpha").check, { name: "b", alpha: true });
});

test("a DNS name has no empty label", () => {
  assert.deepEqual(inCheck("DNS_CHECK", "type aaaa", "name .").check, { type: "AAAA", name: "." });
  assert.match(inCheck("DNS_CHECK", "name a..b").found[0] ?? "", /^a.conf:4:6 vk510/);
});

test("a virtual_server_group has entries", () => {
  assert.deepEqual(readConf("virtual_server_group g {", "}").found, [
    "a.conf:1:1 vk238 'virtual_server_group' has no entry",
  ]);
  const { conf } = readConf("virtual_server_group g {", "10.0.0.10-20 80", "fwmark 5", "}");
  assert.equal(conf.virtual_server_group[0]?.value.body.length, 2);
});

test("of SSL the last one counts, and keepalived complains", () => {
  const { conf, found } = readConf("SSL {", "ca a", "ca b", "}", "SSL {", "key c", "}");
  assert.deepEqual(said(conf.SSL?.value ?? {}), { key: "c" });
  assert.deepEqual(found, [
    "a.conf:3:1 vk124 'ca' replaces what was written before",
    "a.conf:5:1 vk124 'SSL' replaces what was written before",
  ]);
});
