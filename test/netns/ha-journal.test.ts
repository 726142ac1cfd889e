/** The journal of `ha up` where it cannot be written: what the router does then, and what is written later. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { linesReach } from "../support/growing-file.ts";
import { HaUp } from "../support/ha-up.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { VIPKIT } from "../support/vipkit.ts";

const skip = labMissing();

const conf = `
global_defs {
    vrrp_version 3
}
vrrp_instance a {
    interface eth0
    virtual_router_id 51
    priority 100
    advert_int 0.1
    virtual_ipaddress {
        10.0.0.100/24
    }
}
`;

test("a full disk and a directory that is gone are told once; what waited is written when there is room", {
  skip,
}, async (t) => {
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  const folder = mkdtempSync(join(tmpdir(), "vipkit-journal-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const kindsIn = (path: string): string[] =>
    readFileSync(path, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).type);
  const configuration = join(folder, "keepalived.conf");
  writeFileSync(configuration, conf);
  // Its mounts are its own: the disk is there for it alone.
  const full =
    "mkdir state; mount -t tmpfs -o size=16k none state; cat /dev/zero >state/much || true";
  const words = [VIPKIT, "ha", "up", "-f", configuration, "--name", "a"];
  const state = join(folder, "state");
  const shell = `cd ${folder}; ${full}; exec "$@"`;
  const more = ["--state-dir", state];
  const ha = a.spawn("sh", "-euc", shell, "sh", process.execPath, ...words, ...more);
  await ha.lines.next(/the journal cannot be written, and waits: .*ENOSPC/);
  await ha.lines.next(/BACKUP -> MASTER/);
  const seen = join("/proc", `${ha.pid}`, "root", state);
  rmSync(join(seen, "much"));
  await ha.lines.next(/the journal is written again/);
  const kinds = kindsIn(join(seen, "ha@a.journal"));
  assert.equal(kinds[0], "start");
  assert.equal(kinds.filter((kind) => kind === "transition").length, 2);
  await ha.stop("SIGTERM");
  const told = ha.lines.all.filter((line) => line.includes("cannot be written"));
  assert.equal(told.length, 1);

  const again = new HaUp(a, conf, ["--state-dir", state]);
  await again.becomes("MASTER");
  await linesReach(join(state, "ha@a.journal"), 3); // start and two transitions
  rmSync(state, { recursive: true });
  await again.stop();
  assert.deepEqual(kindsIn(join(state, "ha@a.journal")), ["transition", "stop"]);
});
