/** `ha up`: all of a keepalived.conf at work, in the foreground. */

import { surviveDumpSignals } from "../../app/ha/dump/dumper.ts";
import { thisHost } from "../../app/ha/this-host.ts";
import { checkersWork } from "../../app/ha/up/checkers/checkers-process.ts";
import { maintenanceRecord } from "../../app/ha/up/parent/maintenance.ts";
import { claimHost, runHa } from "../../app/ha/up/parent/parent.ts";
import { type ReadPlan, readPlan } from "../../app/ha/up/parent/reading.ts";
import { reloadRecord } from "../../app/ha/up/parent/reload-record.ts";
import type { HaEvent } from "../../app/ha/up/parent/supervisor.ts";
import { type BeginWork, serveParent } from "../../app/ha/up/process.ts";
import { vrrpWork } from "../../app/ha/up/vrrp/vrrp-process.ts";
import { webWork } from "../../app/ha/web/web-work.ts";
import { UsageError } from "../../core/errors.ts";
import { printable } from "../../core/printable.ts";
import type { Parent } from "../../io/ports.ts";
import { type Context, defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { type ArgsOf, choice, duration, flag, text } from "../option.ts";
import { reasonOf } from "../report.ts";
import { eventLine, statePaint } from "../vrrp/event-text.ts";
import { careOf, careOptions } from "./care-options.ts";
import { configIdOption, OWN_FILE, wishOf } from "./conf-options.ts";
import { haNameOption, socketOf } from "./ha-name-option.ts";
import { logOf, logOptions, type Voice } from "./log-options.ts";
import { maintenanceLine } from "./maintenance-text.ts";
import { runningOwnChecks } from "./own-checks.ts";
import { readFile, refusalLines } from "./plan-file.ts";
import { tellReload } from "./reload-text.ts";
import { serverEventLine } from "./server-text.ts";
import { stateDirOption } from "./state-dir-option.ts";
import { UP_MANUAL } from "./up-manual.ts";
import { WEB_MANUAL, webOptions, webSettingsOf } from "./web-options.ts";

const upOptions = {
  file: text({
    short: "f",
    value: "FILE",
    complete: "file",
    default: OWN_FILE,
    describe: "The keepalived.conf to go by",
  }),
  ...configIdOption,
  watchdog: duration({
    default: "1s",
    describe: "Kill and start again a process that is silent for so long (checks: 3s at least)",
  }),
  "watch-config": flag({ describe: "Reload whenever a file of the configuration changes" }),
  name: { ...haNameOption.name, describe: "Its name, where several run on one host" },
  ...stateDirOption,
  "keep-ipvs": flag({
    short: "I",
    describe: "Leave virtual servers in IPVS at the end, as keepalived does with -I",
  }),
  "pid-file": text({
    value: "FILE",
    complete: "file",
    describe: "Write the number of the first process there while it runs",
  }),
  ...careOptions,
  ...webOptions,
  ...logOptions,
  child: choice(["vrrp", "checkers", "web", "reader"], {
    describe: "For its own use: which of its processes this is",
  }),
};

type Args = ArgsOf<typeof upOptions>;

export const haUp = defineCommand({
  name: "ha up",
  summary: "Run all of a keepalived.conf in its place",
  description: [
    "Reads FILE as keepalived does and runs its virtual routers, with all that they track, and its virtual servers, whose real servers are checked and set in IPVS, in the foreground, until it is told to end. What of FILE has no effect is told at the start.",
    "SIGHUP, or vipkit ha reload, has FILE read anew. With an error in it that was not there before all goes on as it was, and the errors are told. Else only what is another thing in it changes, as vipkit ha plan tells: a virtual router that is the same is not touched, one with other addresses, priority, password, interval or peers goes on in its state while its adverts do not pause, and one that is gone hands over. What scripts have found stays. A reload during a reload is one more reload behind it.",
    "With --watch-config the files that were read are looked at each second, and a reload begins when one of them is another and has been left alone for a second. A file that an include with wildcards would find anew is seen at the next reload.",
    ...WEB_MANUAL,
  ],
  manual: UP_MANUAL,
  options: upOptions,
  examples: [
    ["ha up -f keepalived.conf", "In the place of keepalived"],
    [
      "ha up -f blue.conf --name blue --watch-config",
      "Beside another one on this host, always by its file as it is",
    ],
    ["ha up --metrics 9165", "With metrics for Prometheus on http://127.0.0.1:9165/metrics"],
  ],
  exitStatus: {
    0: "It ran and ended politely.",
    1: "FILE has errors with which keepalived does not start either: nothing was started.",
    2: "Could not start: FILE cannot be read, or another ha up runs here.",
  },
  files: {
    "/run/vipkit/ha.sock":
      "Where it is asked by ha status and others, mode 0600; with --name ha@NAME.sock.",
    "/run/vipkit/NAME.sock":
      "Where each router answers, as those of vrrp run; see vipkit-vrrp-status(8).",
    "/var/lib/vipkit/ha-maintenance.json": "There while maintenance lasts.",
    "/tmp/keepalived.data, /tmp/keepalived.stats, /tmp/keepalived.json":
      "Written for signals; in the directory that TMPDIR names, where it is set.",
    "/var/lib/vipkit/ha.journal": "What ha report reads, mode 0600, at most 32 MiB with .1 to .7.",
  },
  seeAlso: [
    "vipkit-ha-check(8)",
    "vipkit-ha-plan(8)",
    "vipkit-ha-reload(8)",
    "vipkit-ha-status(8)",
    "keepalived(8)",
  ],
  async run(args, ctx) {
    surviveDumpSignals(ctx.ports);
    if (args.child === undefined) return await runParent(args, ctx);
    const { parent } = ctx.ports;
    if (parent === undefined) throw new UsageError("--child is for the processes of ha up alone");
    return await runChild(args, parent, ctx);
  },
});

async function runChild(args: Args, parent: Parent, ctx: Context): Promise<number> {
  const { ports, urgent } = ctx;
  const care = careOf(args);
  const around = { urgent, reasonOf, silentMs: args.watchdog };
  const serve = <Message extends object>(begin: BeginWork<Message>): Promise<boolean> =>
    serveParent(parent, begin, ports, around);
  const served = {
    vrrp: () => serve((tell, live) => vrrpWork(ports, tell, live)),
    checkers: () => {
      const outside = {
        random: Math.random,
        runScript: runningOwnChecks(ctx),
        keepsIpvs: args["keep-ipvs"],
        care,
      };
      return serve((tell) => checkersWork(ports, outside, tell));
    },
    web: async () => {
      const settings = webSettingsOf(args);
      if (settings === undefined) return false;
      return await serve((tell) => webWork(settings, ports, tell));
    },
    reader: async () => {
      const wish = async () => {
        const host = await thisHost(ports, ctx.signal);
        return wishOf(args["config-id"], ports, { host, tellsUnused: true });
      };
      await parent.deliver(await readFile(args.file, wish, ctx));
      return true;
    },
  };
  const isDone = await served[args.child ?? "reader"]();
  return isDone ? ExitCode.ok : ExitCode.unknown;
}

async function runParent(args: Args, ctx: Context): Promise<number> {
  const { ports, signal, urgent } = ctx;
  const socket = socketOf(args);
  careOf(args); // refused before anything is begun
  const { log, voiceOf } = logOf(args, ctx);
  const claimed = await claimHost(socket, args.file, ports);
  try {
    const web = webSettingsOf(args);
    if (web !== undefined) await ports.tryPort(web.at);
    const read = await readPlan(ports, READ_MS);
    if (signal.aborted) return ExitCode.ok;
    if (read.kind === "refused") {
      for (const line of refusalLines(read, "ha up")) ctx.stderr(line);
      return read.isMistake ? ExitCode.negative : ExitCode.unknown;
    }
    const { file, "pid-file": pidFile, watchdog: silentMs, "state-dir": stateDirectory } = args;
    const limits = { silentMs, startMs: START_MS, endMs: END_MS };
    let { plan } = read;
    const emit = (event: HaEvent): void => tellEvent(event, voiceOf(event, plan));
    for (const note of plan.notes) log.write(4, `note: ${printable(note)}`);
    if (pidFile !== undefined) await ports.files.write(pidFile, [pidLine(ports.pid)], "all");
    const forgetPid = async (): Promise<void> => {
      if (pidFile !== undefined) await ports.files.remove(pidFile);
    };
    const options = {
      first: read,
      read: async (): Promise<ReadPlan> => {
        const again = await readPlan(ports, READ_MS);
        if (again.kind === "plan") ({ plan } = again);
        return again;
      },
      watchesFiles: args["watch-config"],
      onReload: ctx.onReload,
      isShown: web !== undefined,
      ...{ file, socket, stateDirectory, limits, signal, urgent, emit },
    };
    const running = runHa(options, ports).finally(async () => {
      log.close();
      await forgetPid();
    });
    ctx.lastly(async () => {
      await running; // in a hurry too: its sockets and the number of its process are to go
    });
    const refusal = await running;
    if (refusal === undefined) return ExitCode.ok;
    ctx.stderr(`vipkit ha up: ${printable(refusal)}`);
    return ExitCode.unknown;
  } finally {
    claimed.close();
  }
}

const pidLine = (pid: number): Uint8Array => new TextEncoder().encode(`${pid}\n`);

function tellEvent(event: HaEvent, ctx: Voice): void {
  if (event.kind === "reload") tellReload(reloadRecord(event.result), "ha up", ctx);
  else if (event.kind === "trouble") ctx.stderr(`${event.role}: ${printable(event.text)}`);
  else if (event.kind === "tracked") {
    ctx.stdout(`${event.news.kind} ${printable(event.news.name)} is ${event.news.state}`);
  } else if (event.kind === "server") ctx.stdout(serverEventLine(event.event));
  else if (event.kind === "maintenance") {
    const record = event.state && maintenanceRecord(event.state, ctx.ports.clock.wallMs());
    ctx.stdout(maintenanceLine(record));
  } else if (event.event.type === "transition") {
    const line = eventLine(event.event, statePaint(event.event.to, ctx.paint));
    ctx.stdout(`${printable(event.instance)}: ${line}`);
  } else ctx.stderr(`${printable(event.instance)}: ${eventLine(event.event)}`);
}

const START_MS = 10_000;
/** A file of thousands of servers, on a machine that is busy. */
const READ_MS = 60_000;
const END_MS = 10_000;
