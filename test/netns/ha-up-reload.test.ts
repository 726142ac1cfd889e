/** A reload of `ha up` changes what is another thing in the file, and disturbs nothing else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HaUp } from "../support/ha-up.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { Witness } from "../support/witness.ts";

const skip = labMissing("tcpdump");

interface Instance {
  readonly vrid: number;
  readonly vips: readonly string[];
  readonly more?: string;
}

const ONE: Instance = { vrid: 51, vips: ["10.0.0.100/24"] };
const TWO: Instance = { vrid: 52, vips: ["10.0.0.110/24"] };

const confOf = (priority: number, ...instances: readonly Instance[]): string =>
  instances
    .map(
      ({ vrid, vips, more = "version 3\nadvert_int 0.2" }) => `vrrp_instance VI_${vrid} {
  interface eth0
  virtual_router_id ${vrid}
  priority ${priority}
  ${more}
  virtual_ipaddress {
    ${vips.join("\n    ")}
  }
}
`,
    )
    .join("");

async function pair({ a, b }: Record<"a" | "b", Host>, ...instances: readonly Instance[]) {
  const master = new HaUp(a, confOf(200, ...instances));
  await master.becomes("MASTER");
  const backup = new HaUp(b, confOf(100, ...instances));
  await backup.becomes("BACKUP");
  return { master, backup };
}

const takeovers = ({ program }: HaUp): string[] =>
  program.lines.all.filter((line) => line.includes("-> MASTER"));

/** Milliseconds between adverts of one virtual router, as the kernel saw them. */
const gapsMs = (witness: Witness, host: Host, vrid: number): number[] => {
  const adverts = witness.frames.filter(
    ({ sourceMac, text }) => sourceMac === host.mac && text.includes(`vrid ${vrid},`),
  );
  return adverts.slice(1).map(({ atMs }, index) => atMs - (adverts[index]?.atMs ?? 0));
};

test("a reload changes what the file changes, and a router that goes on never pauses", {
  skip,
}, async () => {
  await using lan = await Lan.open("a", "b", "client");
  const { a, b, client } = lan.hosts;
  const { master, backup } = await pair({ a, b }, ONE);
  const witness = await Witness.open(client, "vrrp or arp");
  await witness.nextAdvert(a, 200);

  assert.equal(await master.reload(confOf(200, ONE)), "reloaded");
  assert.equal(await backup.reload(confOf(100, ONE)), "reloaded");
  await witness.nextAdvert(a, 200);
  await witness.nextAdvert(a, 200);
  const gaps = gapsMs(witness, a, 51);
  assert.ok(gaps.every(isBetween(INTERVAL_MS / 2, 2 * INTERVAL_MS)), `nothing more: ${gaps}`);
  const told = witness.frames.filter(({ text }) => /ARP.*10\.0\.0\.100/.test(text));
  assert.deepEqual(told, [], "and nothing is announced");

  const bad = confOf(200, ONE).replace("virtual_router_id 51", "virtual_router_id 300");
  assert.match(await master.reload(bad), /^not reloaded/);
  assert.ok(master.program.lines.all.some((line) => /keepalived\.conf:3:.*300/.test(line)));
  await witness.nextAdvert(a, 200);

  await master.reload(confOf(200, { ...ONE, vips: ["10.0.0.101/24", "10.0.0.100/24"] }));
  await witness.nextAnnouncement(a, "10.0.0.101");
  await witness.next(/vrid 51,.*length 16$/); // two addresses
  assert.ok((await a.holds("10.0.0.100")) && (await a.holds("10.0.0.101")));
  await master.reload(confOf(200, { ...ONE, vips: ["10.0.0.101/24"] }));
  await witness.next(/vrid 51,.*length 12$/);
  assert.equal(await a.holds("10.0.0.100"), false);
  assert.equal(await a.holds("10.0.0.101"), true);

  await backup.reload(confOf(100, ONE, TWO));
  await backup.becomes("MASTER");
  await master.reload(confOf(200, ONE, TWO));
  assert.match(await master.becomes("MASTER"), / VI_52: /);
  await backup.becomes("BACKUP");
  await master.reload(confOf(150, ONE));
  assert.match(await backup.becomes("MASTER"), / VI_52: .*cause=peer-resigned/);
  assert.ok(master.program.lines.all.some((line) => / VI_52: .*-> INIT/i.test(line)));
  assert.equal(await a.holds("10.0.0.110"), false, "handed over");
  assert.equal(await a.holds("10.0.0.100"), true);
  await witness.nextAdvert(a, 150);

  const all = [...takeovers(master), ...takeovers(backup)];
  assert.equal(all.filter((line) => line.includes(" VI_51: ")).length, 1, "at its start");
  assert.ok(gapsMs(witness, a, 51).every(isBetween(0, 3 * INTERVAL_MS)));
  await master.stop();
  assert.equal(await a.holds("10.0.0.100"), false);
});

test("another password is another password from one advert to the next", { skip }, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const withPassword = (word: string): Instance => ({
    ...ONE,
    more: `advert_int 1\n  authentication {\n auth_type PASS\n auth_pass ${word}\n }`,
  });
  const master = new HaUp(a, confOf(200, withPassword("former")), ["--watch-config"]);
  await master.becomes("MASTER");
  const backup = new HaUp(b, confOf(100, withPassword("former")));
  await backup.becomes("BACKUP");
  master.write(confOf(200, withPassword("latter")));
  assert.equal(await master.reloaded(), "reloaded", "by itself");
  await backup.program.lines.next(/advert rejected/);
  await backup.reload(confOf(100, withPassword("latter")));
  const witness = await Witness.open(b, "vrrp");
  for (const _ of "four adverts, more than it waits for".split(" ", 4)) {
    await witness.nextAdvert(a, 200);
  }
  assert.equal(backup.complaints.length, 1);
  assert.equal(takeovers(master).length, 1);
  assert.deepEqual(takeovers(backup), []);
});

const INTERVAL_MS = 200;
const isBetween = (least: number, most: number) => (value: number) => value > least && value < most;
