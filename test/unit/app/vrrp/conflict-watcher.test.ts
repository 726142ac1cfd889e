/** What a MASTER does about others that have its addresses, with their frames played. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeRun } from "../../../support/fake-run.ts";
import { advertFrame, claimFrame } from "../../../support/foreign.ts";
import { advertOfPeer, vrrpConfig } from "../../../support/vrrp.ts";

const OURS = "02:00:00:00:00:01";
const THEIRS = "02:00:00:00:00:03";
const TAKEOVER_MS = 3610;
const ASKED = `${OURS} > ff:ff:ff:ff:ff:ff: ARP, Request who-has 10.0.0.100 tell 10.0.0.1`;
const ANNOUNCED = `${OURS} > ff:ff:ff:ff:ff:ff: ARP, Announcement 10.0.0.100 is-at ${OURS}`;

const claim = (address = "10.0.0.100", from = THEIRS) => claimFrame(address, from);
const advert = (source: string, priority: number) => advertFrame(source, priority, THEIRS);

/** A master without announcements of its own accord, asked for its addresses already. */
async function master(
  changes: ConstructorParameters<typeof FakeRun>[0] = {},
  ports = new FakePorts(),
): Promise<FakeRun> {
  const config = vrrpConfig({ garpDelayMs: 0, garpRefreshMs: 0 });
  const run = new FakeRun({ config, ...changes }, { ports });
  await run.pass(TAKEOVER_MS + 1500);
  assert.equal(run.takeSent().filter((line) => line === ASKED).length, 1);
  run.events.length = 0;
  return run;
}

const withoutAdverts = (run: FakeRun): string[] =>
  run.takeSent().filter((line) => !line.startsWith("advert"));

test("a claim is answered in the same turn, and told with the MAC address of who made it", async () => {
  const run = await master();
  run.ports.receiveFrame(claim());
  assert.deepEqual(withoutAdverts(run), [ANNOUNCED]);
  assert.deepEqual(run.told, [`notice: 10.0.0.100 is claimed by ${THEIRS}: announced again`]);
});

test("a conflict is told with both MAC addresses when it begins and ends, and is in the status", async () => {
  const run = await master();
  for (let n = 0; n < 3; n++) {
    run.ports.receiveFrame(claim());
    await run.pass(300);
  }
  assert.deepEqual(run.told.slice(1), [`conflict begun address-conflict ${THEIRS}`]);
  const [begun] = run.events.slice(1);
  assert.equal(begun?.type === "conflict" && begun.ourMac, OURS);
  const status = JSON.parse(await run.ports.control.ask("VI_1", '{"request":"status"}'));
  assert.deepEqual(status.conflicts, [
    {
      kind: "address-conflict",
      vip: "10.0.0.100",
      source: null,
      mac: THEIRS,
      our_mac: OURS,
      age_ms: 900,
      last_heard_age_ms: 300,
      count: 3,
    },
  ]);
  await run.pass(5000);
  assert.deepEqual(run.told.slice(2), [`conflict ended address-conflict ${THEIRS}`]);
});

test("other addresses, our own frames and our own other interfaces are no claims", async () => {
  const ports = new FakePorts();
  ports.kernel.setLink({ ifIndex: 9, name: "eth1", mac: "02:00:00:00:00:09" });
  const run = await master({}, ports);
  run.ports.receiveFrame(claim("10.0.0.7"));
  run.ports.receiveFrame(claim("10.0.0.100", OURS));
  run.ports.receiveFrame(claim("10.0.0.100", "02:00:00:00:00:09"));
  assert.deepEqual([withoutAdverts(run), run.told], [[], []]);
});

test("a second master that our protocol's socket does not hear is seen all the same", async () => {
  const run = await master();
  for (let n = 0; n < 4; n++) {
    run.ports.receiveFrame(advert("10.0.0.3", 90));
    await run.pass(1000);
  }
  assert.deepEqual(run.told, [`conflict begun second-master ${THEIRS}`]);
  assert.ok(withoutAdverts(run).includes(ANNOUNCED));
});

test("what is seen so decides no election: of a stronger master it is told, and we stay", async () => {
  const run = await master();
  for (let n = 0; n < 5; n++) {
    run.ports.receiveFrame(advert("10.0.0.3", 200));
    run.ports.receiveFrame(claim());
    await run.pass(1000);
  }
  assert.deepEqual(run.told, [`conflict begun second-master ${THEIRS}`]);
  assert.deepEqual(withoutAdverts(run).includes(ANNOUNCED), false, "its clients stay with it");
  assert.ok(run.addresses.includes("10.0.0.100/24"));
});

test("where adverts are authenticated one that anybody can make keeps nobody from defending itself", async () => {
  const config = vrrpConfig({ version: 2, garpDelayMs: 0, garpRefreshMs: 0 });
  const run = await master({ authPass: "s3cret", config });
  run.ports.receiveFrame(advert("10.0.0.3", 255));
  run.ports.receiveFrame(claim());
  assert.deepEqual(withoutAdverts(run), [ANNOUNCED]);
});

test("whoever is not master listens to nobody, and after the end nothing is open", async () => {
  const run = await master();
  run.ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 200));
  run.events.length = 0;
  run.ports.receiveFrame(claim());
  assert.deepEqual([withoutAdverts(run), run.told], [[], []]);
  run.stop.abort();
  await run.ended;
  assert.equal(run.ports.open, 0);
});

test("a watch that the kernel refuses is told, and the router is master without", async () => {
  const ports = new FakePorts();
  const run = new FakeRun({}, { ports });
  await run.pass(TAKEOVER_MS - 10);
  ports.refuseOpen = "EMFILE";
  await run.pass(3000);
  assert.deepEqual(run.told.slice(1), [
    "backup>master advert-timeout",
    "trouble: socket eth0: the kernel refuses (EMFILE)",
  ]);
  ports.refuseOpen = undefined;
});

test("who hands over lets the next master announce itself; who stays MASTER defends itself again", async () => {
  const run = await master();
  const asked = run.ports.control.ask("VI_1", JSON.stringify({ request: "failover" }));
  await run.pass(100);
  withoutAdverts(run);
  run.ports.receiveFrame(claim()); // before its advert
  await run.pass(1);
  assert.deepEqual(withoutAdverts(run), []);
  await run.pass(4000);
  await asked;
  withoutAdverts(run);
  run.ports.receiveFrame(claim());
  assert.deepEqual(withoutAdverts(run), [ANNOUNCED]);
});
