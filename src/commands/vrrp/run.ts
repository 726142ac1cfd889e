/** `vrrp run`: one virtual router in the foreground (RFC 9568, RFC 3768). */
import { eventRecord } from "../../app/vrrp/event-record.ts";
import type { VrrpEvent } from "../../app/vrrp/events.ts";
import { vrrpHookRunner } from "../../app/vrrp/hooks.ts";
import { runVrrp } from "../../app/vrrp/run.ts";
import { printable } from "../../core/printable.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { authOf, hasSecretFiles } from "./auth-options.ts";
import { eventDetail, eventLine, statePaint } from "./event-text.ts";
import { hooksOf, instanceOf, runOptions } from "./run-options.ts";
import { showPlan } from "./run-plan.ts";

export const vrrpRun = defineCommand({
  name: "vrrp run",
  summary: "Share virtual addresses with other routers",
  description: [
    "Takes part in the election of one virtual router by VRRP version 3 (RFC 9568) or 2 (RFC 3768), together with keepalived and other routers. While it is MASTER the virtual addresses are on the interface and are announced to the segment; while it is BACKUP it waits for the master's adverts to stop. In FAULT the interface is down, gone, without an address to send from, without the sockets it needs, or its MTU does not hold the advert; or the kernel refuses an address. (RFC 9568 says Active where everybody else says MASTER.)",
    "With --peer adverts go to the routers named and to no multicast group, for networks that carry no multicast; who is not named is not believed. Each router names all others. Peers may be behind other routers, so any TTL will do unless min-ttl or max-ttl narrows it: our own adverts start with 255, and each router on the way takes one off. They leave from --source, by default from the first address of the interface that is not virtual; over IPv6 from a link-local one if all peers are link-local, else from another.",
    "When the kernel refuses to add an address, a router that was to take over has not spoken yet, and its peers see nothing; one that is MASTER resigns. It is in FAULT (cause addresses-refused, with the kernel's reason) for 10 s, and for twice as long each time that this does not help, up to 5 minutes, but no longer than 10 s once one of its interfaces has changed.",
    "A virtual address is written as in ip-address(8): behind it may stand dev IF for another interface than the router's, label NAME (IPv4, at most 15 bytes), scope global, site, link, host or a number, and no_track. It is held and announced on its interface. While that is down or gone the router is in FAULT and hands all addresses over, as keepalived does; with no_track it serves on without that address, says so, and puts it back. Those of --vip stand in the adverts, as many as the MTU allows, and must be the same on all routers; over IPv6 the first is to be link-local. Those of --excluded-vip stand in none: any number, of either family.",
    "Each transition is one line with its cause and margins. SIGTERM, SIGINT and SIGQUIT hand over without a gap: an advert of priority 0 asks for a successor, and the addresses are kept until its first advert is heard. A second signal gives them up at once, kills a hook that still runs, drops those that wait and leaves those of STOP 5 s; a third does not wait for them either. SIGHUP reads the files of --key-file and --auth-pass-file anew; without either it hands over too.",
    "A second router of priority 255 is a mistake: the one with the lower address yields at once, and one with the higher address yields to a rival that does not, after two adverts of its own and 1.2 intervals. During --startup-delay adverts are heard and followed; the wait for a master to fall silent begins at its end. --strict makes the version's RFC decide: an owner ignores adverts, a MASTER of version 2 does not answer lower priorities, and one that is no owner takes no packets for the addresses, with version 3 unless --accept is given.",
    "Adverts that are not believed are told with -v. A peer that is set up otherwise than this router - version, authentication, password, interval of version 2, virtual addresses - is told without it, once until the next transition, with both values: all but the last lead to two masters.",
    "`stall 2.1s` says that the process came so late to its timer, by more than half an interval. A BACKUP then reads what lies in its socket and listens for another interval before it takes over, up to three times.",
    "At intervals below 100ms a host that is busy makes a MASTER late for longer than its peers wait. --rt-priority lets it run before everything that has no real-time priority (SCHED_RR of sched(7)); hooks are scheduled as usual. It needs CAP_SYS_NICE.",
    "With --key-file each advert carries an HMAC-SHA256 trailer as keepalived 2.4.2 and later knows it (auth_hmac), in either version. Each line of the file is a key, ID:SECRET: the secret is text of 32 to 64 bytes, or as many in hex digits behind hex:. Each key of the file is believed, and the one of --key-id signs, by default the first. SIGHUP has the file read anew, and a file with a mistake changes nothing. So keys change without a gap in three steps, each with a SIGHUP to all routers before the next: a new last line everywhere, the new line moved to the top everywhere, the old line removed. (A password of version 2 has no such overlap: routers are two masters while they differ.) The mode receive-only sends no trailer and judges those that come, permissive also sends them, enforce also rejects adverts without. Each sender's clock may differ from ours by --hmac-window, by default three intervals, at least 5 s. Keepalived before 2.4 and routers without keys reject an advert that has a trailer: while one of them is there take receive-only.",
    "While it is MASTER each advert renews a lease: a lifetime that the kernel gives the addresses. When the process is killed or freezes, the kernel takes them away before any peer can take over, so that no two hosts answer for them; a router that wakes up after that is BACKUP until it has listened (cause overslept). --lease auto takes the longest lease that ends in time. The kernel counts whole seconds, so below an interval of 0.46s there is none, and the shortest, 1s, is taken; a notice says so. An address that the host has by itself, as that of an owner, gets no lease.",
    "--route and --rule take what ip route add and ip rule add take, quoted: --route 'default via 192.0.2.1 table 100' --rule 'from 192.0.2.10 table 100'. They are added behind the addresses when this router becomes MASTER and removed before them when it is no longer, so a route may have a virtual address as src. A route is of a destination, or default, with via, dev, src, metric, table, scope, onlink, mtu and, for IPv6, from; or blackhole, unreachable, prohibit, throw or local. A rule has from, to, fwmark, iif, oif, not, priority, and table with suppress_prefixlength or blackhole, unreachable, prohibit; without a priority it comes before all rules that are there but the first. Tables are numbers, or main, local, default. Either may be of the other family than the addresses. What disappears is put back, what the kernel refuses is told and tried again each second. They bear the protocol 112, by which those that a killed router left behind are found and removed at its next start with the same options.",
    "An address that somebody else takes away is put back within milliseconds and announced, with a notice; peers see nothing of it. When that has happened to one of them --loss-limit times in a minute the router gives up: it resigns and is in FAULT (cause addresses-taken) for a minute, and each time that this does not help for twice as long, up to an hour. --on-loss release does not put it back but resigns at once and is BACKUP, and leaves whoever takes over in place until that one falls silent; --on-loss fault is in FAULT at the first loss. Once it is served it looks for programs that are known to take addresses away, as systemd-networkd, NetworkManager or dhclient, and names those that run in this network namespace with the setting that stops it.",
    "A flight recorder keeps the last 10 minutes in memory, at most 8 MB, without --record 2 MB: all adverts on the interface, ARP and neighbour discovery for the virtual addresses (for all where there are more than 500), changes of the interface, and what the router told. With --record DIR it writes them 2 s after each transition, or at the end, as DIR/NAME-TIME-FROM-TO.pcapng, for Wireshark and tcpdump, and .ndjson; transitions within those 2 s, and within 5 s of the pair before, share a pair. TIME is UTC. The latest 20 pairs of each NAME are kept, a pair has at most 15 MB. DIR is made with mode 0700 where it is not there, files have mode 0600 and are there as a whole or not at all. What cannot be written is told, and the router goes on. Passwords of version 2 are blanked. Frames beyond some 2500 a second are not kept; their number is in the capture.",
    "The .ndjson file has the records that --json prints, and two more types with the same head, interface being the one that changed: link, with present, if_index, up, carrier, running, mac and mtu_bytes, null where it is gone; address, with address and present.",
    "With --no-accept the host takes no packets for the virtual addresses while it is MASTER, as a router that others send through and never to (RFC 9568: Accept_Mode False): pings and connections to them are dropped, what is forwarded is not, ARP and neighbour solicitations are answered. This is the default of --strict, and --accept else; an owner always accepts. A table of nf_tables, vipkit-IF-VRID-ipvN, does it from the start to the end of this process, also as BACKUP; it goes with the process however that ends, and nothing flushes it before. (A kernel before 5.12 keeps the table of a killed router until its next start.) What IPVS forwards is not dropped.",
    "With --vmac the addresses that name no interface of their own are on a macvlan (mode private) that stands on the interface and has the virtual MAC address, 00:00:5e:00:01:VRID, for IPv6 00:00:5e:00:02:VRID: so what neighbours know stays true when another router takes over. Announcements leave from there, and so do adverts, from the source address of the interface; with --vmac-xmit-base, and always by unicast, adverts leave from the interface itself. It is up while MASTER and down else, so that nothing with the virtual MAC address leaves a router that is not. Of it arp_ignore, accept_local and promote_secondaries are set to 1, rp_filter to 0 (to 2 where that of all interfaces is 1); without IPv6 addresses it has no IPv6, else addr_gen_mode is 1 and accept_ra 0. For IPv4 arp_ignore and arp_filter of the interface become 1 and arp_announce 2 unless they are stricter, or the host would answer and ask with the wrong MAC address. The way to the prefix of an address there is the host's last resort. At the end the macvlan is removed, and the last router with one on the interface puts its settings back; what they were stands in the alias of the macvlan, `ip link` shows it, so that the next run does this for one that was killed. The kernel module macvlan has to be there; it is not loaded by vipkit.",
    "After a takeover, when the announcements are out, the gateway of the interface and each --verify HOST are asked from the first virtual address of their family: by ARP or a neighbour solicitation from every address, then by an echo request, whose answer goes where the neighbour believes the address to be and has to arrive at our MAC address. Without an answer the other form of gratuitous ARP, announcements to that neighbour alone and RARP are tried, four questions in 2.4 s. Told is how it ended, also in vrrp status: the neighbour answers; it answers no echo request of any address (a firewall), so that nothing can be seen; it answers this host's own address and not the virtual one, so that it may believe another MAC address; it does not answer at all.",
    "While it is MASTER a packet socket sees who else claims its addresses, whatever the firewall hides: ARP and neighbour discovery with another MAC address are answered with an announcement at once, then ever more seldom, down to one in 10 s. After a takeover and each minute the LAN is asked as well, so that a host which keeps quiet about the address is found. Who goes on to claim is an address conflict; a router whose adverts go on, believed or not, is a second master (split brain). Both are told when they begin and when nothing was heard of them for a while, with both MAC addresses; they are in vrrp status and run --on-conflict. None of it decides the election. Against a second master of higher priority nothing is announced out of turn, so that clients stay with it.",
    "Hooks run without a shell, in order, one at a time, each for at most 30 s. They get the arguments INSTANCE NAME STATE PRIORITY, as keepalived's notify scripts do, STATE being MASTER, BACKUP, FAULT or STOP, and for --on-conflict CONFLICT or CONFLICT_ENDED.",
    "--dry-run opens what a run would open, listens as one would for others that use the VRID, and closes it all: it sends no advert and changes nothing. All that a run would be refused for is told at once, and the exit status is that of the run.",
    "--json prints one object a line. All have type, seq (from 1), ts, instance, interface, vrid and family. A transition adds from, to (init, backup, master, fault), priority, vips and cause: its kind with what led to it, as last, age_ms and limit_ms of an advert-timeout, or address, times and within_ms of addresses-taken. Beside that it has last_advert (source, priority, interval_ms, age_ms; null where none was heard), link (up, running, age_ms; null where there is none), late_ms, by which our process came late to the timer, worst_late_ms, the most of it since the transition before, and suspects, the programs that may have taken the addresses away. An advert-rejected adds reason, source (null for many senders at once), heard, ours and count; a conflict state (begun, ended), kind (address-conflict, second-master), vip or source, mac (theirs), our_mac, lasted_ms and count; a verify host, role (gateway, host), vip, verdict (answers, no-echo, astray, silent), ok, sends, took_ms and tried; a stall duration_ms and count; a priority from and to; a notice or trouble text.",
    "--dry-run --json prints one object: interface, family, version, vrid, priority, adver_interval_ms, source, group (null with --peer), peers (address, min_ttl, max_ttl), listen_ms, hmac (mode, key_id, key_ids, window_ms; null without keys), vips, excluded_vips, accept, verify (hosts beside the gateway; null: nobody), routes, rules, lease_s, lease_caveat, leftovers, faults, refusals, takeover_limit_ms, peer_takeover_limit_ms.",
  ],
  options: runOptions,
  examples: [
    ["vrrp run -I eth0 --vrid 51 --vip 192.0.2.10/24 --priority 150", "Be the preferred router"],
    [
      "vrrp run -I eth0 --vrid 51 --vip 192.0.2.10/24 --excluded-vip 10.0.0.1/24 dev eth1",
      "Also be the gateway of the LAN behind eth1",
    ],
    [
      "vrrp run -I eth0 --vrid 51 --vip 192.0.2.10/24 --on-master '/bin/systemctl start nginx' -j",
      "Start a service, and print NDJSON",
    ],
  ],
  exitStatus: { 0: "It took part and ended politely, or --dry-run found nothing in the way." },
  files: {
    "/run/vipkit/NAME.sock":
      "Where vrrp status and vrrp history ask this router. Where it cannot be made, as for an ordinary user or when another process has the name, the router says so and runs without.",
  },
  environment: {
    VIPKIT_STATE: "For hooks: MASTER, BACKUP, FAULT or STOP.",
    VIPKIT_FROM: "For hooks: the state before, INIT at the start.",
    VIPKIT_CAUSE: "For hooks: what led to the transition, as advert-timeout or fault.",
    VIPKIT_VIPS: "For hooks: the virtual addresses with their prefix lengths, separated by blanks.",
    VIPKIT_CONFLICT: "For --on-conflict: address-conflict or second-master.",
    VIPKIT_CONFLICT_STATE: "For --on-conflict: BEGUN or ENDED.",
    "VIPKIT_CONFLICT_MAC, VIPKIT_CONFLICT_OUR_MAC":
      "For --on-conflict: where the addresses are by the other's word, and by ours.",
    "VIPKIT_CONFLICT_VIP, VIPKIT_CONFLICT_SOURCE":
      "For --on-conflict: the address that is claimed; where the adverts of the second master come from.",
    "VIPKIT_INSTANCE, VIPKIT_INTERFACE, VIPKIT_VRID, VIPKIT_FAMILY, VIPKIT_PRIORITY":
      "For hooks: which router it is; the family is ipv4 or ipv6.",
  },
  seeAlso: ["keepalived(8)", "vipkit-vip-add(8)", "vipkit-garp-send(8)", "vipkit-vrrp-status(8)"],
  async run(args, ctx) {
    const { ports, signal, urgent } = ctx;
    const instance = instanceOf(args, ports);
    const rtPriority = args["rt-priority"];
    if (rtPriority !== undefined) ports.scheduleRealtime(rtPriority);
    if (args["dry-run"]) return await showPlan(instance, args, ctx);

    let seq = 0;
    const print = (event: VrrpEvent): void => {
      if (event.type === "advert-rejected" && !event.isMistake && !args.verbose) return;
      seq += 1;
      if (args.json)
        ctx.stdout(JSON.stringify(eventRecord(event, instance, seq, ports.clock.wallMs())));
      else if (event.type === "transition") {
        ctx.stdout(eventLine(event, statePaint(event.to, ctx.paint)));
        if (args.verbose) ctx.stdout(printable(`  ${eventDetail(event)}`));
      } else ctx.stderr(`${printable(instance.name)}: ${eventLine(event)}`);
    };
    const hooks = vrrpHookRunner(hooksOf(args), instance, ports, (text) =>
      print({ type: "trouble", text }),
    );
    urgent.addEventListener("abort", () => hooks.hurry());
    ctx.lastly(() => hooks.drained());
    const emit = (event: VrrpEvent): void => {
      print(event);
      if (event.type === "transition" || event.type === "conflict") hooks.follow(event);
    };
    const { force, interval } = args;
    const reload = hasSecretFiles(args)
      ? { subscribe: ctx.onReload, read: () => authOf(args, interval, ports) }
      : undefined;
    const recordDirectory =
      args.record === undefined ? null : ports.files.makeDirectory(args.record);
    await runVrrp({ instance, force, signal, urgent, emit, reload, recordDirectory }, ports);
    await hooks.drained();
    return ExitCode.ok;
  },
});
