/** The flight recorder where the disk does not play along. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Lan, labMissing } from "../support/netns.ts";
import { FAST_ROUTERS, startRouter } from "../support/router.ts";
import { commandLine, VIPKIT } from "../support/vipkit.ts";

const skip = labMissing();
const router = { ...FAST_ROUTERS.IPv4, priority: 100 };

test("a full disk is told, and the router takes over and serves on", { skip }, async (t) => {
  const directory = mkdtempSync(join(tmpdir(), "vipkit-record-"));
  t.after(() => rmSync(directory, { recursive: true }));
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  const onSmallDisk = ["sh", "-c", 'mount -t tmpfs -o size=4k none "$0" && exec "$@"', directory];
  const { lines } = a.spawn(
    ...onSmallDisk,
    ...[process.execPath, VIPKIT, "vrrp", "run", "--record", directory, ...commandLine(router)],
  );
  await lines.next(/-> MASTER/);
  await lines.next(/no recording: write .*: no space left on device \(ENOSPC\)/);
  assert.ok(await a.holds("10.0.0.100"));
});

test("a directory that is removed is told, and the router serves on", { skip }, async (t) => {
  const directory = mkdtempSync(join(tmpdir(), "vipkit-record-"));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  const made = join(directory, "x");
  const { program } = startRouter("vipkit", a, { ...router, more: ["--record", made] });
  await program.lines.next(/-> MASTER/);
  rmSync(made, { recursive: true });
  await program.lines.next(/no recording: write .*: no such file or directory \(ENOENT\)/);
  assert.ok(await a.holds("10.0.0.100"));
});

test("a directory that cannot be made is refused before anything begins", { skip }, async () => {
  await using lan = await Lan.open("a");
  const more = ["--record", "/proc/nowhere"];
  const { program } = startRouter("vipkit", lan.hosts.a, { ...router, more });
  await program.lines.next(/vipkit vrrp run: mkdir \/proc\/nowhere: .* \(ENOENT\)/);
  assert.equal((await program.ended).code, 2);
});
