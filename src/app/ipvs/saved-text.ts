/** The table of the kernel as a file that `ipvs sync` reads. */
import { formatIpvsadmSave } from "../../proto/ipvs/ipvsadm-save.ts";
import { formatJsonTable, formatYamlTable } from "../../proto/ipvs/target-text.ts";
import { sortedTable } from "./adm-list.ts";
import type { IpvsKernel } from "./kernel.ts";

export const SAVED_FORMATS = ["ipvsadm", "yaml", "json"] as const;
export type SavedFormat = (typeof SAVED_FORMATS)[number];

/** Lines; "" for an empty table of ipvsadm. @throws SystemError */
export function savedText(kernel: IpvsKernel, format: SavedFormat): string {
  const table = sortedTable(kernel);
  if (format === "ipvsadm") return formatIpvsadmSave(table, true).join("\n");
  const target = { table, timeouts: kernel.timeouts(), daemons: kernel.daemons() };
  return (format === "json" ? formatJsonTable : formatYamlTable)(target).trimEnd();
}
