/** What tests rely on in a kernel with IPVS: it loads all that IPVS needs, and each host has a table of its own. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { withIpvs } from "../support/ipvs-lab.ts";
import { Lan } from "../support/netns.ts";
import { sorted } from "../support/notified.ts";
import { VIPKIT } from "../support/vipkit.ts";

withIpvs(import.meta.url, [], () => {
  test("who asks us about IPVS has the kernel load no module, unlike who asks ipvsadm", () => {
    const loader = readFileSync(LOADER, "utf8").trim();
    const folder = mkdtempSync(join(tmpdir(), "vipkit-modules-"));
    const asked = (): string => readFileSync(join(folder, "asked"), "utf8");
    writeFileSync(join(folder, "asked"), "");
    const script = `#!/bin/sh\necho "$@" >>${folder}/asked\n`;
    writeFileSync(join(folder, "modprobe"), script, { mode: 0o755 });
    try {
      assert.equal(spawnSync("rmmod", ["ip_vs"]).status, 0);
      writeFileSync(LOADER, join(folder, "modprobe"));
      const ran = spawnSync(process.execPath, [VIPKIT, "ipvs", "show"], { encoding: "utf8" });
      assert.deepEqual([ran.status, ran.stdout, asked()], [2, "", ""]);
      assert.match(ran.stderr, /modprobe ip_vs/);
      spawnSync("ipvsadm", ["-L"]);
      assert.match(asked(), /IPVS/);
    } finally {
      writeFileSync(LOADER, loader);
      spawnSync(loader, ["ip_vs"]);
      rmSync(folder, { recursive: true });
    }
  });

  test("each protocol, scheduler and engine is there when asked for", async () => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    const services = [
      ...SCHEDULERS.map((name, index) => ["-t", `10.0.0.1:${index + 1}`, "-s", name]),
      ["-u", "10.0.0.1:99", "-s", "rr", "-p", "360", "--pe", "sip"],
      ["--sctp-service", "[fd00::1]:99", "-s", "rr"],
      ["-f", "5", "-s", "rr"],
    ];
    for (const service of services) await a.run("ipvsadm", "-A", ...service);
    const saved = await a.run("ipvsadm", "-S", "-n");
    const wanted = services.map((words) => ["-A", ...words].join(" "));
    assert.deepEqual(sorted(saved.split("\n")), sorted(wanted));
    assert.equal(await b.run("ipvsadm", "-S", "-n"), "");
  });
});

const SCHEDULERS = "rr wrr lc wlc lblc lblcr dh sh sed nq fo ovf mh".split(" ");
/** The program by which the kernel loads modules. */
const LOADER = "/proc/sys/kernel/modprobe";
