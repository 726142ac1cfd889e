/** Runs vipkit as a test wants it: in this process on fake ports, or the real bundle as a child. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Command, Paint } from "../../src/commands/define.ts";
import { dispatch, type Outside } from "../../src/commands/dispatch.ts";
import type { InterruptSignal } from "../../src/commands/exit-code.ts";
import type { CommandEntry } from "../../src/commands/index.ts";
import type { Ports } from "../../src/io/ports.ts";

export interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface InProcess {
  /** Only the ports that the command uses; any other throws. */
  readonly ports?: Partial<Ports>;
  readonly columns?: number; // of the terminal; without it stdout is a pipe
  readonly backlogBytes?: number; // what stdout has not taken yet
  /** Interrupts the command: hand over the controller and abort it during the run. */
  readonly stop?: AbortController;
  readonly urgent?: AbortController; // the same for the second signal
  readonly onReload?: (reload: () => void) => void; // gets what SIGHUP would call
  readonly onStatistics?: (tell: () => void) => void; // gets what SIGQUIT would call
  readonly interruptedBy?: InterruptSignal; // which signal `stop` stands for
  /** Instead of the real list. */
  readonly entries?: readonly CommandEntry[];
  readonly onRetitle?: (words: readonly string[]) => void;
  readonly onNetns?: (name: string | undefined) => void;
}

/** Output lines end in "\n", as a user's file would have them. */
export async function runInProcess(argv: readonly string[], given: InProcess = {}): Promise<Ran> {
  let [stdout, stderr] = ["", ""];
  const outside: Outside = {
    stdout: (line) => {
      stdout += `${line}\n`;
    },
    stderr: (line) => {
      stderr += `${line}\n`;
    },
    signal: (given.stop ?? new AbortController()).signal,
    urgent: (given.urgent ?? new AbortController()).signal,
    unread: new AbortController().signal,
    lastly: () => {},
    onStatistics: (tell) => given.onStatistics?.(tell),
    onReload: (reload) => given.onReload?.(reload),
    retitle: (words) => given.onRetitle?.(words),
    interrupted: () => given.interruptedBy,
    backlogBytes: () => given.backlogBytes ?? 0,
    drained: async () => {},
    columns: given.columns,
    rows: given.columns === undefined ? undefined : 24,
    paint: async (when) => (when === "always" ? MARKED : PLAIN),
    openPorts: async (netns) => {
      given.onNetns?.(netns);
      return new Proxy(given.ports ?? {}, { get: portOrThrow }) as Ports;
    },
  };
  const exitCode = await dispatch(argv, outside, given.entries);
  return { exitCode, stdout, stderr };
}

/** `bin/vipkit.js` with what `npm run build` bundled. */
export function runBundle(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...argv], {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return { exitCode: status, stdout, stderr };
}

/** A list of commands for `InProcess.entries`. */
export const entriesOf = (...commands: readonly Command[]): readonly CommandEntry[] =>
  commands.map((command) => ({ name: command.name, load: async () => command }));

export const BIN = fileURLToPath(new URL("../../../bin/vipkit.js", import.meta.url));

/** `then` is asked for by every `await`: whether this is a promise. */
function portOrThrow(ports: Partial<Ports>, name: string | symbol): unknown {
  const port = Reflect.get(ports, name);
  if (port === undefined && name !== "then")
    throw new Error(`the test gave no port ${String(name)}`);
  return port;
}

const paintWith = (mark: (style: string, text: string) => string): Paint => ({
  red: (text) => mark("red", text),
  green: (text) => mark("green", text),
  yellow: (text) => mark("yellow", text),
});
const PLAIN = paintWith((_style, text) => text);
/** Tells which words are in which colour. */
export const MARKED = paintWith((style, text) => `<${style}>${text}</${style}>`);
