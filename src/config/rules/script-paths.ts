/** Programs that keepalived does not run, and which part of the way to them is to blame. */
import { formatMode, type PathPart, strangerIn } from "../../core/path-part.ts";
import {
  INSECURE_CHECK,
  INSECURE_PROGRAM,
  NO_SECURITY,
  NO_SUCH_PROGRAM,
  NO_SUCH_SCRIPT,
  NOT_EXECUTABLE,
} from "../codes/scripts.ts";
import { finding, type Report } from "../finding.ts";
import type { AllFacts } from "./facts.ts";
import { type NamedProgram, programsOf } from "./programs.ts";
import { withUsers } from "./script-users.ts";

export function findRefusedPrograms({ conf, vrrp, host, report }: AllFacts): void {
  if (host === null || host.users === null) return;
  const { programs: ways } = host;
  const { globals, named } = vrrp;
  const isUsed = ({ keyword, block }: NamedProgram): boolean =>
    keyword !== "script" || named.has(block.replace(/^vrrp_script/, "script"));
  const programs = withUsers(programsOf(conf), globals, host.users, report).filter(isUsed);
  const isSecure = globals.enable_script_security.value !== null;
  let isTold = isSecure;
  for (const program of programs) {
    const way = ways?.get(program.name);
    if (way === undefined || !isThere(program, way, report)) continue;
    complain(program, way, isSecure, report);
    if (isTold) continue;
    isTold = true;
    const message = `${program.name} is run, and enable_script_security is not set`;
    const help = "write enable_script_security in global_defs";
    report(finding(NO_SECURITY, program.span, message, { help }));
  }
}

function isThere(program: NamedProgram, way: readonly PathPart[], report: Report): boolean {
  const last = way.at(-1);
  if (last !== undefined && last.kind !== "missing") return true;
  const { name, span, keyword } = program;
  const lost = last === undefined ? `PATH has no ${name}` : `there is no ${last.path}`;
  const message = last?.path === name || last === undefined ? lost : `${name}: ${lost}`;
  report(finding(keyword === "script" ? NO_SUCH_SCRIPT : NO_SUCH_PROGRAM, span, message));
  return false;
}

function complain(
  program: NamedProgram & { readonly uid: number },
  way: readonly PathPart[],
  isSecure: boolean,
  report: Report,
): void {
  const { name, span, keyword, uid } = program;
  const last = way.at(-1);
  if (last === undefined) return;
  const isDisabled = isSecure || last.kind !== "file";
  const kind = keyword === "script" && isDisabled ? INSECURE_CHECK : INSECURE_PROGRAM;
  if (last.kind !== "file") {
    report(finding(kind, span, `${name}: ${last.path} is no regular file`));
    return;
  }
  if ((last.mode & 0o111) === 0) {
    const message = `${name}: ${last.path} is not executable (${formatMode(last)})`;
    report(finding(NOT_EXECUTABLE, span, message, { help: `chmod a+x ${last.path}` }));
  }
  if (uid !== 0) return;
  const weak = way.find((part) => strangerIn(part) !== null);
  if (weak === undefined) return;
  const message = `${name}: ${weak.path} ${strangerIn(weak)} (${formatMode(weak)}), and it runs as root`;
  report(finding(kind, span, message, { help: remedyOf(weak) }));
}

const remedyOf = ({ path, uid }: PathPart): string =>
  uid === 0 ? `chmod go-w ${path}` : `chown root ${path}`;
