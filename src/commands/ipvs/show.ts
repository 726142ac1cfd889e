/** `ipvs show`: what IPVS of the kernel has, and what it counts. */
import { SHOWN_ORDERS, showIpvs } from "../../app/ipvs/show.ts";
import { parseWantedServices } from "../../app/ipvs/wanted.ts";
import { UsageError } from "../../core/errors.ts";
import { formatExactJson } from "../../core/exact-json.ts";
import { quoted } from "../../core/printable.ts";
import { type Context, defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { choice, flag, list } from "../option.ts";
import { jsonOption } from "../options.ts";
import { formatRows } from "../table.ts";
import { type IpvsView, settingRows, viewHead, viewRows } from "./show-rows.ts";
import { servicePhrases } from "./wanted-options.ts";

export const ipvsShow = defineCommand({
  name: "ipvs show",
  summary: "Show the services of IPVS with their real servers",
  description: [
    "A line for each service with its scheduler and the sums of its servers, and below it one for each server, with the way packets take to it, its weight and its connections: open ones are active, those that are being closed and those of UDP are inactive.",
    "--connections also has templates of persistence, --thresholds the bounds of connections, --stats what was counted since the start or ipvs zero, all digits, --rate the same for each of the last seconds; --settings has timeouts and sync daemons instead. Of a large table with --sort active or --sort rate the first lines are those that matter.",
    "--json prints one object with all of it: services, timeouts (tcp_s, tcp_fin_s, udp_s) and daemons (role, interface, sync_id, max_bytes, group, port, ttl). A service has service, scheduler, flags, persistence_s, netmask and engine (null without), one_packet and servers; a server has server, method, upper and lower (null without). Both have weight, active, inactive and persistent, of a service the sums; connections, in_packets, out_packets, in_bytes, out_bytes, and the same with _per_s behind. Counters have 64 bits and are written with all of their digits, also where a reader would round them.",
  ],
  positionals: {
    services: list(
      {
        value: "SERVICE",
        describe: "Only ADDR[:PORT], or a service as it is shown; all if not given",
      },
      String,
    ),
  },
  options: {
    stats: flag({ describe: "Show connections, packets and bytes" }),
    rate: flag({ describe: "Show connections, packets and bytes for each second" }),
    connections: flag({ describe: "Show templates of persistence too" }),
    thresholds: flag({ describe: "Show the bounds of connections" }),
    settings: flag({ describe: "Show timeouts and sync daemons" }),
    sort: choice(SHOWN_ORDERS, {
      value: "KEY",
      default: "service",
      describe: `Order: ${SHOWN_ORDERS.join(", ")}; numbers from the largest on`,
    }),
    ...jsonOption,
  },
  examples: [
    ["ipvs show", "All services with their servers"],
    ["ipvs show --rate --sort rate", "Where new connections go now"],
    ["ipvs show tcp 192.0.2.1:80 -j", "One service with all that is known, as JSON"],
  ],
  exitStatus: {
    0: "It was shown; a line on standard error says so where there is no service.",
    1: "No service is one of those that were named.",
    2: "Could not find out: no permission, no IPVS.",
  },
  seeAlso: ["ipvsadm(8)", "vipkit-ipvs-sync(8)"],
  async run(args, ctx) {
    const { sort, json, settings } = args;
    const wanted = servicePhrases(args.services).map(meantBy);
    const view = viewOf(args);
    const wants = wanted.length === 0 ? () => true : anyOf(wanted);
    const shown = showIpvs(ctx.ports, wants, sort);
    const { services } = shown;
    if (json) ctx.stdout(formatExactJson(shown));
    else if (settings) await tell(["SETTING", "VALUE"], settingRows(shown), ctx);
    else await tell(viewHead(view), viewRows(services, view), ctx);
    if (services.length > 0 || settings) return ExitCode.ok;
    if (!json) ctx.stderr(wanted.length === 0 ? "no services" : "no such service");
    return wanted.length === 0 ? ExitCode.ok : ExitCode.negative;
  },
});

function meantBy(text: string) {
  const isMeant = parseWantedServices(text);
  if (typeof isMeant === "string") throw new UsageError(`SERVICE ${quoted(text)} ${isMeant}`);
  return isMeant;
}

/** In few writes, for there may be thousands of lines. */
async function tell(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  ctx: Pick<Context, "stdout" | "columns">,
): Promise<void> {
  const lines = await formatRows(head, rows, ctx.columns, 2);
  if (lines.length > 0) ctx.stdout(lines.join("\n"));
}

function viewOf(args: Readonly<Record<(typeof VIEWS)[number] | "settings", boolean>>): IpvsView {
  const [view = "weights", other] = VIEWS.filter((name) => args[name]);
  const second = other ?? (args.settings && view !== "weights" ? "settings" : undefined);
  if (second !== undefined) throw new UsageError(`--${view} and --${second}: one at a time`);
  return view;
}

const VIEWS = ["stats", "rate", "connections", "thresholds"] as const;

const anyOf =
  <T>(tests: readonly ((one: T) => boolean)[]) =>
  (one: T): boolean =>
    tests.some((test) => test(one));
