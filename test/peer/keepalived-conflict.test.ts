/** A keepalived that is MASTER beside us, and one that we take over from: who has the address is told. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { addressOf, FAST_ROUTERS, startRouter } from "../support/router.ts";
import { VIPKIT } from "../support/vipkit.ts";

const skip = labMissing("keepalived", "nft");

const statusOf = async (host: Host) =>
  JSON.parse(await host.run(process.execPath, VIPKIT, "vrrp", "status", host.name, "-j"));

describe("beside keepalived", { concurrency: 2, skip }, () => {
  for (const [family, router] of Object.entries(FAST_ROUTERS)) {
    const table = family === "IPv4" ? "ip" : "ip6";
    const protocol = family === "IPv4" ? "ip protocol 112" : "ip6 nexthdr 112";

    test(`${family}: one whose firewall drops our adverts is told as second master, with both MACs`, async () => {
      await using lan = await Lan.open("a", "b");
      const { a, b } = lan.hosts;
      const ours = startRouter("vipkit", a, { ...router, priority: 200 });
      await ours.becomes("MASTER");
      await b.run("nft", `add table ${table} f`);
      await b.run("nft", `add chain ${table} f in { type filter hook input priority 0; }`);
      await b.run("nft", `add rule ${table} f in ${protocol} drop`);
      const deaf = startRouter("keepalived", b, { ...router, priority: 100 });
      await deaf.becomes("MASTER");
      const source = family === "IPv4" ? b.ipv4 : b.linkLocal;
      const rival = `kind=second-master source=${source} theirs=${b.mac} ours=${a.mac}`;
      await ours.program.lines.next(new RegExp(rival));
      const { state, conflicts } = await statusOf(a);
      assert.equal(state, "master");
      const [conflict] = conflicts;
      assert.deepEqual(
        [conflict.kind, conflict.source, conflict.mac, conflict.our_mac],
        ["second-master", source, b.mac, a.mac],
      );

      await b.run("nft", "delete", "table", table, "f");
      await deaf.becomes("BACKUP");
      await ours.program.lines.next(/conflict ended {2}kind=second-master/);
    });

    test(`${family}: after a takeover from one that was killed the gateway answers at our MAC`, async () => {
      await using lan = await Lan.open("a", "b", "gateway");
      const { a, b, gateway } = lan.hosts;
      const address = family === "IPv4" ? gateway.ipv4 : gateway.linkLocal;
      await a.run("ip", "route", "add", "default", "via", address, "dev", "eth0");
      const peer = startRouter("keepalived", b, { ...router, priority: 200 });
      await peer.becomes("MASTER");
      const backup = startRouter("vipkit", a, { ...router, priority: 100 });
      await backup.becomes("BACKUP");
      await peer.kill(); // keeps the address, and answers for it
      await backup.becomes("MASTER");
      await backup.program.lines.next(
        new RegExp(`gateway ${address} answers at our MAC after \\d sends?, `),
      );
      const neighbour = await gateway.run("ip", "neighbour", "show", addressOf(router));
      assert.match(neighbour, new RegExp(`lladdr ${a.mac}`));
      const { verify } = await statusOf(a);
      assert.deepEqual(
        verify.map((one: Record<string, unknown>) => [one.host, one.role, one.ok]),
        [[address, "gateway", true]],
      );
    });
  }
});
