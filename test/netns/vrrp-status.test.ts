/** A running router is asked, well and badly, over its control socket. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import { addressOf, FAST_ROUTERS, startPair, startRouter } from "../support/router.ts";
import { VIPKIT } from "../support/vipkit.ts";
import { Witness } from "../support/witness.ts";

const skip = labMissing("tcpdump");
const router = FAST_ROUTERS.IPv4;

async function ask(host: Host, ...words: string[]) {
  const program = host.spawn(process.execPath, VIPKIT, "vrrp", ...words);
  const { code } = await program.ended;
  return { code, output: program.lines.all.join("\n") };
}

test("the exit status says master, not master, or that it cannot tell", { skip }, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const { master, backup } = await startPair([a, b], router);
  const watch = a.spawn(process.execPath, VIPKIT, "vrrp", "watch", "a");
  await watch.lines.next(/"type":"status"/);

  const { code, output } = await ask(a, "status", "a", "-j");
  const record = JSON.parse(output);
  assert.deepEqual([code, record.state, record.instance], [0, "master", "a"]);
  const place = { interface: "eth0", advertised: true };
  assert.deepEqual(record.vips, [{ address: router.vip, ...place, present: true }]);
  assert.equal((await ask(a, "status", "b")).code, 1);
  assert.equal((await ask(a, "status")).code, 1);
  assert.equal((await a.run("stat", "-c", "%a", "/run/vipkit/a.sock")).trim(), "600");

  await lan.cut(a);
  await master.becomes("FAULT");
  assert.equal((await ask(a, "status", "a")).code, 1);
  assert.match((await ask(a, "history", "a", "-n", "1")).output, /MASTER -> FAULT {2}cause=fault/);

  await backup.kill();
  assert.equal((await ask(a, "status", "b")).code, 2);
  await master.stop();
  await watch.lines.next(/"to":"fault"/);
  await watch.lines.next(/"to":"init"/);
  assert.equal((await watch.ended).code, 1);
  assert.equal(await a.run("ls", "/run/vipkit"), "b.sock");
});

for (const peer of ["vipkit", "keepalived"] as const) {
  test(`a planned switch to ${peer} leaves no gap, and stays`, {
    skip: skip || labMissing(peer === "keepalived" ? peer : "ip"),
  }, async () => {
    await using lan = await Lan.open("a", "b", "client");
    const { a, b, client } = lan.hosts;
    const master = startRouter("vipkit", a, { ...router, priority: 200 });
    await master.becomes("MASTER");
    assert.equal((await ask(a, "failover", "a")).code, 1, "nobody is there");
    const backup = startRouter(peer, b, { ...router, priority: 100 });
    await backup.becomes("BACKUP");
    const witness = await Witness.open(client, "vrrp");
    const probe = await Probe.open(client, addressOf(router));
    const { code, output } = await ask(a, "failover", "a");
    assert.equal(code, 0, output);
    assert.match(output, /^handed over to 10\.0\.0\.2 in /);
    for (let i = 0; i < 10; i++) await witness.nextAdvert(b, 100);
    await probe.asks(20);
    await probe.close();
    const { asked, answered } = probe.account();
    assert.ok(asked - answered <= 1, `${asked - answered} of ${asked} questions without an answer`);
    assert.equal((await ask(a, "status", "a")).code, 1);
  });
}

test("a process that is stopped is not waited for", { skip }, async () => {
  await using lan = await Lan.open("a");
  const master = startRouter("vipkit", lan.hosts.a, { ...router, priority: 200 });
  await master.becomes("MASTER");
  const [pid] = JSON.parse((await ask(lan.hosts.a, "status", "-j")).output).instances.map(
    (one: { pid: number }) => one.pid,
  );
  process.kill(pid, "SIGSTOP");
  try {
    assert.equal((await ask(lan.hosts.a, "status", "a")).code, 2);
  } finally {
    process.kill(pid, "SIGCONT");
  }
  await master.stop();
});

test("a thousand bad clients do not keep the adverts back", { skip }, async () => {
  await using lan = await Lan.open("a", "b", "client");
  const { a, b, client } = lan.hosts;
  const { backup } = await startPair([a, b], router);
  const witness = await Witness.open(client, "vrrp");
  const attack = a.spawn(process.execPath, "-e", BAD_CLIENTS);
  await attack.lines.next(/^cut off 900$/);
  for (let i = 0; i < 20; i++) await witness.nextAdvert(a, 200);
  assert.equal((await ask(b, "status", "b")).code, 1);
  assert.deepEqual(
    backup.program.lines.all.filter((line) => line.includes("-> MASTER")),
    [],
    "the backup missed nothing",
  );
  await attack.destroy();
  assert.equal((await ask(a, "status", "a")).code, 0);
});

/** Says nothing, half a line, junk, or far too much; and keeps the connection as long as it can. */
const BAD_CLIENTS = `
const { connect } = require("node:net");
const words = ["", '{"request":', "junk\\n", "x".repeat(1e6), '{"request":"status"}\\n'];
let cut = 0;
for (let i = 0; i < 1000; i++) {
  const socket = connect("/run/vipkit/a.sock");
  socket.on("error", () => {});
  socket.once("close", () => { if (++cut === 900) console.log("cut off 900"); });
  socket.once("connect", () => socket.write(words[i % words.length]));
  socket.resume();
}
`;
