/** What `vrrp sniff` is asked for, and what it refuses. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { captureBytes } from "../../../support/captures.ts";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { read, records } from "../../../support/sniff-run.ts";

const CLASHES: readonly [argv: readonly string[], words: RegExp][] = [
  [[], /listen where\?/],
  [["-i", "eth0", "-r", "x"], /-r and -i exclude each other/],
  [["-r", "x", "--for", "1s"], /--for needs -i/],
  [["-r", "x", "--join"], /--join needs -i/],
  [["-i", "any", "--join"], /--join needs one interface/],
  [["-r", "x", "--follow", "--table"], /--follow and --table exclude each other/],
  [["-r", "x", "-C", "1"], /-C needs -w/],
  [["-r", "x", "-w", "y", "-W", "2"], /-W needs -C/],
  [["-r", "x", "-U"], /-U needs -w/],
  [["-r", "x", "--insecure-key"], /--insecure-key needs --key-file/],
  [["-r", "x", "-w", "-", "--plot", "-"], /both want standard output/],
  [["-r", "x", "-w", "x"], /-r and -w name the same file/],
  [["-i", "eth0", "--for", "0s"], /--for 0s/],
  [["-r", "x", "--bad", "--follow"], /--bad shows packets/],
  [["-r", "x", "-e", "--table"], /-e shows packets/],
  [["-r", "x", "--expect-none", "--expect-single-master"], /--expect-none clashes/],
  [["-r", "x", "--expect-none", "--expect-master", "10.0.0.1"], /--expect-none clashes/],
  [["-r", "x", "--expect-none", "--expect-vip", "10.0.0.1"], /--expect-none clashes/],
  [["-r", "x", "--expect-none", "--max-gap", "1s"], /--expect-none clashes/],
  [["-r", "x", "--vrid", "0"], /vrid/],
  [["-r", "x", "-Q", "up"], /direction|-Q/],
  [["-r", "x", "--src", "10.0.0"], /10\.0\.0/],
];

for (const [argv, words] of CLASHES)
  test(`refused in one line: ${argv.join(" ")}`, async () => {
    const { exitCode, stdout, stderr } = await runInProcess(["vrrp", "sniff", ...argv], {
      ports: new FakePorts(),
    });
    assert.deepEqual([exitCode, stdout], [2, ""]);
    assert.match(stderr.split("\n")[0] ?? "", words);
  });

test("keys of a file verify what is signed", async () => {
  const ports = new FakePorts();
  const key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
  const run = async (secret: string) => {
    ports.secretFiles.set("keys", { text: `1:hex:${secret}\n`, mode: 0o600 });
    return await read(["--key-file", "keys", "-j"], captureBytes("keepalived-v3-ipv4.pcap"), ports);
  };
  const right = records((await run(key)).stdout);
  assert.ok(right.every(({ verdict }) => verdict === "ok"));
  const wrong = records((await run(key.replace("00", "99"))).stdout);
  assert.ok(wrong.every(({ verdict }) => verdict === "bad"));
});
