/** From what is in force of a file to what is run: each keyword by what it becomes, and by a note where it cannot. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { HaPlan } from "../../../../../../src/app/ha/up/plan/plan.ts";
import { planOf } from "../../../../../../src/app/ha/up/plan/plan-of.ts";
import { Programs } from "../../../../../../src/app/ha/up/plan/programs.ts";
import { formatIp, formatMac } from "../../../../../../src/core/addr.ts";
import { formatVirtualRoute } from "../../../../../../src/core/virtual-route.ts";
import { formatVirtualRule } from "../../../../../../src/core/virtual-rule.ts";
import { effective, instance } from "../../../../../support/effective.ts";

const KEY = "0123456789abcdef0123456789abcdef";

function plan(text: string, files: Readonly<Record<string, [text: string, mode: number]>> = {}) {
  const read = effective(text);
  const accounts = { passwd: "root:x:0:0::/:\n", group: "" };
  const readSecretFile = (path: string) => {
    const [found = "", mode = 0o600] = files[path] ?? [];
    return { text: found, mode };
  };
  return planOf(read, new Programs(read.vrrp.globals, accounts, []), "host", {
    readSecretFile,
    environment: () => undefined,
  });
}
const only = (planned: HaPlan) => planned.routers[0] ?? assert.fail("no router");
const router = (inside: string) => only(plan(instance(inside)));

test("all of a plan can go from process to process", () => {
  const planned = plan(instance(`auth_hmac {; key 1 ${KEY}; active_key 1; }`));
  assert.deepEqual(structuredClone(planned), planned);
});

test("routes and rules in the words of vrrp run", () => {
  const { routing } = router(`virtual_routes {
    10.1.0.0/24 via 10.0.0.9 dev eth0 metric 7 table 100
    default via fd00::9 dev eth0
    blackhole 10.2.0.0/16 no_track
    }; virtual_rules {
    from 10.1.0.0/24 table main preference 50
    not fwmark 1 blackhole preference 51
    }`).instance;
  assert.deepEqual(routing.routes.map(formatVirtualRoute), [
    "10.1.0.0/24 via 10.0.0.9 dev eth0 metric 7 table 100",
    "::/0 via fd00::9 dev eth0",
    "blackhole 10.2.0.0/16",
  ]);
  assert.deepEqual(routing.rules.map(formatVirtualRule), [
    "from 10.1.0.0/24 table main priority 50",
    "not from all fwmark 0x1 blackhole priority 51",
  ]);
});

test("what a route or a rule cannot have is told, and never left out in silence", () => {
  const { notes, routers } = plan(
    instance(`virtual_routes {
      10.1.0.0/24 nexthop via 10.0.0.8 nexthop via 10.0.0.9
      10.2.0.0/24 via 10.0.0.9 dev eth0 initcwnd 10
      10.3.0.0/24 dev eth0 table isp
      }; virtual_rules {
      from 10.1.0.0/24 tos 4 table 100 preference 50
      }`),
  );
  assert.deepEqual(notes, [
    "v: route to 10.1.0.0/24 is left out: nexthop is not supported",
    "v: route to 10.2.0.0/24 is without initcwnd, which is not supported",
    "v: route to 10.3.0.0/24 is left out: table isp by its name is not supported",
    "v: the rule of preference 50 is left out: tos is not supported",
  ]);
  assert.deepEqual(routers[0]?.instance.routing.routes.map(formatVirtualRoute), [
    "10.2.0.0/24 via 10.0.0.9 dev eth0",
  ]);
});

test("keys stand in the file or in one of their own", () => {
  const written = `version 3; auth_hmac {; key 1 ${KEY}; key 2 file:/k; active_key 2; time_window 9; mode permissive; }`;
  const planned = plan(instance(written), { "/k": [`hex:${"ab".repeat(32)}\n`, 0o644] });
  assert.deepEqual(only(planned).keys, {
    mode: "permissive",
    keys: [
      { id: 1, secret: new TextEncoder().encode(KEY) },
      { id: 2, secret: new Uint8Array(32).fill(0xab) },
    ],
    activeId: 2,
    windowMs: 9000,
  });
  assert.deepEqual(planned.notes, ["v: others than its owner can read /k: chmod 600"]);
  const short = () => plan(instance(written), { "/k": ["short", 0o600] });
  assert.throws(short, /key 2 of \/k: the secret has 5 bytes/);
});

test("a VMAC has the address of the RFC, or its own with the number of the router", () => {
  const macOf = (said: string) => {
    const { vmac } = router(said).instance;
    return vmac && `${vmac.ifName} ${formatMac(vmac.mac)} ${vmac.sendsAdverts}`;
  };
  assert.equal(macOf("use_vmac"), "vrrp.5 00:00:5e:00:01:05 true");
  assert.equal(macOf("use_vmac mine 02:11:22:33:44:55"), "mine 02:11:22:33:44:55 true");
  assert.equal(macOf("use_vmac 02:11:22:33:44; vmac_xmit_base"), "vrrp.5 02:11:22:33:44:05 false");
});

test("what is not supported is told at the start", () => {
  const notes = (inside: string) => plan(instance(inside)).notes;
  assert.deepEqual(notes("use_ipvlan 10.0.0.7/24"), [
    "v: use_ipvlan is not supported: the addresses are on the interface itself",
  ]);
  assert.deepEqual(plan(instance("use_vmac group 7", "v", 5, "10.0.0.5/24 use_vmac")).notes, [
    "v: use_vmac of 10.0.0.5/24 is not supported: it is on the interface itself",
    "v: group of use_vmac is not supported: it has none",
  ]);
});

test("announcements keep the times and numbers of the garp_ keywords", () => {
  const garpOf = (said: string) => {
    const { config, extraGarpOn } = router(said).instance;
    const { garpRefreshMs, garpRefreshRepeat, garpLower, garpExtraMs } = config;
    return { garpRefreshMs, garpRefreshRepeat, garpLower, garpExtraMs, extraGarpOn };
  };
  assert.deepEqual(
    garpOf(
      "garp_master_refresh 60; garp_master_refresh_repeat 3; garp_lower_prio_delay 2; garp_lower_prio_repeat 4; garp_extra_if 9",
    ),
    {
      garpRefreshMs: 60_000,
      garpRefreshRepeat: 3,
      garpLower: { repeat: 4, delayMs: 2000 },
      garpExtraMs: 0, // adverts leave from all interfaces that have addresses
      extraGarpOn: [],
    },
  );
  const usual = garpOf("garp_master_repeat 2; garp_master_delay 7").garpLower;
  assert.deepEqual(usual, { repeat: 5, delayMs: 5000 }); // those of global_defs, as keepalived
  const below = garpOf("use_vmac; vmac_xmit_base; garp_extra_if 9");
  assert.deepEqual([below.extraGarpOn, below.garpExtraMs], [["vrrp.5"], 9000]);
  assert.deepEqual(garpOf("use_vmac; garp_extra_if all 9").extraGarpOn, []);
  const elsewhere = (said: string) => {
    const [one] = plan(instance(said, "v", 5, "10.0.0.5 dev eth1")).routers;
    return one?.instance.extraGarpOn;
  };
  assert.deepEqual(elsewhere("garp_extra_if 9"), []);
  assert.deepEqual(elsewhere("garp_extra_if all 9"), ["eth1"]);
});

test("the least time between announcements is that of the group, or of each interface", () => {
  const { pacing } = plan(`global_defs {; vrrp_garp_interval 0.5; vrrp_gna_interval 0.25; }
    garp_group {; garp_interval 2; interfaces {; eth1 eth2; }; interface eth3; }
    ${instance("")}`);
  assert.deepEqual(pacing, {
    usual: { garpMs: 500, gnaMs: 250 },
    groups: [{ garpMs: 2000, gnaMs: 250, ifNames: ["eth3", "eth1", "eth2"] }],
  });
});

test("sockets have the TTL and the room that are said", () => {
  const sockets = (inside: string, globals = "") =>
    only(plan(`global_defs {; ${globals}; }; ${instance(inside)}`)).instance.sockets;
  assert.deepEqual(sockets(""), { unicastTtl: 255, room: null });
  assert.deepEqual(sockets("unicast_ttl 7; kernel_rx_buf_size 9000"), {
    unicastTtl: 7,
    room: { count: 9000, of: "byte" },
  });
  assert.deepEqual(sockets("", "vrrp_rx_bufs_policy MTU; vrrp_rx_bufs_multiplier 4").room, {
    count: 4,
    of: "packet",
  });
  assert.deepEqual(sockets("", "vrrp_rx_bufs_policy ADVERT").room, { count: 3, of: "advert" });
  assert.deepEqual(sockets("", "vrrp_rx_bufs_policy 8000").room, { count: 8000, of: "byte" });
});

test("addresses have the options of ip address", () => {
  const extras = (address: string) =>
    only(plan(instance("", "v", 5, address))).instance.vips[0]?.extras ?? assert.fail();
  const broadcast = (address: string) => {
    const { broadcast: found } = extras(address);
    return found && formatIp(found);
  };
  assert.equal(broadcast("10.0.0.5/22 brd +"), "10.0.3.255");
  assert.equal(broadcast("10.0.3.5/22 brd -"), "10.0.0.0");
  assert.equal(broadcast("10.0.0.5/24 brd 10.0.0.200"), "10.0.0.200");
  assert.equal(formatIp(extras("10.0.0.5 peer 10.7.0.9").peer ?? assert.fail()), "10.7.0.9");
  const ip6 = extras("fd00::5/64 home mngtmpaddr noprefixroute -nodad");
  assert.equal(ip6.flags, 0x310);
  assert.equal(ip6.detectsDuplicates, true);
  const preferred = (address: string) => extras(address).preferredLftS;
  assert.deepEqual(
    ["fd00::5/64", "fd00::5/128", "fd00::5/128 preferred_lft 60", "10.0.0.5 preferred_lft 60"].map(
      preferred,
    ),
    [Number.POSITIVE_INFINITY, 0, 60, Number.POSITIVE_INFINITY],
  );
});

test("names of VMACs begin as vmac_prefix says", () => {
  const named = plan(`global_defs {; vmac_prefix mac; }; ${instance("use_vmac")}`);
  assert.equal(only(named).instance.vmac?.ifName, "mac.5");
});

test("the machine is told of checksums, of the strongest peer, of the delay after the boot", () => {
  const { instance: said } = router("version 3; timer_expired_backup 150; v3_checksum_as_v2");
  assert.equal(said.config.strongestPeer, 150);
  assert.equal(said.config.checksum, "bare");
  assert.equal(router("version 2; v3_checksum_as_v2").instance.config.checksum, "pseudo-header");
  assert.equal(router("skip_check_adv_addr").instance.comparesAlways, false);
  assert.equal(router("").instance.comparesAlways, true);
  const late = plan(`global_defs {; vrrp_delay_after_boot 30; }; ${instance("")}`);
  assert.equal(only(late).afterBootMs, 30_000);
});

test("without its own interface tracked it goes on while that is down", () => {
  assert.equal(router("").instance.tracksLink, true);
  assert.equal(router("dont_track_primary").instance.tracksLink, false);
});

test("weights do not count for an owner", () => {
  const trackers = (priority: number) =>
    router(`priority ${priority}; track_interface {; eth1 weight 10; eth2; }`).trackers;
  assert.deepEqual(
    trackers(100).map(({ name }) => name),
    ["eth1", "eth2"],
  );
  assert.deepEqual(
    trackers(255).map(({ name }) => name),
    ["eth2"],
  );
});

test("an instance that keepalived keeps in FAULT is told, with those of its group", () => {
  const { notes, routers } = plan(
    `vrrp_sync_group g {; group {; v; w; }; }; ${instance("unicast_fault_no_peer")}; ${instance("", "w", 6, "10.0.0.6")}`,
  );
  assert.deepEqual(routers, []);
  assert.match(notes[0] ?? "", /^v stays in FAULT: .*unicast_peer/);
  assert.equal(notes[1], "w stays in FAULT: a member of g cannot take part");
});

test("static things are the host's, on default_interface unless said otherwise", () => {
  const { statics, notes } = plan(`global_defs {; default_interface eth7; }
    static_ipaddress {; 10.9.0.1/24; 10.9.1.1/24 dev eth1; }
    static_routes {; 10.8.0.0/16 dev eth1; }
    static_rules {; from 10.9.0.0/24 table 9 preference 9; }
    ${instance("promote_secondaries")}`);
  assert.deepEqual(
    statics.addresses.map(({ ip, ifName }) => `${formatIp(ip)} ${ifName}`),
    ["10.9.0.1 eth7", "10.9.1.1 eth1"],
  );
  assert.deepEqual(statics.routing.routes.map(formatVirtualRoute), ["10.8.0.0/16 dev eth1"]);
  assert.equal(statics.routing.rules.length, 1);
  assert.deepEqual(statics.promoting, ["eth0"]);
  assert.deepEqual(notes, []);
});
