import assert from "node:assert/strict";
import test from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakeKernel } from "../../../support/fake-kernel.ts";

const kernel = new FakeKernel().addLink("eth0").addAddress("eth0", "192.0.2.1/24");
const run = (line: string) =>
  runInProcess(["vrrp", "run", "-I", "eth0", "--dry-run", ...line.split(" ")], {
    ports: kernel.ports,
  });

test("a dry run says what would be done and what peers may rely on", async () => {
  const { exitCode, stdout } = await run("--vrid 51 --vip 192.0.2.10/24 --priority 150");
  assert.equal(exitCode, 0);
  assert.match(stdout, /^claim +virtual router 51 for IPv4 on eth0/);
  assert.match(stdout, /\nsend +as MASTER: VRRPv3 priority 150 from 192\.0\.2\.1 every 1s\n/);
  assert.match(stdout, /\nadd +as MASTER: 192\.0\.2\.10\/24 on eth0\n/);
  assert.match(stdout, /\npromise +we take over at most 3\.\d+s after/);
  assert.deepEqual(kernel.held(), ["eth0 192.0.2.1/24"]);
  assert.equal(kernel.open, 0);
});

test("a dry run in JSON is one document", async () => {
  const { stdout } = await run("--vrid 51 --vip 192.0.2.10 -j");
  const plan = JSON.parse(stdout);
  assert.deepEqual([plan.vrid, plan.version, plan.adver_interval_ms], [51, 3, 1000]);
  assert.deepEqual([plan.source, plan.vips], ["192.0.2.1", ["192.0.2.10/32"]]);
});

test("what cannot be meant is refused in one line with its reason, exit 2", async () => {
  const vip = "--vip 192.0.2.10";
  for (const [line, reason] of [
    [vip, /--vrid is missing/],
    [`--vrid 0 ${vip}`, /--vrid "0" is not within 1\.\.255/],
    [`--vrid 256 ${vip}`, /--vrid "256" is not within 1\.\.255/],
    ["--vrid 51", /--vip is missing/],
    [`--vrid 51 ${vip} --priority 0`, /--priority "0" is not within 1\.\.255/],
    [`--vrid 51 ${vip}/33`, /prefix length that is not within 0\.\.32/],
    [`--vrid 51 ${vip} --interval 1`, /has no unit/],
    [`--vrid 51 ${vip} --interval 15ms`, /0\.015s .* in steps of 0\.01s/],
    [`--vrid 51 ${vip} --interval 41s`, /41s .* to 40\.95s/],
    [`--vrid 51 ${vip} --version 2 --interval 1500ms`, /1\.5s .* in steps of 1s/],
    [`--vrid 51 ${vip} --vip 2001:db8::1`, /IPv4 and IPv6/],
    ["--vrid 51 --version 2 --vip 2001:db8::1", /IPv6 needs VRRP version 3/],
    [`--vrid 51 ${vip} ${vip}`, /192\.0\.2\.10 is given twice/],
    [`--vrid 51 ${vip} --version 2 --auth-pass ninebytes`, /password of 9 bytes/],
    [`--vrid 51 ${vip} --auth-pass x`, /version 3 has no password/],
    [`--vrid 51 ${vip} --on-master 'x`, /--on-master .* has no closing '/],
  ] as const) {
    const { exitCode, stdout, stderr } = await run(line);
    assert.deepEqual([exitCode, stdout], [2, ""], line);
    assert.match(stderr, reason, line);
    assert.equal(stderr.split("\n").length, 2, `one line: ${stderr}`);
  }
});
