/** Adverts that fail validation change nothing, however many there are. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Lan, labMissing } from "../support/netns.ts";
import { addressOf, FAST_ROUTERS, startPair } from "../support/router.ts";
import { Witness } from "../support/witness.ts";

const router = FAST_ROUTERS.IPv4;
const STORM = fileURLToPath(new URL("../support/advert-storm.js", import.meta.url));

test("20 flawed adverts a second for our VRID move neither master nor backup", {
  skip: labMissing("tcpdump"),
}, async () => {
  await using lan = await Lan.open("a", "b", "client");
  const { a, b, client } = lan.hosts;
  const { master, backup } = await startPair([a, b], router);
  const said = [master, backup].map(({ program }) => program.lines.all.length);
  const witness = await Witness.open(client, "vrrp");
  const storm = client.spawn(
    process.execPath,
    STORM,
    client.ipv4,
    `${router.vrid}`,
    addressOf(router),
  );
  for (let i = 0; i < 60; i++) await storm.lines.next(/^bad /);

  const after = [master, backup].flatMap(({ program }, i) => program.lines.all.slice(said[i]));
  assert.deepEqual(
    after.filter((line) => line.includes("->")),
    [],
  );
  const senders = new Set(
    witness.frames.map(({ sourceMac }) => sourceMac).filter((mac) => mac !== client.mac),
  );
  assert.deepEqual([...senders], [a.mac]);
});
