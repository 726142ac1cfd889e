/** The programs that a configuration names, as they are to be run: as whom, and which keepalived would not run. */
import {
  INSECURE_CHECK,
  INSECURE_PROGRAM,
  NO_SUCH_PROGRAM,
  NO_SUCH_SCRIPT,
  NO_SUCH_USER_OF_HOOK,
} from "../../../../config/codes/scripts.ts";
import type { CommandOf, UserAndGroup } from "../../../../config/compound.ts";
import type { Globals } from "../../../../config/effective/globals.ts";
import { type InForce, spanOf } from "../../../../config/effective/in-force.ts";
import type { Finding, FindingKind } from "../../../../config/finding.ts";
import { DEFAULT_USER } from "../../../../config/rules/script-users.ts";
import { findGroup, findUser, idNumber } from "../../../../core/user-database.ts";
import type { Limit, Ports, ProgramUser } from "../../../../io/ports.ts";
import { readText } from "../../../check/read-whole.ts";
import { MOST_BYTES, PASSWD } from "../../this-host.ts";
import type { PlannedProgram } from "./notify-plan.ts";

/** Users and groups of this host: the texts of the files that list them. */
export interface Accounts {
  readonly passwd: string;
  readonly group: string;
}

/** @throws SystemError */
export async function readAccounts(
  files: Pick<Ports["files"], "read">,
  signal: Limit,
): Promise<Accounts> {
  const read = (path: string): Promise<string> => readText(path, MOST_BYTES, files, signal);
  return { passwd: await read(PASSWD), group: await read("/etc/group") };
}

export class Programs {
  /** A line for each that is not run, which says why. */
  readonly refused: string[] = [];
  readonly #globals: Globals;
  readonly #accounts: Accounts;
  readonly #findings: readonly Finding[];

  /** @param findings of the whole configuration */
  constructor(globals: Globals, accounts: Accounts, findings: readonly Finding[]) {
    this.#globals = globals;
    this.#accounts = accounts;
    this.#findings = findings;
  }

  /** @returns null where there is none, or none that is run */
  plan(command: InForce<CommandOf | null>): PlannedProgram | null {
    if (command.value === null) return null;
    const { argv, user, group } = command.value;
    const reason = this.whyNot(command);
    if (reason !== undefined) return this.#refuse(reason);
    const as = this.userFor(user === null ? null : { user, group });
    return typeof as === "string" ? this.#refuse(`${argv[0]}: ${as}`) : { argv, user: as };
  }

  /** Why keepalived would not run what is written there. */
  whyNot({ origin }: InForce<unknown>): string | undefined {
    const span = spanOf(origin);
    return this.#findings.find((one) => one.span === span && this.#forbids(one))?.message;
  }

  /** @returns null: ourselves; a text: why there is nobody */
  userFor(said: UserAndGroup | null): ProgramUser | null | string {
    const { script_user: general, enable_script_security: security } = this.#globals;
    const wanted = said ?? general.value;
    if (wanted !== null) return this.#find(wanted);
    const usual = findUser(this.#accounts.passwd, DEFAULT_USER);
    if (usual !== undefined || security.value === null) return usual ?? null;
    return `there is no user ${DEFAULT_USER}, as whom it is to run`;
  }

  #find({ user, group }: UserAndGroup): ProgramUser | string {
    const entry = findUser(this.#accounts.passwd, user);
    if (entry === undefined) return `there is no user ${user}, as whom it is to run`;
    const gid = group === null ? entry.gid : this.#gidOf(group);
    return gid === undefined ? `there is no group ${group}` : { uid: entry.uid, gid };
  }

  #gidOf(group: string): number | undefined {
    return findGroup(this.#accounts.group, group) ?? idNumber(group);
  }

  #forbids({ kind }: Finding): boolean {
    if (INSECURE.has(kind)) return this.#globals.enable_script_security.value !== null;
    return MISSING.has(kind);
  }

  #refuse(reason: string): null {
    this.refused.push(`${reason}: it is not run`);
    return null;
  }
}

const INSECURE: ReadonlySet<FindingKind> = new Set([INSECURE_CHECK, INSECURE_PROGRAM]);
const MISSING: ReadonlySet<FindingKind> = new Set([
  NO_SUCH_PROGRAM,
  NO_SUCH_SCRIPT,
  NO_SUCH_USER_OF_HOOK,
]);
