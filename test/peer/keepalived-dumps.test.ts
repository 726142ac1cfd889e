/** One keepalived.conf, the same signals: `ha up` writes the dumps that keepalived writes. */
import assert from "node:assert/strict";
import { lstatSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { CLEAR_SIGNAL, Dumping, JSON_SIGNAL } from "../support/dumps.ts";
import { parseData, parseScripts, parseStatistics } from "../support/exporter.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { FAST_ROUTERS, startRouter } from "../support/router.ts";

const CONF = `global_defs {
  enable_script_security
  script_user root
}
vrrp_script chk { script "/usr/bin/true --x 'a b'"
  interval 1
  weight -2
}
vrrp_instance one {
  state MASTER
  interface eth0
  virtual_router_id 51
  priority 100
  advert_int 1
  authentication {
    auth_type PASS
    auth_pass secret
  }
  virtual_ipaddress {
    10.0.0.51/24 brd 10.0.0.255
    10.0.0.52/32 dev eth0 label eth0:x
    10.0.0.53 peer 10.0.0.54
  }
  virtual_ipaddress_excluded {
    10.0.0.55/24 noprefixroute
    fd00::55/64
    fd00::56
  }
  virtual_routes {
    10.9.0.0/16 via 10.0.0.2 dev eth0 metric 3
    unreachable 10.10.0.0/16
    10.11.0.0/16 src 10.0.0.51 dev eth0 table 44 scope link mtu 1400
    10.12.0.0/16 dev eth0 append
  }
  virtual_rules {
    from 10.9.0.0/16 table 33 priority 1000
    to 10.8.0.0/16 lookup main priority 3
    not from 10.7.0.0/16 fwmark 3 table 7 priority 6
    from 10.1.0.0/16 fwmark 3/7 oif eth0 blackhole priority 7
  }
  track_interface { lo weight 3 }
  track_script { chk }
  notify "/usr/bin/true any"
  notify_master /usr/bin/true
  smtp_alert
}
vrrp_instance back {
  interface eth0
  version 3
  virtual_router_id 61
  priority 50
  advert_int 0.1
  garp_master_refresh 30
  preempt_delay 7
  virtual_ipaddress { 10.0.0.61/24 }
}
vrrp_instance six {
  interface eth0
  version 3
  virtual_router_id 62
  priority 200
  advert_int 0.25
  nopreempt
  strict_mode off
  virtual_ipaddress {
    fe80::62
    fd00::62/64
  }
  use_vmac v6
}
`;

interface Dumps {
  readonly json: readonly { readonly data: Fields; readonly stats: Fields }[];
  readonly statistics: string;
  readonly data: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** `b` is MASTER of `back`; `a` of the others. */
async function dumpsOf(who: "keepalived" | "ha up"): Promise<Dumps> {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const rival = { ...FAST_ROUTERS.IPv4, vrid: 61, vip: "10.0.0.61/24", priority: 240 };
  await startRouter("keepalived", b, rival).becomes("MASTER");
  using dumping = new Dumping(who, a, CONF);
  while (!(await a.holds("10.0.0.51")) || !(await a.holds("fd00::62"))) {}
  const dumps = {
    json: JSON.parse(await dumping.dump(JSON_SIGNAL, "keepalived.json")),
    statistics: await dumping.dump("SIGUSR2", "keepalived.stats"),
    data: await dumping.dump("SIGUSR1", "keepalived.data"),
  };
  await dumping.program.stop();
  return dumps;
}

const typesOf = (fields: Fields): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, typeof value]));

/** Fields of keepalived after 2.2.7, which its exporters do not know or do not mind. */
const LATER = /^(auth_ext_|track_process$)/;
/** What is not the same twice, and the password, which later versions do not tell either. */
const ALWAYS_OTHER = new Set(["last_transition", "auth_data"]);

describe("dumps", { concurrency: 2, skip: labMissing("keepalived", "nft") }, () => {
  test("are those of keepalived", async () => {
    const [theirs, ours] = await Promise.all([dumpsOf("keepalived"), dumpsOf("ha up")]);
    assert.deepEqual(
      ours.json.map(({ data }) => data.iname),
      theirs.json.map(({ data }) => data.iname),
    );
    for (const [index, { data, stats }] of theirs.json.entries()) {
      const its = ours.json[index] ?? assert.fail();
      const known = (fields: Fields): Fields =>
        Object.fromEntries(Object.entries(fields).filter(([name]) => !LATER.test(name)));
      assert.deepEqual(typesOf(known(its.data)), typesOf(data));
      assert.deepEqual(typesOf(known(its.stats)), typesOf(stats));
      const lasting = (fields: Fields): Fields =>
        Object.fromEntries(
          Object.entries(known(fields)).filter(([name]) => !ALWAYS_OTHER.has(name)),
        );
      assert.deepEqual(lasting(its.data), lasting(data));
    }
    const shape = (text: string): string => text.replaceAll(/\d+$/gm, "N");
    assert.equal(shape(ours.statistics), shape(theirs.statistics));
    assert.deepEqual(parseData(ours.data), parseData(theirs.data));
    assert.deepEqual(parseScripts(ours.data), parseScripts(theirs.data));
    assert.equal(parseStatistics(ours.statistics).get("one")?.["Became master"], 1);
  });

  test("replace a link instead of following it, and count from zero after clearing", async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    using dumping = new Dumping("ha up", a, CONF);
    while (!(await a.holds("10.0.0.51"))) {}
    const [link, victim] = [dumping.path("keepalived.stats"), dumping.path("victim")];
    const became = async (signal: NodeJS.Signals | number): Promise<number | undefined> => {
      const text = await dumping.dump(signal, "keepalived.stats");
      return parseStatistics(text).get("one")?.["Became master"];
    };
    writeFileSync(victim, "");
    symlinkSync(victim, link);
    process.kill(dumping.program.pid, "SIGUSR2");
    while (lstatSync(link).isSymbolicLink()) await setTimeout(10);
    assert.equal(readFileSync(victim, "utf8"), "");
    assert.equal(lstatSync(link).mode & 0o777, 0o600);
    assert.equal(await became(CLEAR_SIGNAL), 1);
    assert.equal(await became("SIGUSR2"), 0);
    await dumping.program.stop();
  });
});
