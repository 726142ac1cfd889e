import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../../../src/app/check/attempt.ts";
import { type HttpPlan, httpProber } from "../../../../src/app/check/http.ts";
import { parseIp } from "../../../../src/core/addr.ts";
import type { TlsOptions } from "../../../../src/io/ports.ts";
import type { CheckResult } from "../../../../src/proto/check/result.ts";
import { quietStream } from "../../../support/fake-net.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { httpPlan, httpUrl } from "../../../support/http-plan.ts";
import { shaking, tlsPeer } from "../../../support/tls-peer.ts";

const FOREVER = new AbortController().signal;

/** A host with web servers at 10.0.0.5, which is `a.test`, and at 10.0.0.6, `b.test`. */
function world(): FakePorts {
  const ports = new FakePorts();
  ports.net.names.set("a.test", ["10.0.0.5"]).set("b.test", ["10.0.0.6"]);
  for (const place of ["10.0.0.5:80", "10.0.0.6:80", "10.0.0.5:443", "10.0.0.5:8080"])
    ports.net.ports.set(place, quietStream());
  return ports;
}

const check = (ports: FakePorts, url: string, plan: HttpPlan): Promise<CheckResult> =>
  attempt(httpProber(plan, ports), httpUrl(url), 1000, ports.clock, FOREVER);

test("a good answer is up, with its facts, through the phases", async () => {
  const ports = world();
  ports.net.pages.set("a.test/x", { body: "hello" });
  const result = await check(ports, "http://a.test/x", httpPlan());
  assert.equal(result.class, "L7OK");
  assert.equal(result.address, "10.0.0.5");
  assert.deepEqual(result.facts, { status: 200, http_version: "1.1", bytes: 5 });
  assert.deepEqual(Object.keys(result.phasesMs), ["dns", "connect", "answer", "body"]);
});

test("a bad status ends it in the phase of the answer", async () => {
  const ports = world();
  ports.net.pages.set("a.test/", { status: 503, reason: "Service Unavailable" });
  const { class: code, phase, detail } = await check(ports, "http://a.test/", httpPlan());
  assert.deepEqual([code, phase, detail], ["L7STS", "answer", "503 Service Unavailable"]);
});

test("a redirect is an answer like others, unless it may be followed", async () => {
  const ports = world();
  ports.net.pages.set("a.test/", { status: 301, reason: "Moved", location: "http://b.test/" });
  ports.net.pages.set("b.test/", { body: "there" });
  assert.equal((await check(ports, "http://a.test/", httpPlan())).class, "L7STS");
  const followed = await check(ports, "http://a.test/", httpPlan({ follow: 1 }));
  assert.equal(followed.class, "L7OK");
  assert.equal(followed.facts.redirects, 1);
  assert.equal(followed.facts.url, "http://b.test/");
});

test("a redirect loop is told as one", async () => {
  const ports = world();
  ports.net.pages.set("a.test/", { status: 302, location: "/2" });
  ports.net.pages.set("a.test/2", { status: 302, location: "/" });
  const { class: code, detail } = await check(ports, "http://a.test/", httpPlan({ follow: 9 }));
  assert.equal(code, "L7RSP");
  assert.match(detail, /redirect loop/);
});

test("secrets do not go where a redirect leads", async () => {
  const ports = world();
  ports.net.pages.set("a.test/", { status: 302, location: "/2" });
  ports.net.pages.set("a.test/2", { status: 302, location: "http://b.test/" });
  ports.net.pages.set("b.test/", {});
  const headers = [
    ["Cookie", "c"],
    ["X-A", "1"],
  ] as const;
  await check(ports, "http://a.test/", httpPlan({ follow: 9, authorization: "Basic x", headers }));
  const names = ports.net.requested.map((each) => each.headers.map(([name]) => name).join(" "));
  const all = "user-agent accept authorization Cookie X-A";
  assert.deepEqual(names, [all, all, "user-agent accept X-A"]);
});

test("--connect-to replaces whom we connect to, not whom we ask for", async () => {
  const ports = world();
  ports.net.pages.set("www.test/", {});
  const connectTo = { host: "10.0.0.5", ip: parseIp("10.0.0.5") ?? null, port: 8080 };
  const { verdict, address } = await check(ports, "http://www.test/", httpPlan({ connectTo }));
  assert.deepEqual([verdict, address], ["up", "10.0.0.5"]);
  assert.equal(ports.net.connected[0]?.port, 8080);
  assert.equal(ports.net.requested[0]?.authority, "www.test");
});

test("TLS that fails is L6RSP, and no request is made", async () => {
  const ports = world();
  const { class: code, phase } = await check(ports, "https://a.test/", httpPlan());
  assert.deepEqual([code, phase], ["L6RSP", "tls"]);
  assert.equal(ports.net.requested.length, 0);
});

test("HTTP/2 that TLS did not agree upon is L6RSP; the days that a certificate has left are a fact", async () => {
  const ports = world();
  const asked: TlsOptions[] = [];
  const validUntilMs = ports.clock.wallMs() + 3.5 * 86_400_000;
  const secure = Object.assign(Object.create(ports) as FakePorts, {
    startTls: shaking(tlsPeer(validUntilMs), asked),
  });
  ports.net.pages.set("a.test/", {});
  const two = await check(secure, "https://a.test/", httpPlan({ version: "2" }));
  assert.equal(two.class, "L6RSP");
  const one = await check(secure, "https://a.test/", httpPlan({ tls: { verify: false } }));
  const { cert_days, cert_expires_ms, tls_version } = one.facts;
  assert.deepEqual([cert_days, cert_expires_ms, tls_version], [3, validUntilMs, "TLSv1.3"]);
  assert.deepEqual(
    asked.map(({ serverName, verifyName }) => [serverName, verifyName]),
    [
      ["a.test", "a.test"],
      ["a.test", null],
    ],
  );
  const soon = await check(secure, "https://a.test/", httpPlan({ expected: { certDays: 4 } }));
  assert.deepEqual([soon.class, soon.facts.cert_days], ["L6RSP", 3]);
  assert.match(soon.detail, /certificate expires in 3 days, wanted are 4 days/);
});

test("no name, and a server that says nothing, is down", async () => {
  const ports = world();
  assert.equal((await check(ports, "http://none.test/", httpPlan())).class, "L4CON");
  assert.equal((await check(ports, "http://a.test/none", httpPlan())).class, "L7RSP");
  assert.equal((await check(ports, "http://b.test:81/", httpPlan())).class, "L4CON");
});
