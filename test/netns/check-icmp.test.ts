/** `vipkit check icmp` on the real kernel: who answers, who says no and who cannot be asked. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { assertPartly } from "../support/partly.ts";
import { VIPKIT } from "../support/vipkit.ts";

const skip = labMissing("nft");

/** As root, or as who has no capability, or this one alone, and no group but 65534. */
type User = "root" | "nobody" | "net_raw";

async function check(host: Host, argv: readonly string[], user: User = "root") {
  const command = [process.execPath, VIPKIT, "check", "icmp", ...argv];
  const program = host.spawn(...BECOME[user], ...command);
  program.closeInput();
  const { code } = await program.ended;
  const lines = program.lines.all;
  const records = lines.flatMap((line) =>
    line.startsWith('{"type":"check"') ? [JSON.parse(line)] : [],
  );
  return { code, text: lines.join("\n"), records };
}

const NOBODY = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"];
const BECOME: Readonly<Record<User, readonly string[]>> = {
  root: [],
  nobody: [...NOBODY, "--inh-caps=-all", "--bounding-set=-all"],
  net_raw: [...NOBODY, "--inh-caps=-all,+net_raw", "--ambient-caps=-all,+net_raw"],
};

const openRange = async (host: Host, range: string): Promise<void> => {
  await host.run("sh", "-c", `echo "${range}" >/proc/sys/net/ipv4/ping_group_range`);
};

test("a host that answers is up over both families, by both kinds of sockets", {
  skip,
}, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  for (const [range, method] of [
    ["0 65535", "dgram"],
    ["1 0", "raw"],
  ] as const) {
    await openRange(a, range);
    const { code, records } = await check(a, ["-j", "--sort", b.ipv4, b.ipv6]);
    assert.equal(code, 0);
    for (const record of records)
      assertPartly(record, {
        verdict: "up",
        class: "L4OK",
        facts: { method, ttl: 64, duplicates: 0 },
      });
    assert.equal(records.length, 2);
  }
});

const needsRoot = skip || (process.getuid?.() !== 0 && "needs root: it becomes another user");

test("who is not root has the ICMP socket that ping_group_range allows, else a raw one", {
  skip: needsRoot,
}, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  for (const [range, user, method] of [
    ["0 65535", "nobody", "dgram"],
    ["65534 65534", "nobody", "dgram"],
    ["0 65535", "net_raw", "dgram"],
    ["0 65533", "net_raw", "raw"],
    ["1 0", "net_raw", "raw"],
  ] as const) {
    await openRange(a, range);
    const { code, text, records } = await check(a, ["-j", b.ipv4, b.ipv6], user);
    assert.equal(code, 0, `${range} ${user}: ${text}`);
    for (const record of records) assertPartly(record, { verdict: "up", facts: { method } });
    assert.equal(records.length, 2);
  }
});

test("who may have neither socket is told both remedies, and no target is down", {
  skip: needsRoot,
}, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const remedies = /net\.ipv4\.ping_group_range=.*CAP_NET_RAW.*setcap cap_net_raw\+ep/;
  for (const range of ["1 0", "0 65533"]) {
    await openRange(a, range);
    for (const [words, status] of [
      [[b.ipv4], 2],
      [[b.ipv6], 2],
      [[b.ipv4, b.ipv6, "-j"], 2],
      [["localhost", "-4"], 2], // a name: asked for when it is looked up
      [[b.ipv4, "--nagios"], 3],
    ] as const) {
      const { code, text } = await check(a, words, "nobody");
      assert.equal(code, status, `${words.join(" ")}: ${text}`);
      assert.match(text, remedies);
      assert.doesNotMatch(text, /DOWN|"down"|CRITICAL/);
      assert.equal(text.split("\n").length, 1);
    }
  }
});

test("an address that nobody has is unreachable, and this host says so", { skip }, async () => {
  await using lan = await Lan.open("a", "b");
  const { a } = lan.hosts;
  for (const range of ["0 65535", "1 0"]) {
    await openRange(a, range);
    const { code, records } = await check(a, [
      "-j",
      "-t",
      "20s",
      "--sort",
      "10.0.0.99",
      "fd00::99",
    ]);
    assert.equal(code, 1);
    const wanted = [
      { detail: `host unreachable, says ${a.ipv4}`, facts: { icmp_type: 3, icmp_code: 1 } },
      { detail: `host unreachable, says ${a.ipv6}`, facts: { icmp_type: 1, icmp_code: 3 } },
    ];
    assertPartly(
      records,
      wanted.map((it) => ({ verdict: "down", class: "L4CON", ...it })),
    );
  }
});

test("where no route of ours leads nothing is known", { skip }, async () => {
  await using lan = await Lan.open("a");
  const { code, records } = await check(lan.hosts.a, ["-j", "192.0.2.1", "2001:db8::1"]);
  assert.equal(code, 2);
  for (const record of records) assertPartly(record, { verdict: "unknown", class: "SOCKERR" });
  assert.equal(records.length, 2);
});

test("a route of ours that says unreachable is no answer of the host", { skip }, async () => {
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  await a.run("ip", "route", "add", "unreachable", "192.0.2.0/24");
  const { code, text } = await check(a, ["192.0.2.1"]);
  assert.equal(code, 2);
  assert.match(text, /a route of this host makes it unreachable/);
});

/** `b` is the router from `a` to 192.0.2.0/24 and 2001:db8::/64, which it has itself but for what it sends on. */
async function behindRouter(a: Host, b: Host): Promise<void> {
  await b.run("sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward");
  await b.run("sh", "-c", "echo 1 >/proc/sys/net/ipv6/conf/all/forwarding");
  await b.run("ip", "link", "add", "far0", "type", "veth", "peer", "name", "far1");
  await b.run("ip", "link", "set", "far1", "up");
  await b.run("ip", "link", "set", "far0", "mtu", "1400", "up");
  await b.run("ip", "route", "add", "192.0.2.0/24", "dev", "far0");
  await b.run("ip", "route", "add", "2001:db8::/64", "dev", "far0");
  await a.run("ip", "route", "add", "192.0.2.0/24", "via", b.ipv4);
  await a.run("ip", "route", "add", "2001:db8::/64", "via", b.ipv6);
}

test("a router that lets no more hops pass is named, at once", { skip }, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  await behindRouter(a, b);
  for (const range of ["0 65535", "1 0"]) {
    await openRange(a, range);
    const options = ["-j", "--sort", "--ttl", "1", "-t", "60s"];
    const { code, records } = await check(a, [...options, "192.0.2.1", "2001:db8::1"]);
    assert.equal(code, 1);
    assertPartly(records, [
      {
        class: "L4CON",
        detail: `TTL exceeded on the way, says ${b.ipv4}`,
        facts: { sender: b.ipv4 },
      },
      {
        class: "L4CON",
        detail: `TTL exceeded on the way, says ${b.ipv6}`,
        facts: { sender: b.ipv6 },
      },
    ]);
  }
});

test("what may not be cut and is too long for the way is refused by its router, each time", {
  skip,
}, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  await behindRouter(a, b);
  const options = [
    "-j",
    "--sort",
    "--df",
    "--size",
    "1440",
    "-t",
    "60s",
    "-c",
    "2",
    "--interval",
    "1ms",
  ];
  const { code, records } = await check(a, [...options, "192.0.2.1", "2001:db8::1"]);
  assert.equal(code, 1);
  assertPartly(records, [
    { class: "L4CON", down: 2, facts: { icmp_type: 3, icmp_code: 4, mtu: 1400, sender: b.ipv4 } },
    { class: "L4CON", down: 2, facts: { icmp_type: 2, icmp_code: 0, mtu: 1400, sender: b.ipv6 } },
  ]);
});

test("without --df any size gets through, in pieces", { skip }, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const { code, text } = await check(a, ["--size", "60000", b.ipv4, b.ipv6]);
  assert.equal(code, 0, text);
});

test("with --df what is longer than the interface takes could not be asked", { skip }, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const { code, text } = await check(a, ["--df", "--size", "1473", b.ipv4]);
  assert.equal(code, 2);
  assert.match(text, /lower --size/);
  assert.equal((await check(a, ["--df", "--size", "1472", b.ipv4])).code, 0);
});

test("a link-local address is asked by the interface that -I names", { skip }, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  for (const range of ["0 65535", "1 0"]) {
    await openRange(a, range);
    const { code, text } = await check(a, ["-I", "eth0", b.linkLocal]);
    assert.equal(code, 0, text);
  }
});

test("TTL, TOS, DF and source are on the wire as they were asked for", {
  skip: labMissing("tcpdump"),
}, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  await a.run("ip", "address", "add", "10.0.0.77/24", "dev", "eth0");
  const dump = b.spawn("tcpdump", "-lnv", "-i", "eth0", "icmp[icmptype] == icmp-echo");
  await dump.lines.next(/listening on/);
  const options = [
    "--ttl",
    "9",
    "--tos",
    "0x20".replace("0x20", "32"),
    "--df",
    "--source",
    "10.0.0.77",
  ];
  assert.equal((await check(a, [...options, "--size", "100", b.ipv4])).code, 0);
  await dump.lines.next(/tos 0x20, ttl 9, .*flags \[DF\], proto ICMP \(1\), length 128/);
  await dump.lines.next(/10\.0\.0\.77 > 10\.0\.0\.2: ICMP echo request.*length 108/);
});

test("a reply as somebody else is none", { skip }, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  // The answers to a leave with another source address: that of a second router, say.
  const rules = [
    "add table ip odd",
    "add chain ip odd out { type filter hook output priority 0; }",
    "add rule ip odd out icmp type echo-reply ip saddr set 10.0.0.66",
  ];
  await b.run("nft", rules.join("; "));
  for (const range of ["0 65535", "1 0"]) {
    await openRange(a, range);
    const { code, text } = await check(a, ["-t", "300ms", b.ipv4]);
    assert.equal(code, 1);
    assert.match(text, /L4TOUT/);
  }
});

test("replies that come twice are counted", { skip }, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const rules = [
    "add table ip twice",
    "add chain ip twice out { type filter hook output priority 0; }",
    `add rule ip twice out icmp type echo-reply dup to ${a.ipv4}`,
  ];
  await b.run("nft", rules.join("; "));
  const { code, records } = await check(a, ["-j", "-c", "3", "--interval", "50ms", b.ipv4]);
  assert.equal(code, 0);
  assertPartly(records, [{ up: 3, facts: { duplicates: 2 } }]);
});

test("a thousand targets share one socket, and none of their replies is lost", {
  skip,
}, async () => {
  await using lan = await Lan.open("a");
  const { code, text } = await check(lan.hosts.a, ["-q", "--concurrency", "4096", "127.1.0.0/20"]);
  assert.equal(code, 0, text);
});
