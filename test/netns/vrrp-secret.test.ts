/** What everybody on the host reads about a running router: the command line that the kernel shows. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Lan, labMissing } from "../support/netns.ts";
import { startRouter, WIRE_FORMATS } from "../support/router.ts";

const skip = labMissing();
const ROUTER = { ...WIRE_FORMATS["version 2"], priority: 100 };

for (const words of [["--auth-pass", "s3cr3tX"], ["--auth-pass=s3cr3tX"]]) {
  test(`the kernel shows no password of ${words.join(" ")}, and all the rest`, {
    skip,
  }, async () => {
    await using lan = await Lan.open("a", "b");
    const { a } = lan.hosts;
    const router = startRouter("vipkit", a, { ...ROUTER, more: words });
    await router.becomes("BACKUP");
    const shown = readFileSync(`/proc/${router.program.pid}/cmdline`, "utf8");
    assert.doesNotMatch(shown, /s3cr3tX/);
    assert.match(shown, /^vipkit vrrp run .*-I eth0 .*--auth-pass[ =]\*\*\* --name \w+\0/);
  });
}
