/** What this host is: its interfaces, each with its own addresses. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { thisHost } from "../../../../src/app/ha/this-host.ts";
import { formatCidr } from "../../../../src/core/addr.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const PASSWD = "root:x:0:0::/:/bin/sh\noperator:x:37:37::/:/bin/sh\n";

function portsOfHost(): FakePorts {
  const ports = new FakePorts();
  ports.files.contents.set("/etc/passwd", new TextEncoder().encode(PASSWD));
  return ports;
}
const NO_LIMIT = new AbortController().signal;

test("an interface has its MTU and its own addresses", async () => {
  const { interfaces } = await thisHost(portsOfHost(), NO_LIMIT);
  const eth0 = interfaces.get("eth0") ?? assert.fail();
  assert.deepEqual([eth0.mtu, eth0.hasMulticast], [1500, true]);
  assert.deepEqual(eth0.addresses.map(formatCidr), ["10.0.0.1/24", "fe80::1/64"]);
});

test("accounts are those of the host, and each program is looked at once, when somebody asks", async () => {
  const ports = portsOfHost();
  const asked: string[] = [];
  const wayToProgram = (name: string): [] => {
    asked.push(name);
    return [];
  };
  const { openNetlink, files } = ports;
  const findProcesses = ports.findProcesses.bind(ports);
  const outside = { openNetlink: openNetlink.bind(ports), files, wayToProgram, findProcesses };
  const { users, programs } = await thisHost(outside, NO_LIMIT);
  assert.deepEqual([users?.get("operator"), users?.get("nosuch")], [37, undefined]);
  assert.deepEqual(asked, []);
  assert.deepEqual([programs.get("/bin/x"), programs.get("/bin/x")], [[], []]);
  assert.deepEqual(asked, ["/bin/x"]);
});

test("what takes addresses away is found among what runs, but for keepalived itself", async () => {
  const ports = portsOfHost();
  const names = ["NetworkManager", "keepalived"];
  ports.processes.push(...names.map((name, index) => ({ pid: 7 + index, name })));
  const { takersOn } = await thisHost(ports, NO_LIMIT);
  assert.deepEqual(
    takersOn("eth0").map(({ program }) => program),
    ["NetworkManager"],
  );
});
