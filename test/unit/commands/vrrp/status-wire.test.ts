/** `vrrp status --wire` on fake ports. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { advertFrame } from "../../../support/foreign.ts";
import { fromHex } from "../../../support/packets.ts";
import { passingFrame } from "../../../support/passing-frame.ts";
import { KEEPALIVED } from "../../../vectors/frames.ts";

const WIRE = ["vrrp", "status", "--wire", "-I", "eth0"];

/** @param frames that pass at once */
async function listen(argv: readonly string[], ...frames: readonly string[]) {
  const ports = new FakePorts();
  for (const frame of frames) ports.captured.push(passingFrame(fromHex(frame)));
  const ran = await ports.clock.passUntil(runInProcess([...WIRE, ...argv], { ports }));
  assert.equal(ports.open, 0);
  return ran;
}

test("one master of each virtual router is a good answer", async () => {
  const { stdout, exitCode } = await listen(["--for", "3s"], KEEPALIVED.v2, KEEPALIVED.v3Ip6);
  assert.equal(exitCode, 0);
  assert.deepEqual(stdout.trimEnd().split("\n"), [
    "eth0  vrid 2, ipv4 version 2",
    "  master    10.0.0.1 (02:00:00:00:00:01) priority 150, every 1s, 1 adverts, the last 2.9s ago",
    "  vips      10.0.0.102",
    "eth0  vrid 6, ipv6 version 3",
    "  master    fe80::ff:fe00:1 (02:00:00:00:00:01) priority 100, every 1s, 1 adverts, the last 2.9s ago",
    "  vips      fe80::6 2001:db8::6",
  ]);
});

test("nobody is a valid answer too, as is one that resigned", async () => {
  const nobody = await listen([]);
  assert.deepEqual([nobody.exitCode, nobody.stdout], [1, "eth0  no master heard in 4s\n"]);
  const resigned = await listen([], KEEPALIVED.v3Ip4Resigning);
  assert.equal(resigned.exitCode, 1);
  assert.match(
    resigned.stdout,
    /master {4}none any more\n.*\n {2}former {4}10\.0\.0\.1 .*priority 0/,
  );
});

test("two masters are seen, and so is what is not believed", async () => {
  const weaker = Buffer.from(advertFrame("10.0.0.2", 100, "02:00:00:00:00:02")).toString("hex");
  const stronger = Buffer.from(advertFrame("10.0.0.3", 200, "02:00:00:00:00:03")).toString("hex");
  const broken = KEEPALIVED.v3Ip4.replace("3104c8", "3104c9");
  const { v3Ip4 } = KEEPALIVED;
  const ran = await listen(["--for", "100ms"], v3Ip4, weaker, stronger, broken);
  assert.equal(ran.exitCode, 0); // the stronger one took over
  assert.equal((await listen(["--for", "100ms"], stronger, weaker)).exitCode, 1);
  assert.match(ran.stdout, /rejected {2}bad-checksum=1/);
});

test("one family alone where that is asked for; JSON has every key", async () => {
  const { stdout } = await listen(
    ["-4", "-j", "--for", "900ms"],
    KEEPALIVED.v3Ip4,
    KEEPALIVED.v3Ip6,
  );
  const { instances, ...rest } = JSON.parse(stdout);
  assert.deepEqual(rest, { interface: "eth0", listened_ms: 900, adverts_rejected: {} });
  const speaker = {
    address: "10.0.0.1",
    mac: "02:00:00:00:00:01",
    priority: 200,
    version: 3,
    interval_ms: 250,
    adverts: 1,
    advert_age_ms: 800,
    here: false,
  };
  assert.deepEqual(instances, [
    {
      instance: null,
      interface: "eth0",
      vrid: 4,
      family: "ipv4",
      version: 3,
      state: null,
      state_age_ms: null,
      priority: null,
      master: speaker,
      masters: [speaker],
      vips: [
        { address: "10.0.0.105", present: null },
        { address: "10.0.0.106", present: null },
      ],
      peers: [],
    },
  ]);
});

test("what could not be heard is no answer", async () => {
  const ports = new FakePorts();
  ports.kernel.setLink({ running: false });
  const down = await runInProcess(WIRE, { ports });
  assert.deepEqual([down.exitCode, down.stdout], [2, ""]);
  assert.match(down.stderr, /listen eth0: the interface is down \(ENETDOWN\)/);
  const without = new FakePorts();
  without.refuseCapture = "EPERM";
  assert.equal((await runInProcess(WIRE, { ports: without })).exitCode, 2);
  assert.equal(without.open, 0);
});

test("options that clash are refused in one line that names both", async () => {
  const refused = async (...argv: string[]) => {
    const { exitCode, stderr } = await runInProcess(["vrrp", "status", ...argv]);
    assert.equal(exitCode, 2);
    return stderr.trimEnd();
  };
  assert.match(await refused("VI_1", "--wire", "-I", "eth0"), /VI_1 and --wire clash/);
  assert.match(await refused("--wire"), /--wire needs --interface/);
  assert.match(await refused("--vrid", "3"), /--vrid needs --wire/);
  assert.match(await refused("-4", "VI_1"), /--ipv4 needs --wire/);
  assert.match(await refused("--wire", "-I", "eth0", "--for", "0s"), /--for 0s/);
});
