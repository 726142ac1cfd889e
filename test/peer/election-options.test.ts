/** Options of the election beside keepalived, as a third host sees them on the wire. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import type { Program } from "../support/program.ts";
import { FAST_ROUTERS, type RouterOptions, startRouter, WIRE_FORMATS } from "../support/router.ts";
import { commandLine, VIPKIT } from "../support/vipkit.ts";
import { Witness } from "../support/witness.ts";

const skip = labMissing("keepalived");
const run = (host: Host, options: RouterOptions, ...more: string[]): Program =>
  host.spawn(process.execPath, VIPKIT, "vrrp", "run", ...commandLine(options), ...more);

for (const [option, lastWords] of [
  ["--higher-prio-send-advert", 1],
  [undefined, 0],
] as const) {
  test(`when keepalived outranks it, vipkit sends ${lastWords} more advert with ${option ?? "no option"}`, {
    skip,
  }, async () => {
    await using lan = await Lan.open("a", "b", "client");
    const { a, b, client } = lan.hosts;
    const more = option === undefined ? [] : [option];
    const lower = run(a, { ...FAST_ROUTERS.IPv4, priority: 100 }, ...more);
    await lower.lines.next(/-> MASTER/);
    const witness = await Witness.open(client, "proto 112");
    const higher = startRouter("keepalived", b, { ...FAST_ROUTERS.IPv4, priority: 200 });
    await higher.becomes("MASTER");
    await lower.lines.next(/-> BACKUP .*higher-priority/);
    for (let i = 0; i < 5; i++) await witness.nextAdvert(b, 200);
    const senders = witness.frames.map(({ sourceMac }) => sourceMac);
    const after = senders.slice(senders.indexOf(b.mac)).filter((mac) => mac === a.mac);
    assert.equal(after.length, lastWords);
  });
}

test("that keepalived has another interval in version 2 is told with both values, without -v", {
  skip,
}, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const router = WIRE_FORMATS["version 2"];
  const keepalived = startRouter("keepalived", a, { ...router, intervalMs: 2000, priority: 200 });
  await keepalived.becomes("MASTER");
  const ours = run(b, { ...router, priority: 100 });
  const { input } = await ours.lines.next(/reason=wrong-interval/);
  assert.match(input, new RegExp(`source=${a.ipv4} heard=2s ours=1s$`));
});
