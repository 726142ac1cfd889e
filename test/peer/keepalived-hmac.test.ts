/** vipkit with keys beside keepalived 2.2.7, which knows no trailer and rejects an advert that has one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Keepalived } from "../support/keepalived.ts";
import { KEY_LINES, KeyFile } from "../support/key-file.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { FAST_ROUTERS, startRouter } from "../support/router.ts";

const skip = labMissing("keepalived");

for (const [family, router] of Object.entries(FAST_ROUTERS)) {
  test(`${family}: a receive-only router and a keepalived without keys follow each other`, {
    skip,
  }, async () => {
    using keys = new KeyFile(KEY_LINES.old);
    const more = ["--key-file", keys.path, "--hmac-mode", "receive-only"];
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    const keepalived = new Keepalived(b, { ...router, priority: 100 });
    await keepalived.becomes("MASTER");
    const ours = startRouter("vipkit", a, { ...router, priority: 200, more });
    await ours.becomes("MASTER");
    await keepalived.becomes("BACKUP");
    await ours.stop();
    await keepalived.becomes("MASTER");
    assert.deepEqual(keepalived.complaints, []);
  });

  test(`${family}: a permissive router follows a stronger keepalived without keys`, {
    skip,
  }, async () => {
    using keys = new KeyFile(KEY_LINES.old);
    const more = ["--key-file", keys.path, "--hmac-mode", "permissive"];
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    const ours = startRouter("vipkit", a, { ...router, priority: 100, more });
    await ours.becomes("MASTER");
    const keepalived = new Keepalived(b, { ...router, priority: 200 });
    await keepalived.becomes("MASTER");
    await ours.becomes("BACKUP");
    await keepalived.stop();
    await ours.becomes("MASTER");
  });
}
