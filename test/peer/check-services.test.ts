/** check dns, smtp, ftp and telnet beside Debian's own servers: up, saying no, frozen and gone. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import {
  check,
  named,
  postfix,
  type Service,
  telnetd,
  UNTIL_UP,
  vsftpd,
} from "../support/services.ts";

const LONG_TEXT = Array.from({ length: 20 }, () => `"${"x".repeat(60)}"`).join(" ");
const ZONE = `$TTL 300
@ SOA ns hostmaster 1 1h 1h 1h 1h
@ NS ns
@ MX 10 mail
ns A 10.0.0.2
www A 10.0.0.80
www A 10.0.0.81
long TXT ${LONG_TEXT}
`;

/** What is so of every server: frozen it is late, thawed it is up again, and gone it refuses. */
async function frozenAndGone(client: Host, service: Service, ...words: readonly string[]) {
  service.freeze();
  const [frozen, late] = await check(client, ...words, "-t", "300ms");
  assert.match(late, / DOWN {2}L[67]TOUT /);
  service.thaw();
  assert.match((await check(client, ...words, ...UNTIL_UP))[1], / UP {2}L7OK /);
  await service.stop();
  const [gone, refused] = await check(client, ...words);
  assert.match(refused, / DOWN {2}L4CON /);
  assert.deepEqual([frozen, gone], [1, 1]);
}

describe("beside Debian's servers", { concurrency: 1 }, () => {
  test("bind9", { skip: labMissing("named") }, async () => {
    await using lan = await Lan.open("client", "server");
    const { client, server } = lan.hosts;
    const service = named(server, ZONE);
    const www = ["dns", server.ipv4, "--name", "www.example.test"];
    const [up, line] = await check(client, ...www, ...UNTIL_UP);
    assert.match(line, /^10\.0\.0\.2:53 {2}UP {2}L7OK .* NOERROR, A 10\.0\.0\.8/);
    assert.equal(up, 0);
    const both = ["--answer", "10.0.0.81", "--answer", "10.0.0.80"];
    assert.equal((await check(client, ...www, ...both, "--tcp"))[0], 0);
    assert.match((await check(client, ...www, "--answer", "10.0.0.1"))[1], / DOWN {2}L7STS /);
    const none = ["dns", server.ipv4, "--name", "none.example.test"];
    assert.match((await check(client, ...none))[1], /L7STS .* NXDOMAIN instead of NOERROR/);
    assert.equal((await check(client, ...none, "--rcode", "NXDOMAIN"))[0], 0);
    const elsewhere = ["dns", server.ipv4, "--name", "example.org"];
    assert.match((await check(client, ...elsewhere))[1], /L7STS .* REFUSED instead of NOERROR/);
    const long = ["dns", server.ipv4, "--name", "long.example.test", "--type", "TXT", "-j"];
    const { facts } = JSON.parse((await check(client, ...long))[1]);
    assert.equal(facts.truncated, true); // and asked for again over TCP
    assert.equal(facts.answers[0].length, 1200);
    const told = async (...words: readonly string[]) =>
      JSON.parse((await check(client, ...long, ...words))[1]);
    const { facts: byEdns, verdict } = await told("--bufsize", "4096");
    assert.deepEqual([verdict, byEdns.truncated, byEdns.edns_version], ["up", false, 0]);
    assert.ok(byEdns.edns_payload_bytes >= 512);
    assert.equal(byEdns.dnssec_ok, false);
    assert.equal((await told("--dnssec")).facts.dnssec_ok, true);
    assert.equal((await told("--bufsize", "512")).facts.truncated, true);
    const mail = ["dns", server.ipv4, "--name", "example.test", "--type", "MX"];
    assert.equal((await check(client, ...mail, "--answer", "10 MAIL.example.test."))[0], 0);
    await frozenAndGone(client, service, ...www);
  });

  test("postfix", { skip: labMissing("postfix", "openssl") }, async () => {
    await using lan = await Lan.open("client", "server");
    const { client, server } = lan.hosts;
    const service = postfix(server);
    const smtp = ["smtp", server.ipv4];
    const [up, line] = await check(client, ...smtp, ...UNTIL_UP);
    assert.match(line, /^10\.0\.0\.2:25 {2}UP {2}L7OK .* mx\.example\.test ESMTP Postfix/);
    assert.equal(up, 0);
    assert.match((await check(client, ...smtp, "--starttls"))[1], / DOWN {2}L6RSP .*self-signed/);
    const ours = ["--ca", `${service.folder}/cert`, "--sni", "mx.example.test"];
    const { facts, verdict } = JSON.parse(
      (await check(client, ...smtp, "--starttls", ...ours, "-j"))[1],
    );
    assert.equal(verdict, "up");
    assert.equal(facts.tls_version, "TLSv1.3");
    assert.equal(facts.cert_days, 29);
    assert.ok(facts.extensions.includes("PIPELINING"));
    const lasts = await check(client, ...smtp, "--tls", ...ours, "--cert-days", "20");
    assert.match(lasts[1], /:465 {2}UP {2}L7OK /);
    const soon = await check(client, ...smtp, "--tls", ...ours, "--cert-days", "60");
    assert.match(soon[1], / DOWN {2}L6RSP .*expires in 29 days/);
    const strict = ["smtp", `${server.ipv4}:1465`, "--tls", ...ours];
    assert.match((await check(client, ...strict))[1], / DOWN /);
    const known = ["--cert", `${service.folder}/cert`, "--key", `${service.folder}/key`];
    assert.match((await check(client, ...strict, ...known))[1], / UP {2}L7OK /);
    const newer = await check(client, ...strict, ...known, "--tls-min", "1.3");
    assert.match(newer[1], / DOWN {2}L6RSP .*no common TLS version/);
    await frozenAndGone(client, service, ...smtp);
  });

  test("vsftpd", { skip: labMissing("vsftpd", "openssl") }, async () => {
    await using lan = await Lan.open("client", "server");
    const { client, server } = lan.hosts;
    const service = vsftpd(server);
    const ftp = ["ftp", server.ipv4];
    const [up, line] = await check(client, ...ftp, ...UNTIL_UP);
    assert.match(line, /^10\.0\.0\.2:21 {2}UP {2}L7OK .* example ftp$/);
    assert.equal(up, 0);
    assert.match((await check(client, ...ftp, "--user", "anonymous"))[1], /UP .* logged in:/);
    const [no, refused] = await check(client, ...ftp, "--user", "root");
    assert.match(refused, / DOWN {2}L7STS .*the login is refused: 530/);
    assert.equal(no, 1);
    assert.match(
      (await check(client, ...ftp, "--starttls"))[1],
      / DOWN {2}L7STS .*AUTH TLS refused/,
    );
    await frozenAndGone(client, service, ...ftp);
  });

  test("vsftpd over TLS", { skip: labMissing("vsftpd", "openssl") }, async () => {
    await using lan = await Lan.open("client", "server");
    const { client, server } = lan.hosts;
    const ftp = ["ftp", server.ipv4];
    const auth = vsftpd(server, "auth");
    assert.equal((await check(client, ...ftp, ...UNTIL_UP))[0], 0);
    const plain = await check(client, ...ftp, "--user", "anonymous");
    assert.match(plain[1], / DOWN {2}L7STS .*the login is refused: 530/);
    assert.match((await check(client, ...ftp, "--starttls"))[1], / DOWN {2}L6RSP .*self-signed/);
    const ours = ["--ca", `${auth.folder}/cert`, "--sni", "ftp.example.test"];
    const login = ["--starttls", ...ours, "--user", "anonymous", "-j"];
    const { facts, verdict } = JSON.parse((await check(client, ...ftp, ...login))[1]);
    assert.deepEqual([verdict, facts.login, facts.cert_days], ["up", true, 29]);
    const soon = await check(client, ...ftp, "--starttls", ...ours, "--cert-days", "60");
    assert.match(soon[1], / DOWN {2}L6RSP .*expires in 29 days/);
    await auth.stop();
    const implicit = vsftpd(server, "implicit");
    const tls = ["--tls", "--ca", `${implicit.folder}/cert`, "--sni", "ftp.example.test"];
    assert.match((await check(client, ...ftp, ...tls, ...UNTIL_UP))[1], /:990 {2}UP {2}L7OK /);
    await frozenAndGone(client, implicit, ...ftp, "--tls", "-k");
  });

  test("inetutils-telnetd", { skip: labMissing("telnetd", "inetd") }, async () => {
    await using lan = await Lan.open("client", "server");
    const { client, server } = lan.hosts;
    const service = telnetd(server);
    const telnet = ["telnet", server.ipv4];
    const [up, line] = await check(client, ...telnet, ...UNTIL_UP);
    assert.match(line, /^10\.0\.0\.2:23 {2}UP {2}L7OK .* prompt \S+ login:$/);
    assert.equal(up, 0);
    const [none] = await check(client, ...telnet, "--expect", "Password:", "-t", "1s");
    assert.equal(none, 1);
    await frozenAndGone(client, service, ...telnet);
  });
});
