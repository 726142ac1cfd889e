/** What `ha up` keeps in its journal, and what `ha report` makes of those of a pair of nodes. */
import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { ReportRecord, ServiceRecord } from "../../src/app/ha/report.ts";
import type { HaStatusRecord } from "../../src/app/ha/up/parent/status.ts";
import { HaUp } from "../support/ha-up.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { VIPKIT } from "../support/vipkit.ts";

const skip = labMissing();

const conf = (name: string, priority: number): string => `
global_defs {
    vrrp_version 3
}
vrrp_instance ${name} {
    interface eth0
    virtual_router_id 51
    priority ${priority}
    advert_int 0.1
    nopreempt
    virtual_ipaddress {
        10.0.0.100/24
    }
}
`;

test("a hand-over is no outage, a killed node is one, and a torn line does not matter", {
  skip,
}, async (t) => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const [journalA, journalB] = [placeFor(t, "a"), placeFor(t, "b")];
  const up = (host: Host, priority: number, { folder }: Place) =>
    new HaUp(host, conf(host.name, priority), ["--state-dir", folder]);
  const first = up(a, 200, journalA);
  await first.becomes("MASTER");
  const second = up(b, 100, journalB);
  await second.becomes("BACKUP");
  await heardMaster(journalB, "10.0.0.1");
  await a.run(process.execPath, VIPKIT, "ha", "failover", "--name", "a");
  await second.becomes("MASTER");
  await heardMaster(journalA, "10.0.0.2");
  while ((await advertsSent(b)) < 5); // so that the first one hears it for a while
  await second.kill();
  await first.becomes("MASTER");
  appendFileSync(journalB.file, '{"ts":"2026-01-0'); // as when the host had died in a write
  const third = up(b, 100, journalB);
  await third.becomes("BACKUP");
  await heardMaster(journalB, "10.0.0.1", 2);
  await first.stop();
  await third.becomes("MASTER");
  await third.stop();

  assert.equal(statSync(journalA.file).mode & 0o777, 0o600);
  const service = await report(a, journalA.file, journalB.file);
  assert.equal(service.failovers, 1); // the second node was killed before it told that it lived
  const [start, killed, ...others] = service.outages;
  assert.ok(start !== undefined && killed !== undefined && others.length === 0);
  assert.deepEqual(start.cause, { ...start.cause, kind: "advert-timeout", last: null });
  assert.deepEqual(killed.cause, { ...killed.cause, kind: "advert-timeout", last: "10.0.0.2" });
  assert.ok(killed.lasted_ms >= 300, `${killed.lasted_ms} ms without a master`);
  assert.ok(Math.abs((service.mttr_ms ?? 0) - service.down_ms / 2) < 0.01);

  const alone = await report(a, journalA.file);
  assert.equal(alone.outages.length, 2);
  assert.equal(alone.failovers, 2); // it has not lived to see the third
  const words = ["ha", "report", journalA.file, journalB.file];
  const text = await a.run(process.execPath, VIPKIT, ...words);
  assert.match(text, /1 line of a journal cannot be read/);
  assert.match(text, /^a {2}10\.0\.0\.100\/24 {2}\d+\.\d+ %, \d\.\d nines$/m);
});

interface Place {
  readonly folder: string;
  readonly file: string;
}

function placeFor(t: TestContext, name: string): Place {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-journal-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, file: join(folder, `ha@${name}.journal`) };
}

/** So often. */
async function heardMaster({ file }: Place, address: string, times = 1): Promise<void> {
  const told = (): number => readFileSync(file, "utf8").split(`"master":"${address}"`).length - 1;
  while (told() < times) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function advertsSent(host: Host): Promise<number> {
  const words = ["ha", "status", "-j", "--name", host.name];
  const status = JSON.parse(await host.run(process.execPath, VIPKIT, ...words)) as HaStatusRecord;
  return status.instances[0]?.counters.adverts_sent ?? 0;
}

async function report(host: Host, ...journals: string[]): Promise<ServiceRecord> {
  const text = await host.run(process.execPath, VIPKIT, "ha", "report", "-j", ...journals);
  const [service] = (JSON.parse(text) as ReportRecord).services;
  assert.ok(service);
  return service;
}
