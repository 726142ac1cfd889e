/** `vrrp run`: one virtual router in the foreground (RFC 9568, RFC 3768). */
import { eventRecord } from "../../app/vrrp/event-record.ts";
import type { VrrpEvent } from "../../app/vrrp/events.ts";
import { hookCaveats, vrrpHookRunner } from "../../app/vrrp/hooks.ts";
import { runVrrp } from "../../app/vrrp/run.ts";
import { formatJson } from "../../core/json.ts";
import { printable } from "../../core/printable.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { authOf, hasSecretFiles } from "./auth-options.ts";
import { eventDetail, eventLine, statePaint } from "./event-text.ts";
import { hooksOf } from "./hook-options.ts";
import { RUN_MANUAL } from "./run-manual.ts";
import { instanceOf, runOptions } from "./run-options.ts";
import { showPlan } from "./run-plan.ts";

export const vrrpRun = defineCommand({
  name: "vrrp run",
  summary: "Share virtual addresses with other routers",
  description: [
    "Takes part in the election of one virtual router by VRRP version 3 (RFC 9568) or 2 (RFC 3768), together with keepalived and other routers. While it is MASTER the virtual addresses are on the interface and are announced to the segment; while it is BACKUP it waits for the master's adverts to stop. In FAULT the interface is down, gone, without an address to send from (which a MASTER bears for half an interval, at most 1 s, for it may be added again at once), without the sockets it needs, or its MTU does not hold the advert; or the kernel refuses an address. (RFC 9568 says Active where everybody else says MASTER.)",
  ],
  manual: RUN_MANUAL,
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
    const caveats = hookCaveats(hooksOf(args), ports);
    if (args["dry-run"]) return await showPlan(instance, args, caveats, ctx);

    const name = printable(instance.name);
    // A journal tells the time itself, and scripts know a transition by how its line begins.
    const onTerminal = ctx.columns !== undefined;
    const time = (): string => (onTerminal ? `${timeOfDay(ports.clock.wallMs())} ` : "");
    let seq = 0;
    const print = (event: VrrpEvent): void => {
      if (event.type === "advert-rejected" && !event.isMistake && !args.verbose) return;
      seq += 1;
      if (args.json)
        ctx.stdout(formatJson(eventRecord(event, instance, seq, ports.clock.wallMs())));
      else if (event.type === "transition") {
        const who = onTerminal ? `${name}: ` : "";
        ctx.stdout(time() + who + eventLine(event, statePaint(event.to, ctx.paint)));
        if (args.verbose) ctx.stdout(printable(`  ${eventDetail(event)}`));
      } else ctx.stderr(`${time()}${name}: ${eventLine(event)}`);
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
    const options = { instance, force, signal, urgent, emit, reload, recordDirectory, caveats };
    await runVrrp(options, ports);
    await hooks.drained();
    return ExitCode.ok;
  },
});

/** `16:03:12.123Z`: UTC as in `vrrp history`, shorter by the day. */
const timeOfDay = (wallMs: number): string => new Date(wallMs).toISOString().slice(11);
