/**
 * Two files, given as they are to two of Debian's keepalived and to `ha simulate`: the same node is MASTER
 * before a check fails on a, while it does, and when it succeeds again.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { runBundle } from "../support/cli.ts";
import { Lan, labMissing } from "../support/netns.ts";

interface Plan {
  readonly priorities: readonly [a: number, b: number];
  readonly weight: number;
  readonly more?: string; // in the instances of both
  readonly unicast?: true;
}

const PLANS: Readonly<Record<string, Plan>> = {
  "a weight that never matters": { priorities: [150, 100], weight: -30 },
  "a weight that decides, of MASTER and BACKUP": { priorities: [150, 100], weight: -60 },
  "no weight, by unicast": { priorities: [150, 100], weight: 0, unicast: true },
  "a weight between equals, of which the higher address wins": {
    priorities: [100, 100],
    weight: 10,
  },
  "nobody takes back": { priorities: [150, 100], weight: 0, more: "nopreempt" },
};

describe("files of keepalived, and ha simulate", {
  concurrency: 3,
  skip: labMissing("keepalived", "tcpdump"),
}, () => {
  for (const [name, plan] of Object.entries(PLANS)) {
    test(name, async (t) => {
      const folder = mkdtempSync(join(tmpdir(), "vipkit-simulate-files-"));
      t.after(() => rmSync(folder, { recursive: true }));
      const file = (suffix: string): string => join(folder, suffix);
      await using lan = await Lan.open("a", "b");
      const { a, b } = lan.hosts;
      for (const [index, host] of [a, b].entries()) {
        writeFileSync(file(`${host.name}.conf`), configuration(plan, index, [a, b], file("bad")));
      }
      const witness = b.spawn("tcpdump", "-lnni", "eth0", "ip", "proto", "112");
      await witness.lines.next(/listening on/);

      /** Who sends adverts when anybody who wants to has taken over. */
      const master = async (): Promise<string> => {
        witness.lines.skipToNow();
        let sender = "";
        for (let seen = 0; seen < 30; seen += 1) {
          [, sender = ""] = await witness.lines.next(/IP (\S+) > .* prio [1-9]/);
        }
        return sender === a.ipv4 ? "a" : sender === b.ipv4 ? "b" : sender;
      };
      const start = (host: typeof a) => {
        const pids = ["--pid", file(`${host.name}.pid`), "--vrrp_pid", file(`${host.name}.vrrp`)];
        const conf = ["--use-file", file(`${host.name}.conf`)];
        return host.spawn("keepalived", "-n", "-l", "-G", "-D", "-P", ...conf, ...pids);
      };
      // The one that the simulation says wins is first: what a nopreempt does must not depend on chance.
      const first = start(a);
      await first.lines.next(/Entering MASTER STATE/);
      const second = start(b);
      await second.lines.next(/Entering BACKUP STATE/);

      const masters = [await master()];
      writeFileSync(file("bad"), "");
      masters.push(await master());
      rmSync(file("bad"));
      masters.push(await master());
      assert.deepEqual(masters, foretold(file("a.conf"), file("b.conf")));
    });
  }
});

function foretold(...files: readonly string[]): string[] {
  const events = ["0s stop b", "10s start b", "30s fail chk@a", "50s recover chk@a"];
  const words = events.flatMap((event) => ["--at", event]);
  const ran = runBundle(["ha", "simulate", ...files, ...words, "-j"]);
  assert.equal(ran.stderr, "");
  const { verdicts } = JSON.parse(ran.stdout);
  return verdicts
    .slice(1)
    .map((verdict: { findings: { to: string[] }[] }) =>
      verdict.findings.map(({ to }) => to.join(" and ")).join(", "),
    );
}

function configuration(
  { priorities, weight, more = "", unicast }: Plan,
  index: number,
  hosts: readonly { readonly ipv4: string }[],
  bad: string,
): string {
  const [own, other] = index === 0 ? hosts : [...hosts].reverse();
  const script = index === 0 ? `/usr/bin/test ! -e ${bad}` : "/usr/bin/true";
  const isMaster = index === 0 && more !== "nopreempt";
  const peers = `unicast_src_ip ${own?.ipv4}\n  unicast_peer {\n    ${other?.ipv4}\n  }`;
  return `
global_defs {
  script_user root
  vrrp_version 3
}
vrrp_script chk {
  script "${script}"
  interval 1
  weight ${weight}
}
vrrp_instance VI_1 {
  state ${isMaster ? "MASTER" : "BACKUP"}
  interface eth0
  virtual_router_id 51
  priority ${priorities[index]}
  advert_int 0.2
  ${more}
  ${unicast ? peers : ""}
  virtual_ipaddress {
    10.0.0.100/24
  }
  track_script {
    chk
  }
}
`;
}
