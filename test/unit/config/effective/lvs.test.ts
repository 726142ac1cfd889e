/** What is in force of virtual servers: where values come from, and what keepalived makes of others. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { InForce } from "../../../../src/config/effective/in-force.ts";
import type { EffectiveVirtualServer } from "../../../../src/config/effective/virtual-server.ts";
import { balanced } from "../../../support/effective.ts";

const service = (inside: string, head = "10.0.0.9 80"): string =>
  `virtual_server ${head} {; protocol TCP; lvs_sched rr; lvs_method NAT; ${inside}; }`;
const RS = "real_server 10.0.0.3 80 {; TCP_CHECK {; }; }";

function only(text: string): EffectiveVirtualServer {
  const [first] = balanced(text).lvs.servers;
  if (first === undefined) throw new Error("there is no virtual server");
  return first;
}

/** `5 default`, `7 virtual_server 10.0.0.9 80`: a value and whose it is. */
const from = ({ value, origin }: InForce<unknown>): string =>
  `${value} ${origin.kind === "inherited" ? origin.from : origin.kind}`;

/** The check inside, what stands in its servers, and of its keywords value and origin. */
const INHERITED: readonly (readonly [check: string, above: string, expected: object])[] = [
  [
    "TCP_CHECK {; }",
    "",
    {
      delay_loop: "60000 default",
      retry: "1 default",
      delay_before_retry: "1000 default",
      warmup: "60000 default",
      connect_timeout: "5000 default",
      alpha: "false default",
      connect_port: "80 real_server 10.0.0.3 80",
    },
  ],
  [
    "TCP_CHECK {; delay_loop 3; retry 7; }",
    "delay_loop 9; retry 2; warmup 0; connect_timeout 2; alpha",
    {
      delay_loop: "3000 written",
      retry: "7 written",
      warmup: "0 real_server 10.0.0.3 80",
      connect_timeout: "2000 real_server 10.0.0.3 80",
      alpha: "true real_server 10.0.0.3 80",
    },
  ],
  ["HTTP_GET {; url {; path /; }; }", "", { delay_before_retry: "3000 default" }],
  [
    "DNS_CHECK {; delay_loop 4; }",
    "",
    { retry: "3 default", delay_before_retry: "4000 delay_loop", warmup: "4000 delay_loop" },
  ],
  [
    "MISC_CHECK {; misc_path /x; delay_loop 4; }",
    "delay_loop 8",
    {
      retry: "0 default",
      delay_before_retry: "4000 delay_loop",
      misc_timeout: "8 virtual_server 10.0.0.9 80",
    },
  ],
  ["MISC_CHECK {; misc_path /x; }", "retry 5", { retry: "5 real_server 10.0.0.3 80" }],
  [
    "HTTP_GET {; url {; path /; }; }",
    "virtualhost a.example",
    { virtualhost: "a.example real_server 10.0.0.3 80" },
  ],
];

for (const [check, above, expected] of INHERITED) {
  test(`${check} below ${above || "nothing"} takes what is said nearest, or the built-in value`, () => {
    const text = service(`${above}; real_server 10.0.0.3 80 {; ${check}; }`);
    const { values } = only(text).servers[0]?.checks[0] ?? { values: {} };
    const found = values as unknown as Record<string, InForce<unknown>>;
    for (const [key, value] of Object.entries(expected)) {
      assert.equal(from(found[key] as InForce<unknown>), value, key);
    }
  });
}

test("a check takes from its real server what that took from the virtual server, and its own words first", () => {
  const text = service(
    "delay_loop 9; retry 2; real_server 10.0.0.3 80 {; retry 4; TCP_CHECK {; retry 6; }; PING_CHECK {; }; }",
  );
  const [tcp, ping] = only(text).servers[0]?.checks ?? [];
  assert.ok(tcp?.kind === "TCP_CHECK" && ping?.kind === "PING_CHECK", "in their order");
  assert.equal(from(tcp.values.retry), "6 written");
  assert.equal(from(ping.values.retry), "4 real_server 10.0.0.3 80");
  assert.equal(from(ping.values.delay_loop), "9000 real_server 10.0.0.3 80");
});

test("real servers inherit weight, method and mails", () => {
  const text = `global_defs {; smtp_alert off; }; ${service(`weight 7; ${RS}`)}`;
  const { servers, smtp_alert } = only(text);
  const [server] = servers;
  assert.ok(server !== undefined);
  assert.equal(from(server.weight), "7 virtual_server 10.0.0.9 80");
  assert.equal(server.lvs_method.value.method, "NAT");
  assert.deepEqual(
    [from(server.smtp_alert), from(smtp_alert)],
    ["false global_defs", "false global_defs"],
  );
  const [silent] = only(service(RS)).servers;
  assert.equal(silent && from(silent.smtp_alert), "true default");
});

/** What is found, and what is in force afterwards of a virtual server. */
const CORRECTED: readonly (readonly [
  inside: string,
  found: string,
  key: string,
  value: unknown,
])[] = [
  [
    `quorum 5; hysteresis 3; weight 2; ${RS}`,
    "5:8 vk517 quorum 5 becomes 2, the weight of all real servers of virtual_server 10.0.0.9 80",
    "quorum",
    2,
  ],
  [
    `quorum 5; hysteresis 3; weight 2; ${RS}`,
    "6:12 vk518 hysteresis 3 becomes 1: it has to be below quorum 2",
    "hysteresis",
    1,
  ],
  [`ops; ${RS}`, "5:1 vk522 'ops' is of UDP, virtual_server 10.0.0.9 80 is TCP", "ops", null],
  [
    `mh-port; ${RS}`,
    "5:1 vk524 'mh-port' is ignored: its scheduler is neither sh nor mh",
    "mh-port",
    null,
  ],
];

for (const [inside, line, key, value] of CORRECTED) {
  test(`${inside.split(";")[0]}: ${key} becomes ${value}`, () => {
    const { found, lvs } = balanced(service(inside));
    assert.ok(found.includes(`a.conf:${line}`), found.join("\n"));
    const [server] = lvs.servers;
    assert.equal((server as unknown as Record<string, InForce<unknown>>)[key]?.value, value);
  });
}

test("what is missing of a virtual server is found at its name, once each", () => {
  const { found, lvs } = balanced(`virtual_server 10.0.0.9 80 {; ${RS}; }`);
  assert.deepEqual(found, [
    "a.conf:1:16 vk513 virtual_server 10.0.0.9 80 has no protocol, and becomes UDP",
    "a.conf:1:16 vk511 virtual_server 10.0.0.9 80 has no scheduler, and gets wlc",
    "a.conf:1:16 vk512 virtual_server 10.0.0.9 80 has no forwarding method, and gets NAT",
  ]);
  const [server] = lvs.servers;
  assert.equal(server?.protocol.value, "UDP");
  assert.equal(server?.protocol.origin.kind, "corrected");
});

test("a server behind DR has the port of the virtual one, its checks too", () => {
  const { lvs, found } = balanced(
    service("real_server 10.0.0.3 81 {; lvs_method DR; TCP_CHECK {; }; }"),
  );
  assert.deepEqual(found, [
    "a.conf:5:13 vk519 DR cannot lead from port 80 of virtual_server 10.0.0.9 80 to real_server 10.0.0.3 81",
  ]);
  const [server] = lvs.servers[0]?.servers ?? [];
  assert.equal(server?.port.value, 80);
  const [check] = server?.checks ?? [];
  assert.ok(check?.kind === "TCP_CHECK");
  assert.equal(check.values.connect_port.value, 80);
});

test("a file of a check has the weight of its track_file", () => {
  const text = `track_file f {; file /f; weight 7; }; ${service("real_server 10.0.0.3 80 {; FILE_CHECK {; track_file f; }; }")}`;
  const [check] = only(text).servers[0]?.checks ?? [];
  assert.ok(check?.kind === "FILE_CHECK");
  assert.equal(check.values.weight.value?.weight, 7);
});

test("one mistake of a family does not make another: servers that are left out are no missing ones", () => {
  const { found, lvs } = balanced(service("real_server fd00::3 80 {; }"));
  assert.deepEqual(found, [
    "a.conf:5:13 vk521 real_server fd00::3 is IPv6, virtual_server 10.0.0.9 80 IPv4",
  ]);
  assert.deepEqual(lvs.servers, []);
});

test("a virtual server, a group and a name that are there twice, or not at all", () => {
  const { found } = balanced(`${service(RS)}; ${service(RS)}; ${service(RS, "group g")}`);
  assert.deepEqual(
    found.map((line) => line.split(" ").slice(1, 7).join(" ")),
    ["vk535 there is no virtual_server_group g", "vk536 virtual_server 10.0.0.9 80 is written"],
  );
});

test("each host of an SMTP_CHECK is a check of its own, with what is written around it", () => {
  const hosts = "host {; connect_ip 10.0.0.4; }; host {; connect_port 587; retry 5; }";
  const { servers } = only(
    service(
      `real_server 10.0.0.3 25 {; SMTP_CHECK {; helo_name me; connect_port 26; retry 2; ${hosts}; }; }`,
    ),
  );
  const told = servers[0]?.checks.map((check) => {
    if (check.kind !== "SMTP_CHECK") return check.kind;
    const { connect_ip, connect_port, retry, helo_name, host } = check.values;
    const values = [connect_ip, connect_port, retry, helo_name].map(({ value }) => value);
    return [check.span.place.line, ...values.map(String), host.length];
  });
  assert.deepEqual(told, [
    [10, "10,0,0,4", "26", "2", "me", 0],
    [13, "10,0,0,3", "587", "5", "me", 0],
  ]);
});
