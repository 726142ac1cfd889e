/** Maintenance of a node as a line for people. */
import type { MaintenanceRecord } from "../../app/ha/up/parent/maintenance.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { printable } from "../../core/printable.ts";

/** `maintenance since 2026-01-02T00:00:00.000Z, ends in 2h: new kernel`. */
export function maintenanceLine(record: MaintenanceRecord | null): string {
  if (record === null) return "maintenance is over";
  const { since, ends_in_ms, reason } = record;
  const end = ends_in_ms === null ? "" : `, ends in ${formatDurationMs(ends_in_ms)}`;
  return printable(`maintenance since ${since}${end}${reason === null ? "" : `: ${reason}`}`);
}
