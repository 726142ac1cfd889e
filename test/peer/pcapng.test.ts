/** Captures that we write as Wireshark's programs and tcpdump read them, and theirs as we read them. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { LINKTYPE } from "../../src/core/capture/link-type.ts";
import { encodePcapngBlock, type PcapngPacket } from "../../src/core/capture/pcapng.ts";
import { labMissing } from "../support/netns.ts";
import { fromHex } from "../support/packets.ts";
import { packetsIn } from "../support/read-capture.ts";
import { KEEPALIVED } from "../vectors/frames.ts";

const advert = fromHex(KEEPALIVED.v3Ip4);
const packet = (changes: Partial<PcapngPacket>): PcapngPacket => ({
  kind: "packet",
  interfaceId: 0,
  wallNs: 1_700_000_000_123_456_789n,
  direction: null,
  wireBytes: advert.length,
  bytes: advert,
  comment: null,
  ...changes,
});
const BLOCKS = [
  { kind: "section", application: "vipkit", comment: "why it changed" },
  { kind: "interface", linkType: LINKTYPE.ethernet, snapBytes: 96, name: "eth0" },
  packet({ direction: "in", comment: "its last one" }),
  packet({ direction: "out", wallNs: 1_700_000_003_000_000_001n }),
  packet({ bytes: advert.slice(0, 33), wallNs: 1_700_000_004_000_000_000n }),
  { kind: "statistics", interfaceId: 0, wallNs: 1_700_000_005_000_000_000n, lostPackets: 7n },
] as const;

test("tshark shows times, directions, lengths and comments", {
  skip: labMissing("tshark"),
}, (t) => {
  const fields = [
    "frame.time_epoch",
    "frame.packet_flags_direction",
    "frame.cap_len",
    "frame.len",
    "frame.comment",
    "vrrp.prio",
  ].flatMap((field) => ["-e", field]);
  const output = run("tshark", "-r", write(t), "-T", "fields", "-E", "separator=;", ...fields);
  assert.deepEqual(output.trimEnd().split("\n"), [
    "1700000000.123456789;0x00000001;50;50;its last one;200",
    "1700000003.000000001;0x00000002;50;50;;200",
    "1700000004.000000000;;33;50;;",
  ]);
});

test("capinfos shows who wrote it, why, and on what interface", {
  skip: labMissing("capinfos"),
}, (t) => {
  const output = run("capinfos", write(t));
  assert.match(output, /Capture application: vipkit/);
  assert.match(output, /Capture comment: +why it changed/);
  assert.match(output, /Name = eth0/);
  assert.match(output, /Number of packets: +3\n/);
});

test("tcpdump reads it", { skip: labMissing("tcpdump") }, (t) => {
  const output = run("tcpdump", "-n", "-r", write(t));
  assert.equal(output.match(/224\.0\.0\.18: VRRPv3, Advertisement, vrid 4, prio 200/g)?.length, 2);
});

test("what editcap makes of it decodes to the same packets", {
  skip: labMissing("editcap"),
}, (t) => {
  const ours = write(t);
  run("editcap", ours, `${ours}.theirs`);
  const theirs = packetsIn(readFileSync(`${ours}.theirs`));
  assert.deepEqual(theirs, packetsIn(readFileSync(ours)));
  assert.equal(theirs.length, 3);
});

function write(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-pcapng-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "ours.pcapng");
  writeFileSync(path, Buffer.concat(BLOCKS.map(encodePcapngBlock)));
  return path;
}

const run = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
