/** `vrrp sniff` tells of two masters as soon as the second one has spoken, and of the end of it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Lan, labMissing } from "../support/netns.ts";
import { FAST_ROUTERS, startRouter, WIRE_FORMATS } from "../support/router.ts";
import { msBetween, Sniffer } from "../support/sniffer.ts";

describe("a split brain", { concurrency: 2, skip: labMissing("keepalived", "nft") }, () => {
  for (const [family, router] of Object.entries(FAST_ROUTERS)) {
    const table = family === "IPv4" ? "ip" : "ip6";
    const protocol = family === "IPv4" ? "ip protocol 112" : "ip6 nexthdr 112";
    for (const [master, deaf] of [
      ["keepalived", "vipkit"],
      ["vipkit", "keepalived"],
    ] as const) {
      test(`${family}: ${deaf} that does not hear ${master} is a second master at its first advert, until it hears`, async () => {
        await using lan = await Lan.open("a", "b", "c");
        const { a, b, c } = lan.hosts;
        const packets = await Sniffer.open(c);
        const changes = await Sniffer.open(c, "--follow", "--expect-single-master");
        const one = startRouter(master, a, { ...router, priority: 200 });
        await one.becomes("MASTER");
        await b.run("nft", `add table ${table} f`);
        await b.run("nft", `add chain ${table} f in { type filter hook input priority 0; }`);
        await b.run("nft", `add rule ${table} f in ${protocol} drop`);
        const other = startRouter(deaf, b, { ...router, priority: 100 });
        const second = await changes.next('"change":"second-master"');
        const first = await packets.next(`"source":"${second.source}"`, '"priority":100');
        assert.equal(msBetween(first, second), 0);
        assert.deepEqual([first.verdict, first.reasons[0]?.code], ["warn", "second-master"]);

        await other.becomes("MASTER");
        await b.run("nft", "delete", "table", table, "f");
        await other.becomes("BACKUP");
        const healed = await changes.next('"change":"single-master"');
        assert.deepEqual([healed.former, healed.source], [second.source, second.beside]);
        const { code, violations, summary } = await changes.end();
        assert.deepEqual([code, summary.splits, summary.masters], [1, 1, 1]);
        assert.match(
          violations[0]?.evidence ?? "",
          new RegExp(`${second.source} was master beside`),
        );
        assert.equal((await packets.end()).code, 1);
      });
    }
  }

  test("two with different passwords are two masters within one interval of the second's first advert", async () => {
    await using lan = await Lan.open("a", "b", "c");
    const { a, b, c } = lan.hosts;
    const router = WIRE_FORMATS["version 2 with PASS"];
    const sniffer = await Sniffer.open(c);
    // Not keepalived: adverts that it does not believe silence it as MASTER.
    startRouter("vipkit", a, { ...router, priority: 150 });
    startRouter("vipkit", b, { ...router, password: "0ther", priority: 100 });
    const alarm = await sniffer.next('"code":"second-master"');
    const firsts = [a, b].map(({ ipv4 }) =>
      sniffer.records("advert").find(({ source }) => source === ipv4),
    );
    const latestMs = Math.min(...firsts.map((first) => msBetween(first ?? assert.fail(), alarm)));
    assert.ok(latestMs <= router.intervalMs + 100, `${latestMs} ms`);
    assert.ok(alarm.reasons.some(({ code }) => code === "auth-differs"));
    assert.equal((await sniffer.end()).code, 1);
  });
});
