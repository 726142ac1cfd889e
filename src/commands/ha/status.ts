/** `ha status`: everything that a running `ha up` is and does, on one screen. */
import { askHaStatus } from "../../app/ha/ask.ts";
import type { HaStatusRecord } from "../../app/ha/up/parent/status.ts";
import { formatJson } from "../../core/json.ts";
import type { Cancel } from "../../io/ports.ts";
import { type Context, defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { flag } from "../option.ts";
import { jsonOption, quietOption } from "../options.ts";
import { haNameOption, socketOf } from "./ha-name-option.ts";
import { haStatusLines } from "./status-text.ts";

export const haStatus = defineCommand({
  name: "ha status",
  summary: "Show all that ha up runs, on one screen",
  description: [
    "Asks the running ha up: its routers with state, priority and what that is made of, who is master and the addresses; sync groups; what is tracked, with the last output of each script; virtual servers with their real servers and checks; its processes; and maintenance.",
    'It answers on the unix stream socket /run/vipkit/ha.sock, which only its user can open. A request is one line, {"request":"status"} (timeout_ms: to wait longer than 1 s for all routers, at most 4 s), with "history" (and count), "tallies" (what was counted since the start), "failover" (name of an instance or a sync group, else all; timeout_ms), "maintenance" (on; for_ms, reason, timeout_ms), "weigh" (server, weight or null), "events", "down" or "who" for other questions; the answer is one line of JSON, with the key error where the request was refused. Each router answers on a socket of its own besides, so that vrrp status, vrrp history, vrrp failover and vrrp watch can be used for it too.',
    "-j prints the record itself. Keys that end in _ms are milliseconds. The keys are pid, uptime_ms, file; maintenance (since, until, ends_in_ms, reason; null without); instances, with the keys of vrrp status -j and terms (name, points: what the priority is made of, beside the configured one), tracked_faults (names) and trackers (kind, name, weight, reverse, state); unanswered (instances of which nothing could be learned); groups (group, state: null where its members differ, members); trackers (kind, name, state; of a script age_ms, took_ms, detail and output of its latest run, else null); services (virtual servers: service, state: whether it has its quorum, weight, quorum, suspended, servers with server, file_server (the same at the address of FILE, by which ha drain knows it), state, weight, hand_weight (that ha drain or ha weight has set, else null), connections (active, inactive, persistent: of one with a hand_weight, where IPVS is there, else null) and checks: check, state, age_ms, detail; destinations: server, weight, sorry, where its connections are to go; null where the process of the checks does not answer); ipvs_trouble (why they are not set in IPVS, else null); children (role, pid, beat_age_ms, restarts, late_ms: how late its loop was at its last beat, worst_late_ms).",
    "With --watch the screen is drawn anew each second until it is interrupted; with -j that is a record a line, and where the output is no terminal an empty line stands between two.",
  ],
  options: {
    ...jsonOption,
    ...haNameOption,
    ...quietOption,
    watch: flag({ short: "w", describe: "Look again each second" }),
  },
  examples: [
    ["ha status", "What runs, and why it is as it is"],
    ["ha status --watch", "The same, live"],
    ["ha status -q", "For scripts: whether this node can serve"],
  ],
  exitStatus: {
    0: "Every router is MASTER or BACKUP, and there is no maintenance.",
    1: "One of them is not, or there is maintenance.",
    2: "Cannot tell: no ha up runs here, it does not answer, or not for all of its routers.",
  },
  files: { "/run/vipkit/ha.sock": "Where ha up answers, ha@NAME.sock with --name, mode 0600." },
  seeAlso: ["vipkit-ha-up(8)", "vipkit-ha-events(8)", "vipkit-vrrp-status(8)"],
  async run(args, ctx) {
    let status = await askHaStatus(socketOf(args), ctx.ports);
    show(status, args, ctx, "");
    const signal = AbortSignal.any([ctx.signal, ctx.unread]);
    while (args.watch && (await passed(LOOK_EACH_MS, signal, ctx))) {
      status = await askHaStatus(socketOf(args), ctx.ports);
      show(status, args, ctx, ctx.columns === undefined ? "\n" : CLEAR);
    }
    return exitCodeOf(status);
  },
});

function show(
  status: HaStatusRecord,
  { json, quiet }: { readonly json: boolean; readonly quiet: boolean },
  ctx: Context,
  before: string,
): void {
  if (quiet) return;
  const screen = (): string => `${before}${haStatusLines(status, ctx.paint).join("\n")}`;
  ctx.stdout(json ? formatJson(status) : screen());
}

function exitCodeOf({ instances, unanswered, maintenance }: HaStatusRecord): number {
  if (unanswered.length > 0) return ExitCode.unknown;
  const canServe = instances.every(({ state }) => state === "master" || state === "backup");
  return canServe && maintenance === null ? ExitCode.ok : ExitCode.negative;
}

/** @returns false where `signal` came first */
async function passed(ms: number, signal: AbortSignal, { ports }: Context): Promise<boolean> {
  let cancel: Cancel = () => {};
  await new Promise<void>((resolve) => {
    cancel = ports.clock.at(ports.clock.nowMs() + ms, resolve);
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
  cancel();
  return !signal.aborted;
}

const LOOK_EACH_MS = 1000;
const CLEAR = "\x1b[H\x1b[2J";
