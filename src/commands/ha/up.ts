/** `ha up`: all of a keepalived.conf at work, in the foreground. */
import {
  type CheckedConfiguration,
  checkConfiguration,
  errorsOf,
} from "../../app/ha/check-configuration.ts";
import { thisHost } from "../../app/ha/this-host.ts";
import { checkersWork } from "../../app/ha/up/checkers-process.ts";
import { maintenanceRecord } from "../../app/ha/up/maintenance.ts";
import { claimHost, runHa } from "../../app/ha/up/parent.ts";
import { hindrancesTo, planOf } from "../../app/ha/up/plan-of.ts";
import { serveParent } from "../../app/ha/up/process.ts";
import { Programs, readAccounts } from "../../app/ha/up/programs.ts";
import { type ReadPlan, readPlan } from "../../app/ha/up/reading.ts";
import type { HaEvent } from "../../app/ha/up/supervisor.ts";
import { vrrpWork } from "../../app/ha/up/vrrp-process.ts";
import { webWork } from "../../app/ha/web/web-work.ts";
import { NOT_ACTED_ON } from "../../config/codes/words.ts";
import { counted } from "../../core/counted.ts";
import { SystemError, UsageError } from "../../core/errors.ts";
import { printable } from "../../core/printable.ts";
import type { Parent } from "../../io/ports.ts";
import { type Context, defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { type ArgsOf, choice, duration, text } from "../option.ts";
import { eventLine, statePaint } from "../vrrp/event-text.ts";
import { configIdOption, OWN_FILE, wishOf } from "./conf-options.ts";
import { findingText } from "./finding-text.ts";
import { haNameOption, socketOf } from "./ha-name-option.ts";
import { maintenanceLine } from "./maintenance-text.ts";
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
    describe: "Kill and start again a process of ours that is silent for so long",
  }),
  ...haNameOption,
  "state-dir": text({
    value: "DIR",
    default: "/var/lib/vipkit",
    describe: "Where maintenance is remembered",
  }),
  "pid-file": text({
    value: "FILE",
    complete: "file",
    describe: "Write the number of the first process there while it runs",
  }),
  ...webOptions,
  child: choice(["vrrp", "checkers", "web", "reader"], {
    describe: "For its own use: which of its processes this is",
  }),
};

type Args = ArgsOf<typeof upOptions>;

export const haUp = defineCommand({
  name: "ha up",
  summary: "Run the virtual routers of a keepalived.conf",
  description: [
    "Reads FILE as keepalived does and runs its virtual routers, with all that they track, in the foreground, until it is told to end. What of FILE has no effect yet, as virtual servers, is told at the start.",
    ...WEB_MANUAL,
  ],
  options: upOptions,
  examples: [
    ["ha up -f keepalived.conf", "In the place of keepalived"],
    ["ha up -f blue.conf --name blue", "Beside another one on this host"],
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
  },
  seeAlso: ["vipkit-ha-check(8)", "vipkit-ha-status(8)", "keepalived(8)"],
  async run(args, ctx) {
    if (args.child === undefined) return await runParent(args, ctx);
    const { parent } = ctx.ports;
    if (parent === undefined) throw new UsageError("--child is for the processes of ha up alone");
    return await runChild(args, parent, ctx);
  },
});

async function runChild(args: Args, parent: Parent, ctx: Context): Promise<number> {
  const { ports } = ctx;
  const served = {
    vrrp: () => serveParent(parent, (tell) => vrrpWork(ports, tell), ports, ctx),
    checkers: () => serveParent(parent, (tell) => checkersWork(ports, tell), ports, ctx),
    web: async () => {
      const settings = webSettingsOf(args);
      if (settings === undefined) return false;
      return await serveParent(parent, (tell) => webWork(settings, ports, tell), ports, ctx);
    },
    reader: async () => {
      parent.send(await readFile(args, ctx));
      return true;
    },
  };
  const isDone = await served[args.child ?? "reader"]();
  return isDone ? ExitCode.ok : ExitCode.unknown;
}

async function readFile(args: Args, ctx: Context): Promise<ReadPlan> {
  const { ports, signal } = ctx;
  try {
    const host = await thisHost(ports, signal);
    const wish = wishOf(args["config-id"], ports, { host, tellsUnused: true });
    const checked = checkConfiguration(args.file, wish, ports.configurationFiles);
    const errors = hindrancesTo(checked);
    if (errors.length === 0) {
      const accounts = await readAccounts(ports.files, signal);
      const programs = new Programs(checked.vrrp.globals, accounts, checked.findings);
      const hostName = ports.readSysctl("kernel/hostname") ?? "localhost";
      const plan = planOf(checked, programs, hostName, ports);
      return {
        kind: "plan",
        plan: { ...plan, notes: [...plan.notes, ...borne(args.file, checked), ...unused(checked)] },
      };
    }
    const lines = errors.flatMap((one) => findingText(one, ctx.paint, ctx.columns));
    return { kind: "refused", isMistake: true, lines };
  } catch (error) {
    if (!(error instanceof SystemError || error instanceof UsageError)) throw error;
    return { kind: "refused", isMistake: false, lines: [error.message] };
  }
}

/** Keywords without an effect: nothing of a file is left out in silence. */
const unused = ({ findings }: CheckedConfiguration): readonly string[] =>
  findings.flatMap(({ kind, message }) => (kind === NOT_ACTED_ON ? message : []));

/** Errors with which keepalived goes on too. */
function borne(file: string, checked: CheckedConfiguration): readonly string[] {
  const { length } = errorsOf(checked);
  const what = `${file}: ${counted(length, "error")}`;
  return length === 0
    ? []
    : [`${what}, which vipkit ha check tells: runs what is in force in spite of them`];
}

async function runParent(args: Args, ctx: Context): Promise<number> {
  const { ports, signal, urgent } = ctx;
  const socket = socketOf(args);
  const claimed = await claimHost(socket, ports);
  try {
    const web = webSettingsOf(args);
    if (web !== undefined) await ports.tryPort(web.at);
    const read = await readPlan(ports, START_MS);
    if (signal.aborted) return ExitCode.ok;
    if (read.kind === "refused") {
      for (const line of read.lines) ctx.stderr(line);
      return read.isMistake ? ExitCode.negative : ExitCode.unknown;
    }
    const { file, "pid-file": pidFile, watchdog: silentMs, "state-dir": stateDirectory } = args;
    const limits = { silentMs, startMs: START_MS, endMs: END_MS };
    const emit = (event: HaEvent): void => tellEvent(event, ctx);
    const { plan } = read;
    for (const note of plan.notes) ctx.stderr(`note: ${printable(note)}`);
    if (pidFile !== undefined) await ports.files.write(pidFile, [pidLine(ports.pid)], "all");
    const isShown = web !== undefined;
    const options = { plan, file, socket, stateDirectory, limits, signal, urgent, emit, isShown };
    const refusal = await runHa(options, ports);
    if (pidFile !== undefined) await ports.files.remove(pidFile);
    if (refusal === undefined) return ExitCode.ok;
    ctx.stderr(`vipkit ha up: ${printable(refusal)}`);
    return ExitCode.unknown;
  } finally {
    claimed.close();
  }
}

const pidLine = (pid: number): Uint8Array => new TextEncoder().encode(`${pid}\n`);

function tellEvent(event: HaEvent, ctx: Context): void {
  if (event.kind === "trouble") ctx.stderr(`${event.role}: ${printable(event.text)}`);
  else if (event.kind === "tracked") {
    ctx.stdout(`${event.news.kind} ${printable(event.news.name)} is ${event.news.state}`);
  } else if (event.kind === "maintenance") {
    const record = event.state && maintenanceRecord(event.state, ctx.ports.clock.wallMs());
    ctx.stdout(maintenanceLine(record));
  } else if (event.event.type === "transition") {
    const line = eventLine(event.event, statePaint(event.event.to, ctx.paint));
    ctx.stdout(`${printable(event.instance)}: ${line}`);
  } else ctx.stderr(`${printable(event.instance)}: ${eventLine(event.event)}`);
}

const START_MS = 10_000;
const END_MS = 10_000;
