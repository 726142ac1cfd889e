/** How a thrown error reaches the user: one line (or one JSON object) and an exit status. */
import { SystemError, UsageError } from "../core/errors.ts";
import { printable } from "../core/printable.ts";
import { ExitCode } from "./exit-code.ts";

export interface Report {
  readonly exitCode: number;
  readonly line: string;
}

/** `command` is what stands before the reason: `vipkit vip add`. */
export function reportError(error: unknown, command: string, json: boolean): Report {
  const { exitCode, ...facts } = describeError(error);
  if (json) return { exitCode, line: JSON.stringify({ ...facts, command, exit_code: exitCode }) };
  return { exitCode, line: `${command}: ${sentence(facts)}` };
}

/** What was refused and what would help, in one line. */
export const reasonOf = (error: UsageError | SystemError): string => sentence(describeError(error));

/** A stack is our own text and keeps its lines; everything else may quote what the network sent. */
function sentence({ error, message, hint }: Omit<ErrorFacts, "exitCode">): string {
  const readable = error === "bug" ? message : printable(message);
  return hint === null ? readable : `${readable} (${hint})`;
}

interface ErrorFacts {
  readonly exitCode: number;
  readonly error: "usage" | "system" | "bug";
  readonly code: string | null; // errno name or a code of ours
  readonly message: string;
  readonly hint: string | null; // what would help
}

function describeError(error: unknown): ErrorFacts {
  if (error instanceof UsageError) {
    const { message } = error;
    return { exitCode: ExitCode.unknown, error: "usage", code: null, message, hint: null };
  }
  if (error instanceof SystemError) {
    const { code, message } = error;
    return { exitCode: ExitCode.unknown, error: "system", code, message, hint: hintFor(error) };
  }
  if (error instanceof Error && "syscall" in error && error.syscall === "uv_cwd") {
    const gone = "it was removed: change to another one"; // the parser asks for it when it is loaded
    return describeError(new SystemError("use", "the working directory", "ENOENT", gone));
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const message = `this is a bug of vipkit, please report it\n${stack}`;
  return { exitCode: ExitCode.bug, error: "bug", code: null, message, hint: null };
}

function hintFor({ code, op, subject }: SystemError): string | null {
  if (code === "ENETDOWN") return `bring it up: ip link set dev ${subject.split(" ").at(-1)} up`;
  if (code !== "EPERM" && code !== "EACCES") return HINTS[code] ?? null;
  if (op.startsWith("send")) return "a firewall rule of this host forbids it";
  const capability = CAPABILITIES.find(([ops]) => ops.test(op))?.[1];
  if (capability === undefined) return "not permitted: run as root";
  if (code === "EACCES") return null; // not who asks is wrong: IPv6 is switched off there
  if (!GRANT.includes(capability.toLowerCase())) return `needs ${capability}: run as root`;
  return `needs ${capability}: run as root, or: ${GRANT}`;
}

/** Both at once, for the next setcap would take the first one back. */
const GRANT = 'setcap cap_net_admin,cap_net_raw+ep "$(readlink -f "$(command -v node)")"';

const HINTS: Readonly<Record<string, string>> = {
  EADDRNOTAVAIL: "no such address here",
  EADDRINUSE: "who has it tells ss -ltnup",
  EAFNOSUPPORT: "this kernel or interface has no such protocol family",
  EMFILE: "too many open files: raise ulimit -n",
  ENOBUFS: "the kernel's send queue is full",
};

/** What the kernel wants for an operation, by the words of `SystemError.op`. */
const CAPABILITIES: readonly (readonly [RegExp, string])[] = [
  [/namespace|setns|unshare/, "CAP_SYS_ADMIN"],
  [/address|ipvs|link|route|rule|neighbour/, "CAP_NET_ADMIN"],
  [/socket|packet|bind/, "CAP_NET_RAW"],
  [/schedule/, "CAP_SYS_NICE"],
];
