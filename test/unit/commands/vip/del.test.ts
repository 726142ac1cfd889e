import assert from "node:assert/strict";
import test from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakeKernel } from "../../../support/fake-kernel.ts";

const fresh = () =>
  new FakeKernel()
    .addLink("eth0")
    .addAddress("eth0", "192.0.2.1/24")
    .addAddress("eth0", "198.51.100.9/32");
const del = (kernel: FakeKernel, line: string) =>
  runInProcess(["vip", "del", ...line.split(" "), "-I", "eth0"], { ports: kernel.ports });

test("an address is removed whatever its length, and said", async () => {
  const kernel = fresh();
  const ran = await del(kernel, "198.51.100.9");
  const stdout = "198.51.100.9/32: removed from eth0\n";
  assert.deepEqual(ran, { exitCode: 0, stdout, stderr: "" });
  assert.deepEqual(kernel.held(), ["eth0 192.0.2.1/24"]);
  assert.equal(kernel.open, 0);
});

test("an address that is not there is a success that says so", async () => {
  const kernel = fresh();
  const { exitCode, stdout } = await del(kernel, "198.51.100.9/24");
  assert.deepEqual([exitCode, stdout], [0, "198.51.100.9/24: was not on eth0\n"]);
  assert.equal(kernel.held().length, 2);
});

test("-q prints nothing, -j one document", async () => {
  assert.equal((await del(fresh(), "198.51.100.9 -q")).stdout, "");
  assert.equal((await del(fresh(), "198.51.100.9 -qj")).stdout, "");
  const { stdout } = await del(fresh(), "198.51.100.9 192.0.2.77 -j");
  assert.deepEqual(JSON.parse(stdout), {
    interface: "eth0",
    addresses: [
      { address: "198.51.100.9", prefix_length: 32, result: "removed" },
      { address: "192.0.2.77", prefix_length: null, result: "absent" },
    ],
  });
});

test("each length of an address that is removed is told", async () => {
  const kernel = fresh().addAddress("eth0", "198.51.100.9/24");
  const { addresses } = JSON.parse((await del(kernel, "198.51.100.9 -j")).stdout);
  const lengths = addresses.map((own: { prefix_length: number }) => own.prefix_length);
  assert.deepEqual(lengths, [32, 24]);
});
