/** A pair of nginx by the examples of share/examples: the address moves when nginx dies and its host does not. */
import assert from "node:assert/strict";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { example, held, is, start } from "../support/ha-modes.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { Nginx } from "../support/nginx.ts";

describe("nginx dies, the host does not", { skip: labMissing("nginx"), concurrency: 2 }, () => {
  test("its process is watched", async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "vipkit-modes-"));
    t.after(() => rmSync(folder, { recursive: true }));
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    // Hosts of a LAN see each other's processes: each has a server of its own name.
    const serverOf = ({ name }: Host): string => `vk${name}${process.pid}`;
    const serve = async (host: Host): Promise<Nginx> => {
      const copy = join(folder, serverOf(host));
      copyFileSync("/usr/sbin/nginx", copy);
      const spawn: Host["spawn"] = (_, ...words) => host.spawn(copy, ...words);
      return await Nginx.start({ spawn });
    };
    const confOf = (host: Host): string =>
      example("nginx").replace("    process nginx", `    process ${serverOf(host)}`);
    using serverA = await serve(a);
    using _serverB = await serve(b);
    const first = start(a, confOf(a));
    await is(first, "web", "MASTER");
    const second = start(b, confOf(b));
    await is(second, "web", "BACKUP");
    await a.run("kill", readFileSync(serverA.file("pid"), "utf8").trim());
    await is(first, "web", "FAULT");
    await is(second, "web", "MASTER");
    assert.equal(await held("192.0.2.60", a, b), "b");
  });

  test("it is asked, and no process is started for it", async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "vipkit-modes-"));
    t.after(() => rmSync(folder, { recursive: true }));
    const program = join(folder, "vipkit"); // whoever runs it leaves a trace, and is told "down"
    writeFileSync(program, `#!/bin/sh\n: >${folder}/ran\nexit 1\n`, { mode: 0o755 });
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    const conf = example("nginx-script").replace("/usr/bin/vipkit", program);
    using serverA = await Nginx.start(a);
    using _serverB = await Nginx.start(b);
    const first = start(a, conf);
    await is(first, "web", "MASTER");
    const second = start(b, conf);
    await is(second, "web", "BACKUP");
    await a.run("kill", readFileSync(serverA.file("pid"), "utf8").trim());
    await is(first, "web", "FAULT");
    await is(second, "web", "MASTER");
    assert.equal(await held("192.0.2.60", a, b), "b");
    assert.ok(!existsSync(join(folder, "ran")));
  });
});
