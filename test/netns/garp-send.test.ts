/** What `vipkit garp send` puts on the wire, and what Linux neighbours make of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { VIPKIT } from "../support/vipkit.ts";
import { Witness } from "../support/witness.ts";

const skip = labMissing("tcpdump");

const garpSend = (words: string): string[] => [
  process.execPath,
  VIPKIT,
  ...`garp send -I eth0 -c 1 ${words}`.split(" "),
];

interface Form {
  readonly words: string;
  readonly sees: readonly RegExp[]; // by a third host, in this order
}

const A = "02:00:00:00:00:01";
const EVERYBODY = "ff:ff:ff:ff:ff:ff";
const REQUEST = /ARP.*: Request who-has 10\.0\.0\.100 tell 10\.0\.0\.100,/;
const REPLY = (mac: string) => new RegExp(`ARP.*: Reply 10\\.0\\.0\\.100 is-at ${mac}`);
const FORMS: Readonly<Record<string, Form>> = {
  "the request form": {
    words: "10.0.0.100",
    sees: [new RegExp(`${A} > ${EVERYBODY}.*${REQUEST.source}`)],
  },
  "the reply form": {
    words: "10.0.0.100 --form reply",
    sees: [new RegExp(`${A} > ${EVERYBODY}.*${REPLY(A).source}`)],
  },
  "both forms": { words: "10.0.0.100 --form both", sees: [REQUEST, REPLY(A)] },
  "another MAC address": {
    words: "10.0.0.100 --form reply --src-mac 02:00:00:00:00:aa",
    sees: [new RegExp(`02:00:00:00:00:aa > ${EVERYBODY}.*${REPLY("02:00:00:00:00:aa").source}`)],
  },
  "one receiver": {
    words: "10.0.0.100 --form reply --to 02:00:00:00:00:77",
    sees: [new RegExp(`${A} > 02:00:00:00:00:77.*${REPLY(A).source}`)],
  },
  "RARP behind it": {
    words: "10.0.0.100 --rarp",
    sees: [REQUEST, new RegExp(`${A} > ${EVERYBODY}.*Reverse Request who-is ${A} tell ${A}`)],
  },
  "a neighbour advertisement": {
    words: "fd00::100",
    sees: [
      new RegExp(
        `${A} > 33:33:00:00:00:01.* fd00::100 > ff02::1: ICMP6, neighbor advertisement, tgt is fd00::100`,
      ),
    ],
  },
};

test("a third host sees each form as it was asked for", { skip }, async (t) => {
  await using lan = await Lan.open("a", "client");
  const { a, client } = lan.hosts;
  const witness = await Witness.open(client, "arp or rarp or icmp6");
  for (const [name, { words, sees }] of Object.entries(FORMS)) {
    await t.test(name, async () => {
      await a.run(...garpSend(words));
      for (const pattern of sees) await witness.next(pattern);
    });
  }
  assert.equal(await a.holds("10.0.0.100"), false, "an announcement adds no address");
});

for (const [form, words] of Object.entries({
  "the request form": "10.0.0.100",
  "the reply form": "10.0.0.100 --form reply",
  "a neighbour advertisement": "fd00::100",
})) {
  test(`${form} corrects the entry that a Linux neighbour has`, { skip }, async () => {
    await using lan = await Lan.open("a", "client");
    const { a, client } = lan.hosts;
    const address = words.replace(/ .*/, "");
    const entry = [address, "dev", "eth0"];
    await client.run("ip", "neigh", "add", ...entry, "lladdr", OLD_MAC, "nud", "reachable");
    await a.run(...garpSend(words));
    assert.match(await client.run("ip", "neigh", "show", ...entry), new RegExp(`lladdr ${a.mac}`));
  });
}

test("RARP leaves the caches of hosts alone", { skip }, async () => {
  await using lan = await Lan.open("a", "client");
  const { a, client } = lan.hosts;
  const entry = ["10.0.0.1", "dev", "eth0"];
  await client.run("ip", "neigh", "add", ...entry, "lladdr", OLD_MAC, "nud", "stale");
  await a.run(...garpSend("10.0.0.100 --rarp"));
  assert.match(await client.run("ip", "neigh", "show", ...entry), new RegExp(`lladdr ${OLD_MAC}`));
});

test("a host that forwards IPv6 is announced as a router", { skip }, async () => {
  await using lan = await Lan.open("a", "client");
  const { a, client } = lan.hosts;
  const tcpdump = client.spawn("tcpdump", "-i", "eth0", "-Z", "root", "-l", "-n", "-v", "icmp6");
  await tcpdump.lines.next(/listening on/);
  await a.run(...garpSend("fd00::100"));
  await tcpdump.lines.next(/neighbor advertisement.*tgt is fd00::100, Flags \[override\]/);
  await a.run("sh", "-c", "echo 1 >/proc/sys/net/ipv6/conf/eth0/forwarding");
  await a.run(...garpSend("fd00::100"));
  await tcpdump.lines.next(/tgt is fd00::100, Flags \[router, override\]/);
});

test("a cable that is pulled, a link that is set down: one line, exit 2", { skip }, async () => {
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  await lan.cut(a);
  await refuses(a, garpSend("10.0.0.100"), /eth0: the link is down/);
  await a.run("ip", "link", "set", "eth0", "down");
  await refuses(a, garpSend("10.0.0.100"), /eth0: the interface is switched off/);
});

test("without the capability for raw frames it says which is missing, exit 2", {
  skip,
}, async () => {
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  const powerless = ["setpriv", "--bounding-set", "-all", ...garpSend("10.0.0.100")];
  await refuses(a, powerless, /needs CAP_NET_RAW/);
});

async function refuses(host: Host, argv: string[], reason: RegExp): Promise<void> {
  const program = host.spawn(...argv);
  const { code } = await program.ended;
  assert.equal(code, 2);
  assert.equal(program.lines.all.length, 1);
  assert.match(program.lines.all[0] ?? "", reason);
}

const OLD_MAC = "02:00:00:00:00:99";
