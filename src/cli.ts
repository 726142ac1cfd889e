/**
 * The program: binds the frame to this process, its terminal and its signals. Alone in building
 * adapters and in setting the exit status.
 */
import { COLOURLESS, type Paint } from "./commands/define.ts";
import { dispatch, type Outside, unknownExitCode, wantsJson } from "./commands/dispatch.ts";
import { type InterruptSignal, signalExitCode } from "./commands/exit-code.ts";
import { reportError } from "./commands/report.ts";
import { EchoedSignals } from "./core/echoed-signals.ts";

async function main(): Promise<void> {
  const [stop, urgent, unread] = [
    new AbortController(),
    new AbortController(),
    new AbortController(),
  ];
  let interrupted: InterruptSignal | undefined;
  let reload: (() => void) | undefined;
  let tell: (() => void) | undefined;
  let last = async (): Promise<void> => {};
  /** Ends with what must not be left behind given up; asked once more it waits for nothing. */
  const hurry = (exitCode: number, line?: string): void => {
    const again = urgent.signal.aborted;
    urgent.abort(); // first: to write may block, and nobody must be left without an address
    if (line !== undefined) process.stderr.write(`${line}\n`);
    if (again) process.exit(exitCode);
    void last().finally(() => process.exit(exitCode));
  };
  // Hands that know keepalived send these to see its data; Node would end, or open a debugger.
  for (const name of ["SIGUSR1", "SIGUSR2", "SIGALRM"]) process.on(name, () => {});
  const echoes = new EchoedSignals();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const) {
    process.on(name, () => {
      if (echoes.isEcho(name, performance.now())) return;
      if (name === "SIGHUP" && reload !== undefined) {
        reload();
        return;
      }
      if (name === "SIGQUIT" && tell !== undefined && interrupted === undefined) {
        tell();
        return;
      }
      if (interrupted !== undefined) {
        hurry(signalExitCode(name)); // asked twice
        return;
      }
      interrupted = name;
      stop.abort();
    });
  }
  process.on("uncaughtException", (error) => {
    const { line, exitCode } = reportError(error, "vipkit", wantsJson(process.argv.slice(2)));
    hurry(exitCode, line);
  });
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (unread.signal.aborted) return; // told
    unread.abort();
    if (error.code === "EPIPE") return; // the reader has seen enough
    process.stderr.write(`vipkit: stdout: ${error.message}\n`);
    process.exitCode = unknownExitCode(process.argv.slice(2));
  });
  process.stderr.on("error", () => {}); // nobody is left to be told

  const outside: Outside = {
    stdout: (line) => process.stdout.write(`${line}\n`),
    stderr: (line) => process.stderr.write(`${line}\n`),
    signal: stop.signal,
    urgent: urgent.signal,
    unread: unread.signal,
    lastly: (work) => {
      last = work;
    },
    onReload: (run) => {
      reload = run;
    },
    onStatistics: (run) => {
      tell = run;
    },
    retitle: (words) => {
      process.title = ["vipkit", ...words].join(" "); // over the argv of the kernel, never beyond
    },
    interrupted: () => interrupted,
    backlogBytes: () => process.stdout.writableLength,
    drained: async () => {
      if (!process.stdout.writableNeedDrain || unread.signal.aborted || stop.signal.aborted) return;
      await new Promise<void>((resolve) => {
        const end = (): void => {
          process.stdout.off("drain", end);
          for (const signal of [unread.signal, stop.signal])
            signal.removeEventListener("abort", end);
          resolve();
        };
        process.stdout.on("drain", end);
        for (const signal of [unread.signal, stop.signal]) signal.addEventListener("abort", end);
      });
    },
    columns: process.stdout.isTTY ? process.stdout.columns || 80 : undefined, // a serial console says 0
    rows: process.stdout.isTTY ? process.stdout.rows : undefined,
    paint: choosePaint,
    openPorts: async (netns) => (await import("./io/system-ports.ts")).systemPorts(netns),
  };
  const exitCode = await dispatch(process.argv.slice(2), outside);
  process.exitCode ??= exitCode; // an answer that could not be written is none
  // A look-up of a name cannot be stopped, a server may not say goodbye: nobody waits for them.
  process.stdout.write("", () => {
    if (interrupted === "SIGINT" && process.exitCode === signalExitCode("SIGINT")) dieOfSigint();
    setTimeout(() => process.exit(), GRACE_MS).unref();
  });
}

/** A shell that runs us in a loop ends the loop only where it was the signal itself that ended us. */
function dieOfSigint(): void {
  process.removeAllListeners("SIGINT");
  process.kill(process.pid, "SIGINT");
}

async function choosePaint(when: "auto" | "always" | "never"): Promise<Paint> {
  const { NO_COLOR = "", TERM } = process.env;
  const able = process.stdout.isTTY && NO_COLOR === "" && TERM !== "dumb";
  if (when === "never" || (when === "auto" && !able)) return COLOURLESS;
  const { Chalk } = await import("chalk");
  return new Chalk({ level: 1 });
}

const GRACE_MS = 100;

void main();
