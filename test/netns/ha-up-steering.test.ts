/** A running `ha up` is looked at and steered by its control socket: a pair of nodes, a group and one more. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { HaUp } from "../support/ha-up.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import { VIPKIT } from "../support/vipkit.ts";

const skip = labMissing();

const confOf = (priority: number): string => `
global_defs {
    vrrp_version 3
    enable_script_security
    script_user root
}
vrrp_script chk {
    script "/bin/echo all is well"
    interval 1
    weight 5
}
vrrp_sync_group VG {
    group {
        inside
        outside
    }
}
${instance("inside", 51, priority)}
${instance("outside", 52, priority)}
${instance("other", 53, priority, "track_script {\n        chk\n    }")}
`;

const instance = (name: string, vrid: number, priority: number, more = ""): string => `
vrrp_instance ${name} {
    interface eth0
    virtual_router_id ${vrid}
    priority ${priority}
    advert_int 0.1
    virtual_ipaddress {
        10.0.0.${vrid + 49}/24
    }
    ${more}
}
`;

const ALL = ["10.0.0.100", "10.0.0.101", "10.0.0.102"];

test("status, failover, maintenance that outlives the process, a second one, and the end", {
  skip,
}, async () => {
  const state = mkdtempSync(join(tmpdir(), "vipkit-state-"));
  await using lan = await Lan.open("a", "b", "client");
  const { a, b, client } = lan.hosts;
  const up = async (
    host: Host,
    priority: number,
    become: "MASTER" | "BACKUP",
    ...more: string[]
  ) => {
    const ha = new HaUp(host, confOf(priority), more);
    for (let n = 0; n < ALL.length; n++) await ha.becomes(become);
    return ha;
  };
  const masterOf = async (host: Host): Promise<readonly string[]> =>
    (await statusOf(host)).instances.flatMap((one) => (one.state === "master" ? one.instance : []));
  try {
    const master = await up(a, 200, "MASTER", "--state-dir", state);
    const backup = await up(b, 100, "BACKUP");
    let first = await statusOf(a);
    while (first.trackers[0]?.state !== "up") first = await statusOf(a);
    assert.deepEqual(
      first.instances.map(({ instance: name, state: is, priority }) => [name, is, priority]),
      [
        ["inside", "master", 200],
        ["outside", "master", 200],
        ["other", "master", 205],
      ],
    );
    assert.deepEqual(first.groups, [
      { group: "VG", state: "master", members: ["inside", "outside"] },
    ]);
    assert.deepEqual(
      first.trackers.map(({ name, state: is, output }) => [name, is, output]),
      [["chk", "up", "all is well\n"]],
    );
    assert.deepEqual(
      first.children.map(({ role, pid }) => [role, pid]),
      [
        ["vrrp", master.pidOf("vrrp")],
        ["checkers", master.pidOf("checkers")],
      ],
    );
    assert.match(await vipkit(a, "vrrp", "status", "other"), /^other {2}MASTER/);

    const probe = await Probe.open(client, "10.0.0.100");
    assert.match(await vipkit(a, "ha", "failover", "VG"), /inside: handed over to 10\.0\.0\.2/);
    assert.deepEqual(await masterOf(a), ["other"]);
    assert.deepEqual(await masterOf(b), ["inside", "outside"]);

    const words = ["maintenance", "on", "--for", "1h", "--reason", "new kernel"];
    assert.match(await vipkit(a, "ha", ...words), /ends in 1h: new kernel/);
    assert.deepEqual(await masterOf(a), []);
    assert.deepEqual(await masterOf(b), ["inside", "outside", "other"]);
    await probe.close();
    const { asked, answered } = probe.account();
    assert.ok(asked - answered <= 3, `${asked - answered} of ${asked} questions without an answer`);

    assert.match(await vipkit(a, "ha", "history"), /other: MASTER -> BACKUP {2}cause=released/);
    assert.match(await vipkit(a, "ha", "down"), /has ended/);
    assert.deepEqual(await master.program.ended, { code: 0, signal: null });

    const again = await up(a, 200, "BACKUP", "--state-dir", state);
    const second = a.spawn(process.execPath, VIPKIT, "ha", "up", "--name", "a");
    assert.equal((await second.ended).code, 2);
    const holder = new RegExp(`process ${again.program.pid} runs .*keepalived.conf here`);
    assert.match(second.lines.all.join("\n"), holder);
    assert.deepEqual(
      (await statusOf(a)).instances.map(({ priority }) => priority),
      [1, 1, 1],
    );
    await backup.kill();
    for (let n = 0; n < ALL.length; n++) await again.becomes("MASTER"); // nobody else can
    const back = await up(b, 100, "MASTER"); // weak, and yet it takes over
    assert.deepEqual(await masterOf(a), []);

    await again.kill(); // the socket stays behind
    const third = await up(a, 200, "BACKUP", "--state-dir", state);
    assert.match(await vipkit(a, "ha", "maintenance", "off"), /maintenance is over/);
    for (let n = 0; n < ALL.length; n++) await third.becomes("MASTER");
    assert.equal((await statusOf(a)).maintenance, null);
    await back.stop();
  } finally {
    rmSync(state, { recursive: true });
  }
});

const vipkit = async (host: Host, ...words: string[]): Promise<string> =>
  await host.run(
    process.execPath,
    VIPKIT,
    ...words,
    ...(words[0] === "ha" ? ["--name", host.name] : []),
  );

interface Status {
  readonly maintenance: object | null;
  readonly instances: readonly { instance: string; state: string; priority: number }[];
  readonly groups: readonly object[];
  readonly trackers: readonly { name: string; state: string; output: string }[];
  readonly children: readonly { role: string; pid: number }[];
}

/** Whatever its exit status. */
async function statusOf(host: Host): Promise<Status> {
  const asked = host.spawn(process.execPath, VIPKIT, "ha", "status", "-j", "--name", host.name);
  await asked.ended;
  return JSON.parse(asked.lines.all.join("\n"));
}
