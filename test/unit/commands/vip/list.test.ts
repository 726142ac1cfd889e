import assert from "node:assert/strict";
import test from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakeKernel } from "../../../support/fake-kernel.ts";

const kernel = new FakeKernel().addLink("lo").addLink("eth0").addLink("eth1");
kernel
  .addAddress("lo", "127.0.0.1/8", { scope: 254 })
  .addAddress("eth0", "192.0.2.1/24")
  .addAddress("eth0", "192.0.2.10/32", { protocol: 112, label: "eth0:vip" })
  .addAddress("eth1", "2001:db8::1/64", { flags: 0x60, validLftS: 300, preferredLftS: 0 });
const list = (line: string, columns?: number) => {
  const argv = ["vip", "list", ...line.split(" ").filter((word) => word !== "")];
  return runInProcess(argv, { ports: kernel.ports, ...(columns && { columns }) });
};

test("a pipe gets aligned lines, each with interface, address, scope and notes", async () => {
  assert.deepEqual(await list(""), {
    exitCode: 0,
    stdout: [
      "lo    127.0.0.1/8     host",
      "eth0  192.0.2.1/24    global",
      "eth0  192.0.2.10/32   global  vipkit, label eth0:vip",
      "eth1  2001:db8::1/64  global  deprecated, tentative\n",
    ].join("\n"),
    stderr: "",
  });
});

test("interface and family narrow the list", async () => {
  const first = async (line: string) =>
    (await list(line)).stdout.split("\n").flatMap((row) => row.split(/ +/)[1] ?? []);
  assert.deepEqual(await first("-I eth0"), ["192.0.2.1/24", "192.0.2.10/32"]);
  assert.deepEqual(await first("dev eth1"), ["2001:db8::1/64"]);
  assert.deepEqual(await first("-6"), ["2001:db8::1/64"]);
  assert.deepEqual(await first("-4 -I eth1"), []);
  assert.equal((await list("-4 -6")).exitCode, 2);
});

test("a terminal gets a table with a head", async () => {
  const { stdout } = await list("", 80);
  assert.match(stdout, /INTERFACE.*ADDRESS.*SCOPE.*NOTES/);
  assert.match(stdout, /│ eth0 +│ 192\.0\.2\.10\/32 +│ global +│ vipkit, label eth0:vip +│/);
});

test("JSON has every key of every address, and null for a lifetime that does not end", async () => {
  const { addresses } = JSON.parse((await list("-j")).stdout);
  assert.deepEqual(addresses[3], {
    interface: "eth1",
    address: "2001:db8::1",
    prefix_length: 64,
    scope: "global",
    label: null,
    flags: ["deprecated", "tentative"],
    by_vipkit: false,
    valid_s: 300,
    preferred_s: 0,
  });
  assert.deepEqual([addresses[2].by_vipkit, addresses[2].valid_s], [true, null]);
});

test("an unknown interface is named with the one that was perhaps meant, exit 2", async () => {
  const { exitCode, stderr } = await list("-I eht0");
  assert.equal(exitCode, 2);
  assert.match(stderr, /^vipkit vip list: .*eht0: no such interface \(did you mean eth0\?\)/);
  assert.equal(kernel.open, 0);
});
