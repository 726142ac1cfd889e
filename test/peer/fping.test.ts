/** `vipkit check icmp` beside fping: the same verdicts on the same list, and the same exit status. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { VIPKIT } from "../support/vipkit.ts";

const skip = labMissing("fping", "nft");

async function outcome(host: Host, argv: readonly string[]) {
  const program = host.spawn(...argv);
  program.closeInput();
  const { code } = await program.ended;
  return { code, lines: program.lines.all };
}

/** Who is alive, as each says it. */
async function fping(host: Host, targets: readonly string[]) {
  const { code, lines } = await outcome(host, ["fping", "-r", "0", "-t", "500", ...targets]);
  return { code, alive: lines.flatMap((line) => /^(\S+) is alive/.exec(line)?.[1] ?? []).sort() };
}

async function vipkit(host: Host, targets: readonly string[]) {
  const command = [process.execPath, VIPKIT, "check", "icmp", "-j", "-t", "500ms", ...targets];
  const { code, lines } = await outcome(host, command);
  const records = lines.flatMap((line) =>
    line.includes('"type":"check"') ? [JSON.parse(line)] : [],
  );
  const alive = records.filter(({ verdict }) => verdict === "up").map(({ target }) => target);
  return { code, alive: alive.sort() };
}

test("the same hosts are alive, with the same exit status", { skip }, async () => {
  await using lan = await Lan.open("a", "b", "c");
  const { a, b, c } = lan.hosts;
  await c.run("sh", "-c", "echo 1 >/proc/sys/net/ipv4/icmp_echo_ignore_all");
  await b.run("ip", "address", "add", "10.0.0.50/24", "dev", "eth0");
  const range = Array.from({ length: 60 }, (_, n) => `10.0.0.${n + 1}`);
  for (const targets of [
    [a.ipv4, b.ipv4, a.ipv6, b.ipv6, c.ipv6, "127.0.0.1", "::1"], // all alive
    [b.ipv4, c.ipv4], // one silent
    range, // most of them nobody's
    ["10.0.0.98", "10.0.0.99", "fd00::99"], // none
  ]) {
    const [theirs, ours] = [await fping(a, targets), await vipkit(a, targets)];
    assert.deepEqual(ours, theirs, targets.join(" "));
  }
});
