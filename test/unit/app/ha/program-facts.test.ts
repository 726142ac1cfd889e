/** What is asked of a host about the programs of a configuration: each once, and the accounts that matter. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { programFacts } from "../../../../src/app/ha/program-facts.ts";
import { readConf } from "../../../support/conf.ts";

const CONF = [
  "global_defs {",
  "script_user operator",
  "startup_script /bin/start",
  "}",
  "vrrp_script s {",
  "script '/bin/chk -x'",
  "user nosuch",
  "}",
  "vrrp_track_process p {",
  "process nginx",
  "}",
  "virtual_server 10.0.0.9 80 {",
  "quorum_up '/bin/hook up'",
  "real_server 10.0.0.3 80 {",
  "notify_up '/bin/hook rs' daemon",
  "MISC_CHECK {",
  "misc_path chk2",
  "}",
  "}",
  "}",
];

const PASSWD =
  "root:x:0:0::/:/bin/sh\ndaemon:x:1:1::/:/bin/sh\noperator:x:37:37::/:/bin/sh\nother:x:9:9::/:\n";

test("the ways to all programs, and the accounts that they may run as", async () => {
  const asked: string[] = [];
  const ports = {
    wayToProgram: (name: string) => {
      asked.push(name);
      return [];
    },
    files: {
      read: async (_path: string, onBytes: (bytes: Uint8Array) => void) =>
        onBytes(new TextEncoder().encode(PASSWD)),
    },
  };
  const { conf } = readConf(...CONF);
  const { users, programs } = await programFacts(conf, ports as never, AbortSignal.timeout(60_000));
  assert.deepEqual(new Set(asked), new Set(["/bin/chk", "/bin/hook", "/bin/start", "chk2"]));
  assert.equal(asked.length, 4, "each once");
  assert.deepEqual([...programs.keys()], asked);
  assert.deepEqual(Object.fromEntries(users), { root: 0, daemon: 1, operator: 37 });
});
