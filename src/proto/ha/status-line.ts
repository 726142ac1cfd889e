/** One line about all virtual routers, for who lists services. */
import type { VrrpState } from "../vrrp/facts.ts";

/** `MASTER of VI_1, VI_2; BACKUP of VI_3`; of many their number. */
export function statusLine(states: ReadonlyMap<string, VrrpState>): string {
  const parts = ORDER.flatMap((state) => {
    const names = [...states].flatMap(([name, its]) => (its === state ? [name] : []));
    if (names.length === 0) return [];
    const listed = names.join(", ");
    const whom = names.length > 1 && listed.length > MAX_CHARS ? `${names.length} routers` : listed;
    return `${state.toUpperCase()} of ${whom}`;
  });
  return parts.length === 0 ? "no virtual routers" : parts.join("; ");
}

const ORDER: readonly VrrpState[] = ["master", "backup", "fault", "init"];
const MAX_CHARS = 60;
