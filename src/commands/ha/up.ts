/** `ha up`: all of a keepalived.conf at work, in the foreground. */
import { checkConfiguration } from "../../app/ha/check-configuration.ts";
import { thisHost } from "../../app/ha/this-host.ts";
import { checkersWork } from "../../app/ha/up/checkers-process.ts";
import { hindrancesTo, planOf } from "../../app/ha/up/plan-of.ts";
import { serveParent } from "../../app/ha/up/process.ts";
import { type ReadPlan, readPlan } from "../../app/ha/up/reading.ts";
import { type HaEvent, Supervisor } from "../../app/ha/up/supervisor.ts";
import { vrrpWork } from "../../app/ha/up/vrrp-process.ts";
import { SystemError, UsageError } from "../../core/errors.ts";
import { printable } from "../../core/printable.ts";
import type { Parent } from "../../io/ports.ts";
import { type Context, defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { type ArgsOf, choice, duration, text } from "../option.ts";
import { eventLine, statePaint } from "../vrrp/event-text.ts";
import { configIdOption, OWN_FILE, wishOf } from "./conf-options.ts";
import { findingText } from "./finding-text.ts";

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
  "pid-file": text({
    value: "FILE",
    complete: "file",
    describe: "Write the number of the first process there while it runs",
  }),
  child: choice(["vrrp", "checkers", "reader"], {
    describe: "For its own use: which of its processes this is",
  }),
};

type Args = ArgsOf<typeof upOptions>;

export const haUp = defineCommand({
  name: "ha up",
  summary: "Run all of a keepalived.conf",
  description: [
    "Reads FILE as keepalived does and runs its virtual routers and their checks in the foreground, until it is told to end.",
  ],
  options: upOptions,
  examples: [["ha up -f keepalived.conf", "In the place of keepalived"]],
  exitStatus: {
    0: "It ran and ended politely.",
    1: "FILE has errors: nothing was started.",
    2: "Its work could not be begun.",
  },
  seeAlso: ["vipkit-ha-check(8)", "keepalived(8)"],
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
    const wish = wishOf(args["config-id"], ports, { host: await thisHost(ports, signal) });
    const checked = checkConfiguration(args.file, wish, ports.configurationFiles);
    const errors = hindrancesTo(checked);
    if (errors.length === 0) return { kind: "plan", plan: planOf(checked.vrrp) };
    const lines = errors.flatMap((one) => findingText(one, ctx.paint, ctx.columns));
    return { kind: "refused", isMistake: true, lines };
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    return { kind: "refused", isMistake: false, lines: [error.message] };
  }
}

async function runParent(args: Args, ctx: Context): Promise<number> {
  const { ports, signal } = ctx;
  const read = await readPlan(ports, START_MS);
  if (signal.aborted) return ExitCode.ok;
  if (read.kind === "refused") {
    for (const line of read.lines) ctx.stderr(line);
    return read.isMistake ? ExitCode.negative : ExitCode.unknown;
  }
  const limits = { silentMs: args.watchdog, startMs: START_MS, endMs: END_MS };
  const emit = (event: HaEvent): void => tellEvent(event, ctx);
  const supervisor = new Supervisor({ plan: read.plan, limits, emit }, ports);
  const stop = (): void => supervisor.stop();
  signal.addEventListener("abort", stop, { once: true });
  ctx.urgent.addEventListener("abort", stop, { once: true });
  const pidFile = args["pid-file"];
  if (pidFile !== undefined) await ports.files.write(pidFile, [pidLine(ports.pid)], "all");
  supervisor.start();
  const refusal = await supervisor.ended;
  if (pidFile !== undefined) await ports.files.remove(pidFile);
  if (refusal === undefined) return ExitCode.ok;
  ctx.stderr(`vipkit ha up: ${printable(refusal)}`);
  return ExitCode.unknown;
}

const pidLine = (pid: number): Uint8Array => new TextEncoder().encode(`${pid}\n`);

function tellEvent(event: HaEvent, ctx: Context): void {
  if (event.kind === "trouble") ctx.stderr(`${event.role}: ${printable(event.text)}`);
  else if (event.kind === "tracked") {
    ctx.stdout(`${event.news.kind} ${printable(event.news.name)} is ${event.news.state}`);
  } else if (event.event.type === "transition") {
    const line = eventLine(event.event, statePaint(event.event.to, ctx.paint));
    ctx.stdout(`${printable(event.instance)}: ${line}`);
  } else ctx.stderr(`${printable(event.instance)}: ${eventLine(event.event)}`);
}

const START_MS = 10_000;
const END_MS = 10_000;
