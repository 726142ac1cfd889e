/** From virtual servers as they are in force to what is checked, and a note of what is not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lvsPlanOf } from "../../../../../../src/app/ha/up/plan/lvs-of.ts";
import type { PlannedProbe } from "../../../../../../src/app/ha/up/plan/lvs-plan.ts";
import { Programs } from "../../../../../../src/app/ha/up/plan/programs.ts";
import { effective } from "../../../../../support/effective.ts";

function planned(text: string) {
  const { configuration, vrrp, lvs } = effective(text);
  const accounts = { passwd: "root:x:0:0::/:\n", group: "" };
  const programs = new Programs(vrrp.globals, accounts, []);
  const readSecretFile = (path: string) => ({ text: `PEM of ${path}`, mode: 0o600 });
  const notes: string[] = [];
  const note = (line: string): void => void notes.push(line);
  const ports = { readSecretFile };
  const plan = lvsPlanOf(lvs, vrrp.instances, configuration, vrrp.globals, programs, ports, note);
  return { plan, notes };
}

const service = (inside: string, head = "10.0.0.1 80"): string =>
  `virtual_server ${head} {; protocol TCP; ${inside}; }`;

const checked = (check: string, more = "") =>
  planned(`${more}; ${service(`real_server 10.0.1.1 81 {; ${check}; }`)}`);

const probeOf = (check: string, more = ""): PlannedProbe | undefined =>
  checked(check, more).plan.services[0]?.servers[0]?.checks[0]?.probe;

test("all of it can go from process to process", () => {
  const { plan } = checked("HTTP_GET {; url {; path /; regex x; }; }");
  assert.deepEqual(structuredClone(plan), plan);
});

test("servers in keepalived's words, and quorum, sorry server, hooks and mails as they are written", () => {
  const { plan, notes } = planned(
    `global_defs {; rs_init_notifies; no_checker_emails; }; ${service(
      `quorum 2; hysteresis 1; omega; ha_suspend; quorum_up /up; sorry_server 10.0.9.9 82; sorry_server_inhibit
      real_server 10.0.1.1 81 {; weight 5; inhibit_on_failure; notify_down "/down x"; smtp_alert off; }`,
    )}`,
  );
  const [one] = plan.services;
  const [server] = one?.servers ?? [];
  assert.deepEqual([plan.tellsFirst, plan.mailsChecks], [true, false]);
  assert.deepEqual([one?.label, one?.quorum, one?.hysteresis], ["[10.0.0.1]:tcp:80", 2, 1]);
  assert.deepEqual([one?.isOmega, one?.isMailed], [true, false]);
  assert.deepEqual(one?.suspendedWithout, Uint8Array.of(10, 0, 0, 1));
  assert.deepEqual([one?.sorry?.label, one?.sorry?.isInhibited], ["[10.0.9.9]:tcp:82", true]);
  assert.deepEqual([one?.hooks.up?.argv, one?.hooks.down], [["/up"], null]);
  assert.deepEqual([server?.label, server?.weight], ["[10.0.1.1]:tcp:81", 5]);
  assert.deepEqual([server?.isInhibited, server?.isMailed], [true, false]);
  assert.deepEqual(server?.hooks.down?.argv, ["/down", "x"]);
  assert.deepEqual(notes, []);
});

test("groups and marks, and two services of one name have keys of their own", () => {
  const { plan } = planned(
    `virtual_server_group g {; 10.0.0.7 53; }; ${service("real_server 10.0.1.1 53 {; }", "group g")}
    virtual_server group g {; protocol UDP; real_server 10.0.1.1 53 {; }; }
    virtual_server fwmark 5 {; real_server 10.0.1.1 53 {; }; }`,
  );
  assert.deepEqual(
    plan.services.map(({ label, servers }) => [label, servers[0]?.label]),
    [
      ["[g]:0", "[10.0.1.1]:tcp:53"],
      ["[g]:0", "[10.0.1.1]:udp:53"],
      ["FWM 5", "[10.0.1.1]:none:53"],
    ],
  );
  assert.equal(new Set(plan.services.map(({ key }) => key)).size, 3);
});

test("times of a check: its own, its server's, the built-in ones", () => {
  const [check] =
    checked("delay_loop 7; retry 4; TCP_CHECK {; connect_timeout 2; alpha; log_all_failures; }")
      .plan.services[0]?.servers[0]?.checks ?? [];
  const { probe: _, ...times } = check ?? assert.fail("no check");
  assert.deepEqual(times, {
    ...{ kind: "TCP_CHECK", isAlpha: true, tellsAll: true, retries: 4 },
    ...{ delayMs: 7000, retryDelayMs: 1000, warmupMs: 7000, limitMs: 2000 },
  });
});

test("where it goes, and from where", () => {
  const way = "connect_ip 10.0.2.2; connect_port 99; bindto 10.0.2.9; bind_if eth1; fwmark 3";
  assert.deepEqual(probeOf(`TCP_CHECK {; ${way}; }`), {
    by: "tcp",
    ip: Uint8Array.of(10, 0, 2, 2),
    port: 99,
    source: Uint8Array.of(10, 0, 2, 9),
    ifName: "eth1",
    mark: 3,
  });
});

test("pages: the nearest name of the host, SNI where it is wanted, what has to come", () => {
  const url = `url {; path /a; virtualhost u.test; digest ${"ab".repeat(16)}; status_code 200-204 301; regex "a.c"; regex_options caseless; }`;
  const probe = probeOf(
    `virtualhost s.test; SSL_GET {; http_protocol 1.1; enable_sni; ${url}; url {; path /b; regex x; regex_no_match; }; }`,
    "SSL {; ca /a; certificate /c; key /k; }",
  );
  if (probe?.by !== "http") assert.fail("no pages");
  assert.equal(probe.version, "1.1");
  assert.deepEqual(probe.tls, {
    ca: "PEM of /a",
    certificate: "PEM of /c",
    key: "PEM of /k",
  });
  const [a, b] = probe.pages;
  assert.deepEqual(
    [a?.host, a?.path, a?.serverName, b?.host, b?.serverName],
    ["u.test", "/a", "u.test", "s.test", "s.test"],
  );
  assert.deepEqual(a?.expected.statuses, [
    { first: 200, last: 204 },
    { first: 301, last: 301 },
  ]);
  assert.deepEqual([a?.expected.match, a?.expected.md5], [/a.c/i, "ab".repeat(16)]);
  assert.deepEqual([b?.expected.match, b?.expected.noMatch], [null, /x/]);
  assert.deepEqual(b?.expected.statuses, [{ first: 200, last: 299 }]);
  const bare = probeOf("HTTP_GET {; url {; path /; }; }");
  assert.equal(bare?.by === "http" && bare.pages[0]?.host, "10.0.1.1:81");
});

test("the name of a certificate is that of TLS, else that of the page without its port", () => {
  const nameOf = (inside: string) => {
    const probe = probeOf(`SSL_GET {; url {; path /; }; ${inside}; }`);
    return probe?.by === "http" && probe.pages[0]?.certificateName;
  };
  assert.deepEqual(
    [
      nameOf("virtualhost s.test:8443"),
      nameOf("virtualhost [fd00::1]:8443"),
      nameOf("virtualhost s.test; sni_name n.test"),
      nameOf(""),
    ],
    ["s.test", "fd00::1", "n.test", null],
  );
});

test("what cannot be looked at is told, and never left out in silence", () => {
  const { notes, plan } = checked(
    `HTTP_GET {; url {; path /; regex "(?<x"; regex_options ungreedy; regex_min_offset 5; }; }
    BFD_CHECK {; name b; }`,
    "bfd_instance b {; neighbor_ip 10.0.0.2; }",
  );
  const name = "HTTP_GET of [10.0.1.1]:tcp:81 for [10.0.0.1]:tcp:80: /";
  assert.deepEqual(notes.slice(0, 2), [
    `${name}: regex_options ungreedy is not supported`,
    `${name}: regex_min_offset is not supported: all of it is looked at`,
  ]);
  assert.match(notes[2] ?? "", /regex is left out: Invalid regular expression/);
  assert.match(notes[3] ?? "", /^BFD_CHECK of .* is without effect: there is no BFD here$/);
  assert.equal(plan.services[0]?.servers[0]?.checks.length, 1);
});

test("datagrams, names, mail servers, programs and files", () => {
  assert.deepEqual(
    probeOf("UDP_CHECK {; payload 0a0b; require_reply 0cxx; min_reply_length 2; }"),
    {
      ...{ by: "udp", ip: Uint8Array.of(10, 0, 1, 1), port: 81 },
      ...{ source: null, ifName: null, mark: null, payload: Uint8Array.of(10, 11) },
      want: {
        required: true,
        minBytes: 2,
        maxBytes: 255,
        patterns: [
          {
            kind: "masked",
            mask: { bytes: Uint8Array.of(12, 0), mask: Uint8Array.of(255, 0) },
            text: "require_reply",
          },
        ],
      },
    },
  );
  const dns = probeOf("DNS_CHECK {; type mx; name example.test; }");
  assert.deepEqual(dns?.by === "dns" && dns.question, { name: "example.test", type: "MX" });
  const smtp = probeOf("SMTP_CHECK {; helo_name me.test; }");
  assert.equal(smtp?.by === "smtp" && smtp.helo, "me.test");
  assert.deepEqual(probeOf('MISC_CHECK {; misc_path "/chk -a"; misc_dynamic; }'), {
    ...{ by: "program", argv: ["/chk", "-a"], user: null, isWeighted: true },
  });
  assert.deepEqual(
    probeOf("FILE_CHECK {; track_file f; weight 2 reverse; }", "track_file f {; file /f; }"),
    { by: "file", file: "f", factor: -2 },
  );
});
