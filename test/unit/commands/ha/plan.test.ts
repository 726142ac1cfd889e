/** `ha plan`: what a reload would do, as text and as JSON, and which node is to go first. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakeConfigurationFiles } from "../../../support/fake-configuration-files.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const conf = (vrid: number, priority: number, vip: string): string => `vrrp_instance VI_${vrid} {
  interface eth0
  virtual_router_id ${vrid}
  priority ${priority}
  virtual_ipaddress {
    ${vip}
  }
}
`;

const FILES = {
  "/etc/keepalived/keepalived.conf": conf(51, 150, "10.0.0.100/24"),
  "master.old": conf(51, 150, "10.0.0.100/24"),
  "backup.old": conf(51, 100, "10.0.0.100/24"),
  "master.conf": conf(51, 150, "10.0.0.101/24") + conf(52, 150, "10.0.0.110/24"),
  "backup.conf": conf(51, 100, "10.0.0.101/24"),
  "locked.conf": "!EACCES",
  "bad.conf": conf(300, 100, "10.0.0.101/24"),
};

const plan = (...words: string[]) => {
  const ports = new FakePorts();
  for (const path of ["/etc/passwd", "/etc/group"])
    ports.files.contents.set(path, new Uint8Array());
  const configurationFiles = new FakeConfigurationFiles(FILES);
  return runInProcess(["ha", "plan", ...words], {
    ports: Object.assign(ports, { configurationFiles }),
  });
};

test("a line for each thing that does not go on as it is", async () => {
  const { stdout, exitCode } = await plan("master.conf");
  assert.deepEqual(stdout.trimEnd().split("\n"), [
    "vrrp_instance VI_51 changed: virtual_ipaddress",
    "vrrp_instance VI_52 added",
  ]);
  assert.equal(exitCode, 1);
});

test("where nothing would change it says nothing", async () => {
  const { stdout, exitCode } = await plan("master.old");
  assert.deepEqual([stdout, exitCode], ["", 0]);
});

test("several nodes: the master goes last", async () => {
  const { stdout } = await plan(
    "-f",
    "master.old",
    "-f",
    "backup.old",
    "master.conf",
    "backup.conf",
  );
  assert.deepEqual(stdout.trimEnd().split("\n"), [
    "backup (BACKUP)",
    "  vrrp_instance VI_51 changed: virtual_ipaddress",
    "master (MASTER of VI_51)",
    "  vrrp_instance VI_51 changed: virtual_ipaddress",
    "  vrrp_instance VI_52 added",
  ]);
});

test("JSON has what is kept, too", async () => {
  const { stdout } = await plan("-j", "-f", "master.old", "master.old");
  const step = {
    block: "vrrp_instance",
    name: "VI_51",
    next_name: "VI_51",
    step: "kept",
    what: [],
  };
  assert.deepEqual(JSON.parse(stdout), {
    nodes: [{ node: "master.old", master_of: ["VI_51"], steps: [step] }],
  });
});

test("a file with errors has no plan", async () => {
  const { stderr, exitCode } = await plan("bad.conf");
  assert.match(stderr, /bad\.conf:3:.*300/);
  assert.equal(exitCode, 2);
});

test("what may not be read is refused with what helps", async () => {
  const { stderr, exitCode } = await plan("locked.conf");
  assert.match(stderr, /read locked\.conf: permission denied \(EACCES\) \(.*run as root\)/);
  assert.equal(exitCode, 2);
});

test("each node has a file that runs and one that is to be", async () => {
  const { stderr, exitCode } = await plan("master.conf", "backup.conf");
  assert.match(stderr, /2 files and 1 --from/);
  assert.equal(exitCode, 2);
});
