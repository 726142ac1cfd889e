/** What is heard on a link, in the words in which a configuration is held against it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { hearLink } from "../../../../src/app/ha/hear-link.ts";
import { formatIp } from "../../../../src/core/addr.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { capturedAdvert } from "../../../support/sniff-session.ts";
import { A, B, type Said } from "../../../support/sniffed.ts";

async function heard(...said: readonly Said[]) {
  const ports = new FakePorts();
  ports.captured.push(...said.map((one) => capturedAdvert(one)));
  const { signal } = new AbortController();
  return await ports.clock.passUntil(hearLink("eth0", 1000, ports, signal));
}

test("a speaker is told as it advertises", async () => {
  const password = new TextEncoder().encode("s3cret");
  const auth = { type: "pass", password } as const;
  const { ifName, listenedMs, routers } = await heard({
    version: 2,
    auth,
    intervalMs: 2000,
    priority: 90,
  });
  assert.deepEqual([ifName, listenedMs], ["eth0", 1000]);
  const [router] = routers;
  assert.deepEqual([router?.vrid, router?.family, router?.disbelieved], [51, 4, 0]);
  const [speaker] = router?.speakers ?? [];
  assert.equal(speaker && formatIp(speaker.source), A);
  assert.deepEqual(
    { ...speaker, source: null },
    {
      source: null,
      isMaster: true,
      isHere: false,
      version: 2,
      intervalMs: 2000,
      auth: { kind: "simple", password },
      checksum: "bare",
      addresses: ["10.0.0.100"],
    },
  );
});

test("masters come first, the strongest of them before all, and each speaker once", async () => {
  const { routers } = await heard(
    { source: B, priority: 200 },
    { source: B, priority: 0 },
    { source: A, priority: 100 },
  );
  const speakers = routers.flatMap((router) => router.speakers);
  assert.deepEqual(
    speakers.map(({ source, isMaster }) => [formatIp(source), isMaster]),
    [
      [A, true],
      [B, false],
    ],
  );
});

test("our own adverts are told as ours, and what nobody believes is counted", async () => {
  const { routers } = await heard({ direction: "out" }, { source: B, ttl: 7 });
  const [router] = routers;
  assert.deepEqual(
    router?.speakers.map(({ isHere }) => isHere),
    [true],
  );
  assert.equal(router?.disbelieved, 1);
});
