/** What a real server is asked, by the probes of `vipkit check`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlannedPage } from "../../../../../../src/app/ha/up/plan/lvs-plan.ts";
import { verifying } from "../../../../../../src/app/ha/up/plan/verifying.ts";
import { serverProbe } from "../../../../../../src/app/ha/up/servers/server-probe.ts";
import { SystemError } from "../../../../../../src/core/errors.ts";
import type { Ports, TlsOptions } from "../../../../../../src/io/ports.ts";
import { ANY_BODY } from "../../../../../../src/proto/check/http-verdict.ts";
import { quietStream } from "../../../../../support/fake-net.ts";
import { FakePorts } from "../../../../../support/fake-ports.ts";
import {
  lvsPlan,
  plannedCheck,
  plannedServer,
  plannedService,
} from "../../../../../support/lvs-plan.ts";
import { shaking, tlsPeer } from "../../../../../support/tls-peer.ts";

const FILES = { ca: "PEM of an authority", certificate: null, key: null };

const page = (changes: Partial<PlannedPage> = {}): PlannedPage => ({
  ...{ host: "s.test", path: "/", serverName: null, certificateName: "s.test" },
  expected: { ...ANY_BODY, statuses: [{ first: 200, last: 299 }] },
  ...changes,
});

const https = (one: PlannedPage, tls: typeof FILES | null = FILES) =>
  plannedCheck({
    kind: "SSL_GET",
    probe: {
      ...{ by: "http", ip: Uint8Array.of(10, 0, 1, 1), port: 443, version: "1.1", verifies: false },
      ...{ source: null, ifName: null, mark: null, tls, pages: [one] },
    },
  });

/** As a plan has it with --verify-certificates. */
function verified(check: ReturnType<typeof plannedCheck>) {
  const servers = [plannedServer(443, { checks: [check] })];
  const [service] = verifying(lvsPlan([plannedService({ servers })])).services;
  return service?.servers[0]?.checks[0] ?? assert.fail("no check");
}

async function ask(check: ReturnType<typeof plannedCheck>, refusal?: SystemError) {
  const ports = new FakePorts();
  ports.net.ports.set("10.0.1.1:443", quietStream());
  ports.net.pages.set("s.test/", {});
  const asked: TlsOptions[] = [];
  const shake = shaking(tlsPeer(ports.clock.wallMs() + 1e9), asked);
  const startTls: Ports["startTls"] = async (...given) => {
    const stream = await shake(...given);
    if (refusal !== undefined && given[1].verifyName !== null) throw refusal;
    return stream;
  };
  const probe = check.probe.by === "file" ? assert.fail("a file") : check.probe;
  const world: Ports = Object.assign(Object.create(ports), { startTls });
  const result = await serverProbe(check, probe, world).ask(new AbortController().signal);
  return {
    result,
    asked: asked.map(({ serverName, verifyName, ca }) => [serverName, verifyName, ca]),
  };
}

test("as keepalived does, any certificate is believed, and a name told where it is wanted", async () => {
  const { asked } = await ask(https(page()));
  const { asked: named } = await ask(https(page({ serverName: "n.test" })));
  assert.deepEqual(
    [...asked, ...named],
    [
      [null, null, FILES.ca],
      ["n.test", null, FILES.ca],
    ].map(([name, ...more]) => [name ?? null, ...more]),
  );
});

test("verified: for the name of the page, which TLS is told, or for the address", async () => {
  const { asked } = await ask(verified(https(page())));
  const { asked: bare } = await ask(verified(https(page({ certificateName: null }))));
  assert.deepEqual(
    [...asked, ...bare],
    [
      ["s.test", "s.test", FILES.ca],
      [null, "10.0.1.1", FILES.ca],
    ],
  );
});

test("a certificate that is not good is told as check http tells it", async () => {
  const expired = new SystemError("verify the certificate of", "s.test", "CERT_HAS_EXPIRED", "old");
  const { result } = await ask(verified(https(page())), expired);
  assert.deepEqual([result.verdict, result.class], ["down", "L6RSP"]);
  assert.match(result.detail, /old/);
  const { result: believed } = await ask(https(page()), expired);
  assert.equal(believed.verdict, "up");
});

test("without TLS there is nothing to verify, and other checks are left as they are", () => {
  const plain = https(page(), null);
  assert.deepEqual(verified(plain), plain);
  assert.deepEqual(verified(plannedCheck()), plannedCheck());
});
