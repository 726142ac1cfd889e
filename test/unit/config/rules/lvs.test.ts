/** What is likely not meant of virtual servers, though keepalived takes it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { examined, hostOf, instance } from "../../../support/effective.ts";

const service = (inside: string, head = "10.0.0.9 80"): string =>
  `virtual_server ${head} {; protocol TCP; lvs_sched rr; lvs_method NAT; ${inside}; }`;
const checked = (inside = "", address = "10.0.0.3 80"): string =>
  `real_server ${address} {; ${inside}; TCP_CHECK {; }; }`;
/** Without the note on times, which each check has. */
const found = (text: string): string[] => examined(text).filter((line) => !line.includes("vk549"));

/** A text, and what is found in it. */
const FOUND: readonly (readonly [what: string, text: string, found: readonly string[]])[] = [
  ["nothing", service(checked()), []],
  [
    "a real server without a check",
    service("real_server 10.0.0.3 80 {; }"),
    [
      "5:13 vk540 real_server 10.0.0.3 of virtual_server 10.0.0.9 80 has no check: it stays in service whatever happens to it",
    ],
  ],
  [
    "a check that keepalived drops",
    service("real_server 10.0.0.3 80 {; BFD_CHECK {; name b; }; }"),
    [],
  ],
  [
    "thresholds",
    service(checked("uthreshold 5; lthreshold 10")),
    ["7:12 vk541 lthreshold 10 of real_server 10.0.0.3 is above its uthreshold 5"],
  ],
  ["thresholds in order", service(checked("uthreshold 10; lthreshold 5")), []],
  [
    "weights of rr",
    service(`${checked("weight 3")}; ${checked("weight 5", "10.0.0.4 80")}`),
    ["11:8 vk542 weight 5 means nothing to the scheduler rr of virtual_server 10.0.0.9 80"],
  ],
  ["weight 0 of rr", service(`${checked("weight 1")}; ${checked("weight 0", "10.0.0.4 80")}`), []],
  [
    "a real server of another family than the group",
    `virtual_server_group g {; 10.0.0.9 80; }; ${service(checked("", "fd00::3 80"), "group g")}`,
    ["8:13 vk543 real_server fd00::3 is IPv6, virtual_server group g IPv4"],
  ],
  [
    "a group that nothing uses",
    `virtual_server_group g {; 10.0.0.9 80; }; ${service(checked())}`,
    ["1:22 vk544 nothing uses virtual_server_group g"],
  ],
  [
    "a quorum that stays lost",
    service(`quorum 2; hysteresis 1; ${checked("weight 2")}`),
    [
      "6:12 vk545 virtual_server 10.0.0.9 80 needs a weight of 3 (quorum 2 and hysteresis 1), and all its servers have 2: once lost the quorum stays lost",
    ],
  ],
  [
    "a quorum of weights that change",
    service(
      "quorum 2; hysteresis 1; real_server 10.0.0.3 80 {; weight 2; MISC_CHECK {; misc_path /bin/true; misc_dynamic; }; }",
    ),
    [],
  ],
  [
    "a quorum and hysteresis that are met",
    service(`quorum 2; hysteresis 1; ${checked("weight 3")}`),
    [],
  ],
  [
    "a sorry server that is real",
    service(`sorry_server 10.0.0.3 80; ${checked()}`),
    ["5:14 vk546 sorry_server 10.0.0.3 of virtual_server 10.0.0.9 80 is one of its real servers"],
  ],
  [
    "servers that are the virtual server",
    service(`sorry_server 10.0.0.9 80; ${checked("", "10.0.0.9 81")}`),
    ["5:14 vk552 sorry_server 10.0.0.9 is the address of virtual_server 10.0.0.9 80 itself"],
  ],
  [
    "a check without a port",
    service(`persistence_timeout 5; ${checked("", "10.0.0.3")}`, "10.0.0.9"),
    ["7:1 vk547 TCP_CHECK of real_server 10.0.0.3 has no port to connect to"],
  ],
  [
    "checks of each kind without a port, but for the ones that need none",
    service(
      "persistence_timeout 5; real_server 10.0.0.3 {; HTTP_GET {; url {; path /; }; }; SMTP_CHECK {; }; DNS_CHECK {; }; UDP_CHECK {; }; PING_CHECK {; }; SSL_GET {; connect_port 443; url {; path /; }; }; }",
      "10.0.0.9",
    ),
    [
      "7:1 vk547 HTTP_GET of real_server 10.0.0.3 has no port to connect to",
      "12:1 vk547 SMTP_CHECK of real_server 10.0.0.3 has no port to connect to",
      "14:1 vk547 DNS_CHECK of real_server 10.0.0.3 has no port to connect to",
      "16:1 vk547 UDP_CHECK of real_server 10.0.0.3 has no port to connect to",
    ],
  ],
  [
    "a check that is slower than its delay",
    service(`delay_loop 3; connect_timeout 4; ${checked()}`),
    [
      "6:17 vk548 one try of TCP_CHECK of real_server 10.0.0.3 may take 4s (connect_timeout), and there is to be one each 3s (delay_loop)",
    ],
  ],
  [
    "a path without a slash in front, and one with",
    service(
      "real_server 10.0.0.3 80 {; HTTP_GET {; url {; path index.html; }; url {; path /; }; }; }",
    ),
    ["8:6 vk553 path 'index.html' does not begin with /"],
  ],
  [
    "plain HTTP to the port of HTTPS, said or inherited, and TLS to it",
    service(
      "real_server 10.0.0.3 80 {; HTTP_GET {; connect_port 443; url {; path /; }; }; }; real_server 10.0.0.4 443 {; HTTP_GET {; url {; path /; }; }; SSL_GET {; url {; path /; }; }; }",
    ),
    [
      "7:14 vk554 HTTP_GET of real_server 10.0.0.3 speaks plain HTTP to port 443",
      "14:1 vk554 HTTP_GET of real_server 10.0.0.4 speaks plain HTTP to port 443",
    ],
  ],
  [
    "an address that no instance has",
    `${instance("")}; ${service(checked())}`,
    ["8:16 vk550 no vrrp_instance has 10.0.0.9, the address of virtual_server 10.0.0.9 80"],
  ],
  [
    "an address that an instance has",
    `${instance("", "v", 5, "10.0.0.9")}; ${service(checked())}`,
    [],
  ],
  [
    "a mark without a family",
    "virtual_server fwmark 5 {; lvs_sched rr; lvs_method NAT; real_server 10.0.0.3 {; PING_CHECK {; }; }; }",
    ["1:16 vk551 virtual_server fwmark 5 is IPv4, as its first server is"],
  ],
];

for (const [what, text, expected] of FOUND) {
  test(`${what}: ${expected.length === 0 ? "nothing is found" : "is found"}`, () => {
    assert.deepEqual(
      found(text),
      expected.map((line) => `a.conf:${line}`),
    );
  });
}

test("an address that the host has needs no instance", () => {
  const text = `${instance("")}; ${service(checked())}`;
  assert.deepEqual(
    examined(text, hostOf({ eth0: "10.0.0.9/24" })).filter((line) => line.includes("vk550")),
    [],
  );
});

test("each check tells how long a failure goes unnoticed: delay, then tries with pauses between", () => {
  const text = service(
    `delay_loop 10; connect_timeout 3; retry 2; delay_before_retry 1; ${checked()}`,
  );
  assert.deepEqual(examined(text), [
    "a.conf:10:1 vk549 TCP_CHECK of real_server 10.0.0.3: a refusal is acted on after 12s at most, silence after 21s",
  ]);
});
