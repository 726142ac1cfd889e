/** `vrrp id` on fake ports. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { advertFrame, carpFrame } from "../../../support/foreign.ts";
import { fromHex } from "../../../support/packets.ts";
import { passingFrame } from "../../../support/passing-frame.ts";
import { KEEPALIVED } from "../../../vectors/frames.ts";

const ID = ["vrrp", "id", "-I", "eth0"];

/** @param frames that pass at once */
async function listen(argv: readonly string[], ...frames: readonly (string | Uint8Array)[]) {
  const ports = new FakePorts();
  for (const frame of frames)
    ports.captured.push(passingFrame(typeof frame === "string" ? fromHex(frame) : frame));
  const ran = await ports.clock.passUntil(runInProcess([...ID, ...argv], { ports }));
  assert.equal(ports.open, 0);
  return ran;
}

/** The same advert for another VRID: its checksum follows. */
function withVrid(vrid: number): Uint8Array {
  const frame = fromHex(KEEPALIVED.v2);
  const view = new DataView(frame.buffer);
  view.setUint16(40, view.getUint16(40) - (vrid - (frame[35] as number)));
  frame[35] = vrid;
  return frame;
}

test("who uses what, what is free and what to take, of each family by itself", async () => {
  const { stdout, exitCode } = await listen([], KEEPALIVED.v2, KEEPALIVED.v3Ip6);
  assert.equal(exitCode, 0);
  assert.deepEqual(stdout.trimEnd().split("\n"), [
    "eth0  ipv4, heard for 5s",
    "  vrid 2     10.0.0.1 (02:00:00:00:00:01) priority 150, version 2: 10.0.0.102",
    "  free       1, 3-255",
    "  suggested  101",
    "eth0  ipv6, heard for 5s",
    "  vrid 6     fe80::ff:fe00:1 (02:00:00:00:00:01) priority 100, version 3: fe80::6 2001:db8::6",
    "  free       1-5, 7-255",
    "  suggested  101",
  ]);
});

test("the suggestion follows from the addresses; their family alone is told of", async () => {
  const { stdout } = await listen(["--vip", "10.0.0.100"], withVrid(70), KEEPALIVED.v3Ip6);
  assert.match(stdout, /^ {2}suggested {2}71, from 10\.0\.0\.100$/m);
  assert.doesNotMatch(stdout, /ipv6/);
});

test("an address that is in somebody's adverts already is told of", async () => {
  const { stdout, exitCode } = await listen(["--vip", "10.0.0.102"], KEEPALIVED.v2);
  assert.equal(exitCode, 0);
  assert.match(stdout, /^ {2}note {7}10\.0\.0\.102 is that of vrid 2 already: take 2 to join it$/m);
});

test("CARP, who resigned and who is not believed use their VRIDs too; two masters are two owners", async () => {
  const broken = KEEPALIVED.v2Pass.replace("210396", "210397");
  const { v3Ip4, v3Ip4Resigning } = KEEPALIVED;
  const [one, other] = [advert("10.0.0.2", 200), advert("10.0.0.3", 100)];
  const frames = [v3Ip4, v3Ip4Resigning, broken, carpFrame("10.0.0.9", 9), one, other];
  const { stdout } = await listen(["-4"], ...frames);
  assert.deepEqual(stdout.trimEnd().split("\n").slice(1, 7), [
    "  vrid 3     10.0.0.1 (02:00:00:00:00:01) with adverts that nobody believes",
    "  vrid 4     10.0.0.1 (02:00:00:00:00:01) resigned, version 3: 10.0.0.105 10.0.0.106",
    "  vrid 9     10.0.0.9 (00:00:5e:00:01:09) CARP, with the virtual MAC of this number too",
    "  vrid 51    10.0.0.2 (02:00:00:00:00:02) priority 200, version 3: 10.0.0.100",
    "             10.0.0.3 (02:00:00:00:00:02) priority 100, version 3: 10.0.0.100",
    "  free       1-2, 5-8, 10-50, 52-255",
  ]);
});

test("JSON has every key", async () => {
  const { stdout } = await listen(["-j", "--vip", "10.0.0.102"], KEEPALIVED.v2);
  assert.deepEqual(JSON.parse(stdout), {
    interface: "eth0",
    listened_ms: 5000,
    families: [
      {
        family: "ipv4",
        suggested: 113,
        vips: [{ address: "10.0.0.102", vrid: 2 }],
        used: [
          {
            vrid: 2,
            owners: [
              {
                protocol: "vrrp",
                address: "10.0.0.1",
                mac: "02:00:00:00:00:01",
                version: 2,
                priority: 150,
                vips: ["10.0.0.102"],
                here: false,
              },
            ],
          },
        ],
        free: [
          { from: 1, to: 1 },
          { from: 3, to: 255 },
        ],
      },
    ],
  });
});

test("where all are in use there is none to take: 1, also without a word", async () => {
  const all = Array.from({ length: 255 }, (_, n) => withVrid(n + 1));
  const { stdout, exitCode } = await listen(["-4"], ...all);
  assert.equal(exitCode, 1);
  assert.match(stdout, /free {7}none\n {2}suggested {2}none: all 255 are in use$/m);
  const quiet = await listen(["-4", "-q"], ...all);
  assert.deepEqual([quiet.exitCode, quiet.stdout], [1, ""]);
});

test("what could not be heard is no answer", async () => {
  const ports = new FakePorts();
  ports.kernel.setLink({ running: false });
  const { exitCode, stdout, stderr } = await runInProcess(ID, { ports });
  assert.deepEqual([exitCode, stdout], [2, ""]);
  assert.match(stderr, /listen eth0: the interface is down \(ENETDOWN\)/);
});

test("options that clash are refused in one line that names both", async () => {
  const { exitCode, stderr } = await runInProcess([...ID, "-6", "--vip", "10.0.0.1"]);
  assert.equal(exitCode, 2);
  assert.match(stderr, /--ipv6 and --vip clash: an address is of IPv4/);
  assert.match((await runInProcess([...ID, "--for", "0s"])).stderr, /--for 0s/);
});

const advert = (source: string, priority: number): string =>
  Buffer.from(advertFrame(source, priority, "02:00:00:00:00:02")).toString("hex");
