/** Options of `ha up` by which it is looked at over HTTP. */
import type { WebOptions } from "../../app/ha/web/web-work.ts";
import { parseIp } from "../../core/addr.ts";
import { UsageError } from "../../core/errors.ts";
import type { Endpoint } from "../../io/ports.ts";
import { type ArgsOf, choice, flag, refuse, value } from "../option.ts";
import { type haNameOption, socketOf } from "./ha-name-option.ts";
import { PAGES } from "./web/page.ts";

export const webOptions = {
  metrics: value(
    {
      value: "[ADDR:]PORT",
      describe: "Show metrics, status and health over HTTP there; without ADDR on 127.0.0.1",
    },
    listeningPlace,
  ),
  dashboard: flag({ describe: "Show a page for people there, too, which is always up to date" }),
  "metrics-compat": choice(["keepalived"], {
    describe: "Metrics also under the names of exporters for keepalived",
  }),
};

/** Paragraphs of the man page. */
export const WEB_MANUAL = [
  "--metrics shows what runs over HTTP, by a process of its own that asks as ha status does, so that nobody who looks delays a router: /metrics for Prometheus, /status with the record of ha status -j, and /healthz, which is 200 where all processes live and all routers answer, else 503 with what does not; a router in FAULT is a healthy one. Where the port is taken ha up does not start; where it is lost later it is tried for again each second. On 127.0.0.1 and ::1 requests for other names of hosts are refused, so that no page of a stranger reads it through a browser; on other addresses everybody who reaches the port may read.",
  "--dashboard adds a page for people at /: who is master of what and since when, virtual servers, what is tracked, maintenance, the states of the last day, with those that the journal of an ha up before it tells of, the processes. It is made of one file without anything from elsewhere, keeps itself up to date (server-sent events), and works without a script too. At most 16 of them are kept up to date at once.",
  "Metrics of each router have the labels instance, interface, vrid and family: vrrp_state (with state: 1 for the one it is in), vrrp_priority, vrrp_adverts_sent_total, vrrp_adverts_received_total, vrrp_advert_rejected_total (reason), vrrp_last_advert_age_seconds, vrrp_masters_seen (more than 1 is a split), vrrp_announcements_total (kind, result), vrrp_announce_verified (host, role), vip_present (address), vip_restored_total. Others are vrrp_transitions_total (instance, to, cause), vrrp_loop_delay_seconds (a histogram), check_success (kind, name), check_value (of files, likewise), check_duration_seconds (of scripts), virtual_server_up and virtual_server_weight (service), real_server_up and real_server_weight (service, server), real_server_check_success (also check, number), ha_process_up, ha_process_beat_age_seconds and ha_process_restarts_total (role), ha_maintenance, ha_unanswered, ha_uptime_seconds and vipkit_build_info (version). --metrics-compat adds those of mehdy/keepalived-exporter (keepalived_vrrp_state, keepalived_become_master_total, ...) and of gen2brain/keepalived_exporter (keepalived_vrrp_become_master, ...).",
];

type Args = ArgsOf<typeof webOptions> &
  ArgsOf<typeof haNameOption> & {
    readonly watchdog: number;
    readonly "state-dir": string;
  };

/** Undefined where nothing is shown. */
export function webSettingsOf(args: Args): WebOptions | undefined {
  const { metrics: at, dashboard, "metrics-compat": names, watchdog: silentMs } = args;
  if (at === undefined) {
    if (names !== undefined) throw new UsageError("--metrics-compat needs --metrics");
    if (dashboard) throw new UsageError("--dashboard needs --metrics, which says where");
    return undefined;
  }
  const pages = dashboard ? PAGES : undefined;
  const [socket, stateDirectory] = [socketOf(args), args["state-dir"]];
  return { at, socket, stateDirectory, silentMs, isCompatible: names !== undefined, pages };
}

/** `9165`, `192.0.2.1:9165`, `[::1]:9165`. */
function listeningPlace(text: string): Endpoint {
  const [, bracketed, plain, digits = ""] =
    /^(?:\[([^\]]*)\]:|([^:]*):)?(\d{1,5})$/.exec(text) ?? refuse("is no PORT and no ADDR:PORT");
  const address = bracketed ?? plain ?? "127.0.0.1";
  const ip = parseIp(address === "localhost" ? "127.0.0.1" : address);
  if (ip === undefined) refuse('has no IP address before the port; "0.0.0.0" or "[::]" means all');
  if ((ip.length === 16) !== (bracketed !== undefined)) refuse("has brackets for IPv6 alone");
  const port = Number(digits);
  if (port < 1 || port > 65_535) refuse("has no port from 1 to 65535");
  return { ip, port };
}
