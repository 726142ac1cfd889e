/** As whom programs run: accounts that the host lacks. */
import { NO_DEFAULT_USER, NO_SUCH_USER, NO_SUCH_USER_OF_HOOK } from "../codes/scripts.ts";
import type { Globals } from "../effective/globals.ts";
import { finding, type Report } from "../finding.ts";
import type { Lookup } from "../host.ts";
import type { NamedProgram } from "./programs.ts";

export const DEFAULT_USER = "keepalived_script";

/** A vrrp_script or a MISC_CHECK: keepalived removes it, and `keepalived -t` says so. */
export const isCheck = ({ keyword }: NamedProgram): boolean =>
  keyword === "script" || keyword === "misc_path";

/** @returns those that have somebody to run as, with the uid */
export function withUsers(
  programs: readonly NamedProgram[],
  { script_user: general, enable_script_security: security }: Globals,
  users: Lookup<number>,
  report: Report,
): (NamedProgram & { readonly uid: number })[] {
  const isUnknown = general.value !== null && users.get(general.value.user) === undefined;
  if (isUnknown && general.origin.kind === "written") {
    const message = `the host has no user ${general.value?.user}, as whom scripts are to run`;
    report(finding(NO_SUCH_USER, general.origin.span, message));
  }
  let isTold = isUnknown;
  return programs.flatMap((program) => {
    const { user, userSpan, span, name } = program;
    if (user !== null) {
      const uid = users.get(user);
      if (uid !== undefined) return [{ ...program, uid }];
      const kind = isCheck(program) ? NO_SUCH_USER : NO_SUCH_USER_OF_HOOK;
      report(finding(kind, userSpan, `the host has no user ${user}, as whom ${name} is to run`));
      return [];
    }
    const uid = users.get(general.value?.user ?? DEFAULT_USER);
    if (uid !== undefined) return [{ ...program, uid }];
    if (general.value === null && security.value === null) return [{ ...program, uid: 0 }];
    if (!isTold && isCheck(program)) {
      isTold = true;
      const message = `there is no user ${DEFAULT_USER}, as whom ${name} is to run`;
      const help = "write script_user in global_defs";
      report(finding(NO_DEFAULT_USER, span, message, { help }));
    }
    return [];
  });
}
