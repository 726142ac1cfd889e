import assert from "node:assert/strict";
import test from "node:test";
import { ROUTER_ADDRESS_PROTOCOL } from "../../../../src/app/rtnl.ts";
import { ADDRESS_FLAGS } from "../../../../src/core/netlink/rtnl-address.ts";
import { runInProcess } from "../../../support/cli.ts";
import { FakeKernel } from "../../../support/fake-kernel.ts";

const fresh = () =>
  new FakeKernel().addLink("eth0").addAddress("eth0", "192.0.2.1/24", { label: "eth0" });
const add = (kernel: FakeKernel, line: string) =>
  runInProcess(["vip", "add", ...line.split(" "), "--dad", "none"], { ports: kernel.ports });

test("an address is added, announced and said", async () => {
  const kernel = fresh();
  const ran = await add(kernel, "192.0.2.10 dev eth0");
  assert.deepEqual(ran, { exitCode: 0, stdout: "192.0.2.10/32: added to eth0\n", stderr: "" });
  assert.deepEqual(kernel.held(), ["eth0 192.0.2.1/24", "eth0 192.0.2.10/32"]);
  assert.equal(kernel.frames.length, 1);
  assert.equal(kernel.open, 0);
});

test("an address that is there is a success that says so, and is not announced", async () => {
  const kernel = fresh();
  const { exitCode, stdout } = await add(kernel, "192.0.2.1/24 -I eth0");
  assert.deepEqual([exitCode, stdout], [0, "192.0.2.1/24: was on eth0 already\n"]);
  assert.deepEqual(kernel.frames, []);
});

test("--no-announce keeps silent, -q prints nothing, -j one document", async () => {
  const kernel = fresh();
  assert.equal((await add(kernel, "192.0.2.10 -I eth0 --no-announce -q")).stdout, "");
  assert.equal((await add(kernel, "192.0.2.10 -I eth0 --no-announce -qj")).stdout, "");
  assert.deepEqual(kernel.frames, []);
  const { stdout } = await add(kernel, "192.0.2.10 192.0.2.11/24 -I eth0 -j");
  assert.deepEqual(JSON.parse(stdout), {
    interface: "eth0",
    addresses: [
      { address: "192.0.2.10", prefix_length: 32, result: "present", holder_mac: null },
      { address: "192.0.2.11", prefix_length: 24, result: "added", holder_mac: null },
    ],
    omitted: [],
  });
});

test("what was left out is said on stderr, or stands in the JSON", async () => {
  const down = () => new FakeKernel().addLink("eth0", false);
  const said = "not announced: eth0 is down";
  assert.equal((await add(down(), "192.0.2.10 -I eth0")).stderr, `${said}\n`);
  const { stdout, stderr } = await add(down(), "192.0.2.10 -I eth0 -j");
  assert.deepEqual([JSON.parse(stdout).omitted, stderr], [[said], ""]);
});

test("what cannot be meant is refused in one line, and changes nothing", async () => {
  const kernel = fresh();
  for (const [line, reason] of [
    ["192.0.2.10", /--interface is missing/],
    ["192.0.2.300 -I eth0", /"192\.0\.2\.300" is no IP address/],
    ["192.0.2.10/33 -I eth0", /prefix length that is not within 0\.\.32/],
    ["224.0.0.18 -I eth0", /not an address that a host can have/],
    ["192.0.2.10 -I eth0 --preferred --not-as-source", /exclude each other/],
    ["192.0.2.10 2001:db8::1 -I eth0 --label eth0:vip", /2001:db8::1 is IPv6, which has none/],
    ["192.0.2.10 2001:db8::1 -I eth0 --not-as-source", /192\.0\.2\.10 is IPv4, and of IPv4/],
    ["192.0.2.10 192.0.2.10/32 -I eth0", /192\.0\.2\.10\/32 is given twice/],
    ["2001:db8::1/64 2001:db8::1 -I eth0", /2001:db8::1\/128 is given twice/],
    ["192.0.2.10 -I eth0 --label eth0:0123456789a", /--label: eth0:.* has more than 15 bytes/],
    [
      "192.0.2.1/24 -I eth0 --label eth0:x",
      /192\.0\.2\.1\/24 on eth0: is there with label eth0, w/,
    ],
    [
      "192.0.2.1/24 -I eth0 --scope link",
      /192\.0\.2\.1\/24 on eth0: is there with scope global, w/,
    ],
    ["::ffff:192.0.2.9 -I eth0", /is an IPv4 address written as IPv6: write 192\.0\.2\.9/],
    ["127.0.0.9 -I eth0", /127\.0\.0\.9\/32 and eth0 clash: a loopback address is on lo alone/],
    ["192.0.2.10 -I eth1", /no such interface \(did you mean eth0\?\)/],
  ] as const) {
    const { exitCode, stdout, stderr } = await add(kernel, line);
    assert.deepEqual([exitCode, stdout], [2, ""], line);
    assert.match(stderr, reason);
    assert.equal(stderr.split("\n").length, 2, "one line");
  }
  assert.deepEqual(kernel.held(), ["eth0 192.0.2.1/24"]);
});

test("the same address of two lengths is two, and what is there as wished for is a success", async () => {
  const kernel = fresh();
  const { exitCode, stdout } = await add(kernel, "192.0.2.1/24 192.0.2.1 -I eth0 --scope global");
  assert.deepEqual(exitCode, 0);
  assert.equal(stdout, "192.0.2.1/24: was on eth0 already\n192.0.2.1/32: added to eth0\n");
});

test("an address of a running router is not added under another length, which would outlive it", async () => {
  const kernel = fresh();
  kernel.addAddress("eth0", "192.0.2.20/32", { protocol: ROUTER_ADDRESS_PROTOCOL });
  const { exitCode, stderr } = await add(kernel, "192.0.2.20/24 -I eth0");
  assert.equal(exitCode, 2);
  assert.match(stderr, /192\.0\.2\.20\/24 on eth0: vrrp run has it there as 192\.0\.2\.20\/32/);
  assert.equal((await add(kernel, "192.0.2.20 -I eth0")).exitCode, 0, "the same is there already");
  assert.deepEqual(kernel.held(), ["eth0 192.0.2.1/24", "eth0 192.0.2.20/32"]);
});

test("an address that the kernel has put out of use is added anew", async () => {
  const kernel = new FakeKernel().addLink("eth0");
  kernel.addAddress("eth0", "2001:db8::10/64", { flags: ADDRESS_FLAGS.dadFailed });
  const { stdout } = await add(kernel, "2001:db8::10/64 -I eth0");
  assert.equal(stdout, "2001:db8::10/64: added to eth0\n");
  assert.equal(kernel.ports.kernel.addresses[0]?.flags, ADDRESS_FLAGS.noDad);
  assert.equal(kernel.frames.length, 1);
});
