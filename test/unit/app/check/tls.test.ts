import assert from "node:assert/strict";
import { test } from "node:test";
import { Attempt } from "../../../../src/app/check/attempt.ts";
import {
  shakeHands,
  type TlsPlan,
  tlsFacts,
  tlsFinding,
  tlsText,
} from "../../../../src/app/check/tls.ts";
import type { TlsOptions, TlsPeer } from "../../../../src/io/ports.ts";
import { FakeClock } from "../../../support/fake-clock.ts";
import { quietStream } from "../../../support/fake-net.ts";
import { shaking, TLS_PLAN, tlsPeer } from "../../../support/tls-peer.ts";

const DAY_MS = 86_400_000;
const PEER: TlsPeer = {
  ...tlsPeer(10 * DAY_MS),
  alpn: "h2",
  names: Array.from({ length: 30 }, (_, n) => `${n}.example`),
};

test("a name is SNI and is verified, unless another is given; an address is no SNI", async () => {
  const asked: TlsOptions[] = [];
  const attempt = new Attempt(new FakeClock(), 1000);
  const ports = { startTls: shaking(PEER, asked) };
  const shake = (host: string, plan: Partial<TlsPlan>) =>
    shakeHands(quietStream(), host, { ...TLS_PLAN, ...plan }, attempt, ports);
  await shake("a.example", {});
  await shake("a.example", { serverName: "b.example", verify: false });
  await shake("10.0.0.5", {});
  assert.deepEqual(
    asked.map(({ serverName, verifyName }) => [serverName, verifyName]),
    [
      ["a.example", "a.example"],
      ["b.example", null],
      [null, "10.0.0.5"],
    ],
  );
  assert.equal(attempt.phase, "tls");
});

test("a protocol must be agreed on only where one was offered", () => {
  const silent = { ...PEER, alpn: null };
  assert.equal(tlsFinding(silent, TLS_PLAN, 0), undefined);
  assert.equal(tlsFinding(PEER, { ...TLS_PLAN, alpn: ["h2"] }, 0), undefined);
  assert.equal(tlsFinding(silent, { ...TLS_PLAN, alpn: ["h2"] }, 0)?.class, "L6RSP");
});

test("what is told of a certificate is bounded, and its days where they are known", () => {
  assert.equal((tlsFacts(PEER, 0).cert_names as readonly string[]).length, 20);
  assert.equal(tlsText(PEER, DAY_MS), "TLSv1.3, certificate good for 9 days, h2");
  assert.equal(tlsText(PEER, 13 * DAY_MS), "TLSv1.3, certificate expired 3 days ago, h2");
  assert.equal(tlsText({ ...PEER, alpn: null, validUntilMs: null }, 0), "TLSv1.3");
});
