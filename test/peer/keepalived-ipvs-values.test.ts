/** What a keepalived.conf wants of IPVS is what keepalived makes of it. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { targetOfConfiguration } from "../../src/app/ipvs/configured-target.ts";
import { IpvsKernel } from "../../src/app/ipvs/kernel.ts";
import {
  decodeDaemon,
  decodeTimeouts,
  dumpDaemons,
  getTimeouts,
} from "../../src/core/netlink/ipvs-daemon.ts";
import { systemPorts } from "../../src/io/system-ports.ts";
import type { IpvsTarget } from "../../src/proto/ipvs/target.ts";
import { effective } from "../support/effective.ts";
import { withIpvs } from "../support/ipvs-lab.ts";
import { tableLines } from "../support/ipvs-values.ts";
import { Program } from "../support/program.ts";

const CONF = fileURLToPath(new URL("../../../test/vectors/conf-ipvs.conf", import.meta.url));

withIpvs(import.meta.url, ["keepalived"], () => {
  test("services and servers of each kind, and timeouts", async () => {
    const { ours, theirs } = await both(readFileSync(CONF, "utf8"));
    const [wanted, made] = [tableLines(ours.table), tableLines(theirs.table)];
    const tooMany = wanted.filter((line) => !made.includes(line));
    const missing = made.filter((line) => !wanted.includes(line));
    assert.deepEqual({ tooMany, missing }, { tooMany: [], missing: [] });
    assert.deepEqual(ours.timeouts, theirs.timeouts);
    assert.deepEqual(theirs.daemons, []);
  });

  for (const options of ["", "id 7 maxlen 1200 port 9000 ttl 3 group 224.0.0.99"])
    test(`sync daemons ${options}`, async () => {
      const defs = `global_defs {\nlvs_sync_daemon lo ${options}\n}\n`;
      const { ours, theirs } = await both(defs + SERVICE);
      const filled = ours.daemons?.map((one, index) => ({
        ...one,
        // What is not said is as the kernel has it.
        ...(options === "" && { ...theirs.daemons?.[index], role: one.role, ifName: one.ifName }),
      }));
      assert.deepEqual(filled, theirs.daemons);
    });
});

/** What is wanted of a file, and what keepalived makes of it. */
async function both(text: string): Promise<{ ours: IpvsTarget; theirs: IpvsTarget }> {
  const { lvs, vrrp } = effective(text);
  const ours = targetOfConfiguration(lvs, vrrp.globals);
  const folder = mkdtempSync(join(tmpdir(), "vipkit-ipvs-"));
  const file = (name: string): string => join(folder, name);
  writeFileSync(file("conf"), text);
  const pids = ["--pid", file("pid"), "--checkers_pid", file("checkers"), "--vrrp_pid", file("v")];
  const argv = ["keepalived", "-n", "-l", "-G", "-f", file("conf"), ...pids];
  const keepalived = new Program("keepalived", argv);
  const kernel = new IpvsKernel(systemPorts(undefined));
  const ask = { op: "ipvs list", subject: "kernel" };
  const daemons = () => kernel.ask({ ...ask, request: dumpDaemons() }, decodeDaemon);
  try {
    await keepalived.lines.next(/Startup complete/);
    for (let tries = 0; daemons().length < (ours.daemons?.length ?? 0); await setTimeout(50))
      if (tries++ > 200) throw new Error(keepalived.lines.all.join("\n"));
    const [timeouts = null] = kernel.ask({ ...ask, request: getTimeouts() }, decodeTimeouts);
    return { ours, theirs: { table: kernel.table(), timeouts, daemons: daemons() } };
  } finally {
    kernel.close();
    await keepalived.stop();
    rmSync(folder, { recursive: true });
  }
}

const SERVICE = `virtual_server 10.0.0.1 80 {
protocol TCP
real_server 10.0.1.1 80 {
}
}
`;
