/** This host described: another one that reads it judges as this one does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { describeHost } from "../../../../src/app/ha/describe-host.ts";
import { thisHost } from "../../../../src/app/ha/this-host.ts";
import { parseHost } from "../../../../src/commands/ha/host-description.ts";
import type { PathEntry } from "../../../../src/core/path-walk.ts";
import { FakeConfigurationFiles } from "../../../support/fake-configuration-files.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const NO_LIMIT = new AbortController().signal;
const NAMES = ["/opt/chk", "/usr/bin/link", "/opt/no", "chk", "tool"];
const ENTRIES: Readonly<Record<string, PathEntry>> = {
  "/": { kind: "directory", uid: 0, gid: 0, mode: 0o755 },
  "/opt": { kind: "directory", uid: 37, gid: 50, mode: 0o1775 },
  "/opt/chk": { kind: "file", uid: 4000, gid: 0, mode: 0o4750 },
  "/opt/dev": { kind: "other", uid: 0, gid: 0, mode: 0o666 },
  "/usr": { kind: "directory", uid: 0, gid: 0, mode: 0o755 },
  "/usr/bin": { kind: "directory", uid: 0, gid: 0, mode: 0o755 },
  "/usr/bin/tool": { kind: "file", uid: 0, gid: 0, mode: 0o755 },
  "/usr/bin/link": { kind: "link", target: "../../opt/dev" },
};

function portsOfHost() {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const ports = new FakePorts();
  ports.files.contents.set("/etc/passwd", bytes("root:x:0:0::/:\noperator:x:37:37::/:\n"));
  ports.files.contents.set("/etc/group", bytes("root:x:0:\nstaff:x:50:\n"));
  ports.processes.push({ pid: 7, name: "systemd-network" });
  const links = Object.fromEntries(
    [1, 2, 3, 4].map((index) => [
      `/run/systemd/netif/links/${index}`,
      "ADMIN_STATE=configured\nNETWORK_FILE=/etc/systemd/network/a.network\n",
    ]),
  );
  return Object.assign(ports, {
    configurationFiles: new FakeConfigurationFiles(links),
    lookAt: (path: string) => ENTRIES[path],
    environment: (name: string) => (name === "PATH" ? "/root/bin" : undefined),
  });
}

test("what is read of a description is what was described", async () => {
  const ports = portsOfHost();
  const host = await thisHost(ports, NO_LIMIT);
  const record = await describeHost(NAMES, ports, NO_LIMIT);
  const read = await parseHost(JSON.stringify(record), "h");
  assert.deepEqual(read.networkd, { dropsRoutes: true, dropsRules: true });
  assert.equal(read.interfaces.get("eth0")?.manager?.daemon, "systemd-networkd");
  for (const [name, { mtu, hasMulticast, manager }] of host.interfaces) {
    const { addresses, ...other } = read.interfaces.get(name) ?? assert.fail(name);
    assert.deepEqual(other, { mtu, hasMulticast, manager });
    assert.equal(addresses.length, host.interfaces.get(name)?.addresses.length);
  }
  for (const user of ["root", "operator", "nosuch"]) {
    assert.equal(read.users?.get(user), host.users?.get(user), user);
  }
  for (const name of NAMES)
    assert.deepEqual(read.programs?.get(name), host.programs?.get(name), name);
});

test("names without a slash are looked for as a service does, not as the shell of who asks", async () => {
  const record = JSON.parse(JSON.stringify(await describeHost(NAMES, portsOfHost(), NO_LIMIT)));
  assert.match(record.search_path, /^\/usr\/local\/sbin:.*:\/usr\/bin/);
  assert.equal((await thisHost(portsOfHost(), NO_LIMIT)).programs?.get("tool")?.length, 4);
});

test("owners have their names, where they have one", async () => {
  const record = JSON.parse(JSON.stringify(await describeHost(NAMES, portsOfHost(), NO_LIMIT)));
  assert.deepEqual(record.paths["/opt"], {
    type: "directory",
    mode: "1775",
    owner: "operator",
    group: "staff",
  });
  assert.equal(record.paths["/opt/chk"].owner, 4000);
});
