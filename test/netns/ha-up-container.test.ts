/** `ha up` as the first process of a container: it inherits orphans, and signals without a handler do nothing. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { keepalivedConf } from "../support/keepalived.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { addressOf, FAST_ROUTERS } from "../support/router.ts";
import { VIPKIT } from "../support/vipkit.ts";

const router = { ...FAST_ROUTERS.IPv4, priority: 200 };

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1")
    .split(" ")
    .map(Number)
    .filter(Boolean);

const stateOf = (pid: number): string =>
  readFileSync(`/proc/${pid}/stat`, "latin1").replace(/.*\) /, "")[0] ?? "";

describe("ha up as process 1", { skip: labMissing("unshare", "setsid") }, () => {
  test("waits for orphans, goes on with its own children, and ends when it is told to", async (t) => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    const folder = mkdtempSync(join(tmpdir(), "vipkit-container-"));
    t.after(() => rmSync(folder, { recursive: true }));
    const path = (name: string): string => join(folder, name);
    // Each run leaves one that ends by itself, and one that is killed with the group of the script.
    const orphan = `setsid sh -c 'echo x >>${path("ended")}' & sleep 100 & sleep 0.3`;
    writeFileSync(path("chk"), `#!/bin/sh\n${orphan}\n`, { mode: 0o755 });
    const chk = `vrrp_script chk {\nscript ${path("chk")}\ninterval 1\ntimeout 1\n}\n`;
    const tracking = "track_script {\nchk\n}\n}\n";
    writeFileSync(path("conf"), chk + keepalivedConf(router).replace(/\}\n$/, tracking));
    const place = ["--name", "a", "--state-dir", folder];
    const inside = [
      "env",
      `TMPDIR=${folder}`,
      "unshare",
      "--fork",
      "--pid",
      "--mount-proc",
      "--kill-child",
    ];
    const up = [process.execPath, VIPKIT, "ha", "up", "-f", path("conf"), ...place];
    const program = a.spawn(...inside, ...up);
    await program.lines.next(/-> MASTER/);
    const [first = assert.fail()] = childrenOf(program.pid);
    const runs = (): number =>
      existsSync(path("ended")) ? readFileSync(path("ended"), "latin1").length / 2 : 0;
    while (runs() < 3) await setTimeout(50);
    const zombies = (): number[] => childrenOf(first).filter((pid) => stateOf(pid) === "Z");
    while (zombies().length > 0) await setTimeout(50); // one may just have ended
    const others = childrenOf(first);
    assert.ok(others.length <= 3, `its own two, and no more than one orphan: ${others}`);
    process.kill(others[0] ?? 0, "SIGKILL");
    await program.lines.next(/vrrp: ended \(SIGKILL\): started again/);
    process.kill(first, "SIGUSR1"); // none of these ends it
    process.kill(first, 36);
    assert.equal(await a.holds(addressOf(router)), true);
    process.kill(first, "SIGTERM");
    assert.equal((await program.ended).code, 0);
    assert.equal(await a.holds(addressOf(router)), false);
  });
});
