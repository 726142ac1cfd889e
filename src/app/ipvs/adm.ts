/** Carries out a command line of ipvsadm(8). */
import { UsageError } from "../../core/errors.ts";
import type { Limit, Ports } from "../../io/ports.ts";
import {
  type IpvsadmCommand,
  type Listing,
  readIpvsadmCommand,
} from "../../proto/ipvs/ipvsadm-command.ts";
import { formatIpvsadmDaemon, formatIpvsadmTimeouts } from "../../proto/ipvs/ipvsadm-facts.ts";
import { formatIpvsadmSave } from "../../proto/ipvs/ipvsadm-save.ts";
import { WordFault } from "../../proto/ipvs/ipvsadm-words.ts";
import { carryOutAdm, isAdmChange } from "./adm-change.ts";
import { listConnections, listServices, sortedTable } from "./adm-list.ts";
import { type Restored, restore } from "./adm-restore.ts";
import type { IpvsKernel } from "./kernel.ts";

export interface AdmOutside extends Pick<Ports, "files"> {
  /** Some lines of the answer; resolves when there is room for more. */
  readonly tell: (lines: string) => Promise<void>;
  readonly signal: Limit;
}

/** What came of it, where that is not all done. */
export type AdmOutcome =
  | { readonly kind: "done" | "absent" }
  | ({ readonly kind: "restored" } & Restored);

/** @throws UsageError where the words are none of ipvsadm's */
export function readAdm(words: readonly string[]): IpvsadmCommand {
  try {
    return readIpvsadmCommand(words.length === 0 ? ["--list"] : words);
  } catch (error) {
    throw error instanceof WordFault ? new UsageError(error.message, { cause: error }) : error;
  }
}

/** @throws SystemError */
export async function runAdm(
  kernel: IpvsKernel,
  command: IpvsadmCommand,
  outside: AdmOutside,
): Promise<AdmOutcome> {
  if (isAdmChange(command)) {
    const [refused] = carryOutAdm(kernel, [command]);
    if (refused !== undefined) throw refused.error;
    return { kind: "done" };
  }
  if (command.kind === "restore")
    return { kind: "restored", ...(await restore(kernel, outside.files, outside.signal)) };
  const lines =
    command.kind === "list"
      ? await listed(kernel, command, outside)
      : command.kind === "save" && formatIpvsadmSave(sortedTable(kernel), false);
  if (lines === undefined) return { kind: "absent" };
  if (lines !== false && lines.length > 0) await outside.tell(lines.join("\n"));
  return { kind: "done" };
}

/** @returns undefined where there is no such service */
async function listed(
  kernel: IpvsKernel,
  listing: Listing,
  { files, tell, signal }: AdmOutside,
): Promise<string[] | undefined> {
  switch (listing.what) {
    case "services":
      return listServices(kernel, listing);
    case "timeouts":
      return [formatIpvsadmTimeouts(kernel.timeouts())];
    case "daemons":
      return kernel.daemons().map(formatIpvsadmDaemon);
    case "connections":
      await listConnections(listing.columns === "persistent-conn", { files }, tell, signal);
      return [];
  }
}
