import assert from "node:assert/strict";
import test from "node:test";
import type { ReportRecord } from "../../../../src/app/ha/report.ts";
import { haReport } from "../../../../src/commands/ha/report.ts";
import type { Ports } from "../../../../src/io/ports.ts";
import { runInProcess } from "../../../support/cli.ts";
import { FakeHa } from "../../../support/fake-ha.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { haPlan } from "../../../support/ha-plan.ts";
import { JournalLines } from "../../../support/journal-lines.ts";
import { plannedService } from "../../../support/lvs-plan.ts";
import { unnamedKeys } from "../../../support/manual.ts";

const HOUR_MS = 3_600_000;
const timeout = { kind: "advert-timeout", last: "10.0.0.2", age_ms: 3600 };

/** Hears another one for an hour, misses it for 3.6 s, and is MASTER to the end of a day. */
const journalOfA = (): JournalLines =>
  new JournalLines("VI", "a")
    .start(0)
    .transition(0, "init backup", { kind: "started" })
    .hearing(0, "10.0.0.2")
    .transition(HOUR_MS, "backup master", timeout, { priority: 100, age_ms: 3600 })
    .alive(24 * HOUR_MS)
    .stop(24 * HOUR_MS);

/** The other one, under another name: it died 1 s after its last sign of life. */
const journalOfB = (): JournalLines =>
  new JournalLines("VI_B", "b")
    .start(0)
    .transition(0, "init master", { kind: "owner" })
    .alive(HOUR_MS - 4600);

function portsWith(journals: Readonly<Record<string, JournalLines>>): FakePorts {
  const ports = new FakePorts();
  for (const [path, { bytes }] of Object.entries(journals)) ports.files.contents.set(path, bytes);
  return ports;
}

async function reportOf(ports: FakePorts, ...words: string[]): Promise<ReportRecord> {
  return JSON.parse((await runInProcess(["ha", "report", "-j", ...words], { ports })).stdout);
}

test("what one node saw: percent, nines, means, budget and each outage", async () => {
  const ports = portsWith({ "/var/lib/vipkit/ha.journal": journalOfA() });
  const { exitCode, stdout } = await runInProcess(["ha", "report"], { ports });
  assert.equal(exitCode, 0);
  assert.deepEqual(stdout.trimEnd().split("\n"), [
    "2026-01-02T00:00:00.000Z to 2026-01-03T00:00:00.000Z, as one node saw it",
    "",
    "VI  10.0.0.100/24  99.9958 %, 4.4 nines",
    "  served 23h59m56s, not served 3.6s in 1 outage, unknown 0s",
    "  MTTF 23h59m56s, MTTR 3.6s, HA = MTTF / (MTTF + MTTR) = 99.9958 %",
    "  1 failover",
    "  budget of 99.99 % in 2026: 3.6s of 52m34s used, 0.1 %",
    "  2026-01-02T00:59:56.400Z  3.6s  advert-timeout last=10.0.0.2 age=3.6s",
  ]);
});

test("two nodes together: their instances are one service, and what one did not see the other did", async () => {
  const ports = portsWith({ "/a": journalOfA(), "/b": journalOfB() });
  const { services } = await reportOf(ports, "/a", "/b");
  assert.equal(services.length, 1);
  const [service] = services;
  assert.deepEqual([service?.down_ms, service?.unknown_ms, service?.failovers], [3600, 0, 1]);
});

test("a budget that is spent is exit 1", async () => {
  const day = new JournalLines()
    .start(0)
    .transition(0, "init master", { kind: "owner" })
    .transition(HOUR_MS, "master fault", { kind: "fault", faults: ["no-link"] })
    .stop(2 * HOUR_MS);
  const ports = portsWith({ "/a": day });
  const ran = await runInProcess(["ha", "report", "/a", "--class", "99.99"], { ports });
  assert.equal(ran.exitCode, 1);
  assert.match(ran.stdout, /1h of 52m34s used/);
  assert.match(ran.stdout, /1h and lasts {2}fault faults=no-link/);
  const [service] = (await reportOf(ports, "/a", "--class", "99.9")).services;
  assert.equal(service?.outages[0]?.until, null);
  assert.ok((service?.budget.used ?? 1) < 1);
});

test("only what was since then counts, but for the budget", async () => {
  const ports = portsWith({ "/a": journalOfA() });
  await ports.clock.pass(24 * HOUR_MS);
  const { services, from } = await reportOf(ports, "/a", "--since", "2h");
  assert.equal(from, "2026-01-02T22:00:00.000Z");
  const [service] = services;
  assert.deepEqual([service?.down_ms, service?.budget.used_ms], [0, 3600]);
});

test("lines that are torn, long or another thing are skipped and told", async () => {
  const bytes = new TextEncoder().encode(
    `{"ts":"2026\n${"x".repeat(3 << 20)}\nnull\n{"ts":"2026-01-02T00:00:00Z","boot_id":"b","mono_ms":-1,"type":"alive"}\n`,
  );
  const ports = portsWith({ "/a": journalOfA() });
  ports.files.contents.set("/a.1", bytes);
  const { stdout } = await runInProcess(["ha", "report", "/a"], { ports });
  assert.match(stdout, /^4 lines of a journal cannot be read$/m);
  assert.match(stdout, /99\.9958 %/);
});

/** Has its quorum for an hour, lacks it for 3.6 s, and is left alone, or gone, for two hours. */
const journalOfServers = (host: string): JournalLines => {
  const lines = new JournalLines("VI", host);
  const service = "[10.0.0.9]:tcp:80";
  const head = { type: "virtual-server", service, threshold: 2 };
  const suspend = (atMs: number, suspended: boolean) =>
    lines.add(atMs, { type: "checks-suspended", service, suspended });
  lines.start(0).add(0, { ...head, state: "up", cause: "start", weight: 3 });
  lines.add(HOUR_MS, { ...head, state: "down", cause: "change", weight: 1 });
  lines.add(HOUR_MS + 3600, { ...head, state: "up", cause: "change", weight: 3 });
  suspend(2 * HOUR_MS, true);
  suspend(3 * HOUR_MS, false);
  lines
    .add(22 * HOUR_MS, { type: "amended" })
    .add(22 * HOUR_MS, { ...head, state: "up", weight: 3 });
  lines.add(23 * HOUR_MS, { ...head, state: "down", cause: "stop", weight: 0 });
  return lines.stop(24 * HOUR_MS);
};

test("a virtual server is served while it has its quorum; unknown while nothing is checked", async () => {
  const ports = portsWith({ "/a": journalOfServers("a") });
  const { stdout } = await runInProcess(["ha", "report", "/a"], { ports });
  assert.deepEqual(stdout.trimEnd().split("\n").slice(1), [
    "",
    "virtual server [10.0.0.9]:tcp:80  99.9954 %, 4.3 nines",
    "  served 21h59m56s, not served 3.6s in 1 outage, unknown 2h",
    "  MTTF 21h59m56s, MTTR 3.6s, HA = MTTF / (MTTF + MTTR) = 99.9954 %",
    "  budget of 99.99 % in 2026: 3.6s of 52m34s used, 0.1 %",
    "  2026-01-02T01:00:00.000Z  3.6s  quorum-lost weight=1 threshold=2",
  ]);
});

test("each node tells of its own virtual servers; one that died knows nothing more of them", async () => {
  const died = journalOfServers("b");
  died.lines.splice(2);
  died
    .alive(60_000)
    .reboot()
    .start(24 * HOUR_MS);
  const ports = portsWith({ "/a": journalOfServers("a"), "/b": died });
  const { virtual_servers: servers } = await reportOf(ports, "/a", "/b");
  assert.deepEqual(
    servers.map(({ host, service, up_ms }) => [host, service, up_ms]),
    [
      ["a", "[10.0.0.9]:tcp:80", 22 * HOUR_MS - 3600],
      ["b", "[10.0.0.9]:tcp:80", 60_000],
    ],
  );
  const { stdout } = await runInProcess(["ha", "report", "/a", "/b"], { ports });
  assert.match(stdout, /^virtual server \[10\.0\.0\.9\]:tcp:80 of b /m);
});

test("a virtual server that has spent its budget is exit 1", async () => {
  const service = "[10.0.0.9]:tcp:80";
  const lost = { type: "virtual-server", service, state: "down", weight: 0, threshold: 1 };
  const ports = portsWith({ "/a": new JournalLines().start(0).add(0, lost).stop(HOUR_MS) });
  assert.equal((await runInProcess(["ha", "report", "/a"], { ports })).exitCode, 1);
});

test("the picture has a lane for each who served", async () => {
  const ports = portsWith({ "/a": journalOfA(), "/b": journalOfB() });
  const alone = await runInProcess(["ha", "report", "/a", "--svg", "-"], { ports });
  assert.match(alone.stdout, /^<svg /);
  assert.match(alone.stdout, />10\.0\.0\.2</);
  await runInProcess(["ha", "report", "/a", "/b", "--svg", "/x.svg"], { ports });
  const both = new TextDecoder().decode(ports.files.contents.get("/x.svg"));
  assert.match(both, />b<\/text>/);
  assert.doesNotMatch(both, />10\.0\.0\.2</);
});

test("the manual names every key, and says what counts", async () => {
  const ports = portsWith({ "/a": journalOfA() });
  const record = await reportOf(ports, "/a");
  const { cause: _, ...outage } = record.services[0]?.outages[0] ?? {};
  const [service] = record.services;
  const shown = { ...record, services: [{ ...service, outages: [outage] }] };
  assert.deepEqual(unnamedKeys(shown, haReport.manual?.OUTPUT ?? []), []);
});

test("no journal, or one without a record: exit 2", async () => {
  const ran = await runInProcess(["ha", "report", "/a"], { ports: new FakePorts() });
  assert.equal(ran.exitCode, 2);
  assert.match(ran.stderr, /\/a: .*ENOENT/);
  const ports = portsWith({ "/a": new JournalLines() });
  assert.equal((await runInProcess(["ha", "report", "/a"], { ports })).exitCode, 2);
});

test("a running ha up keeps what is reported", async () => {
  const ha = await FakeHa.up();
  await ha.ports.clock.pass(61_000);
  const { services } = await reportOf(ha.ports, "--state-dir", "/state");
  assert.deepEqual(
    services.map(({ instance, up_ms }) => [instance, up_ms > 59_000]),
    ["VI_1", "VI_2", "VI_3"].map((name) => [name, true]),
  );
});

test("a file that goes on and on without a record is refused, whatever its lines are", async () => {
  for (const strange of ["\0".repeat(1 << 16), `${"no record".padEnd((1 << 16) - 1)}\n`]) {
    const ports = new FakePorts();
    const chunk = new TextEncoder().encode(strange.repeat(8));
    let chunks = 0;
    const read: Ports["files"]["read"] = async (_path, onChunk) => {
      while (chunks++ < 1000) await onChunk(chunk);
    };
    Object.assign(ports.files, { read });
    const { exitCode, stderr } = await runInProcess(["ha", "report", "/dev/zero"], { ports });
    assert.equal(exitCode, 2);
    assert.match(stderr, /goes on and on without a record of ha up/);
    assert.ok(chunks < 1000, "it is not read to its end");
  }
});

test("a reload keeps what is known of the virtual servers that are still there, and no more", async () => {
  const ha = await FakeHa.up();
  const quorum = (service: string) =>
    ({ type: "quorum", service, state: "up", cause: "start", weight: 1, threshold: 1 }) as const;
  const events = [quorum("kept"), quorum("gone")];
  const news = { events, known: { checks: new Map(), quorums: new Map() }, forgotten: [] };
  ha.children.of("checkers").says({ kind: "servers", news });
  await ha.ports.clock.pass(1000);
  const lvs = { ...haPlan().lvs, services: [plannedService({ label: "kept" })] };
  ha.read = async () => ({ kind: "plan", plan: haPlan({ lvs }), files: [], errors: [] });
  await ha.run("reload");
  await ha.ports.clock.pass(61_000);
  const { virtual_servers: servers } = await reportOf(ha.ports, "--state-dir", "/state");
  assert.deepEqual(
    servers.map(({ service, unknown_ms }) => [service, unknown_ms > 50_000]),
    [
      ["kept", false],
      ["gone", true],
    ],
  );
});
