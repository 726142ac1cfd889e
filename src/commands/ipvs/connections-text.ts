/** How many connections real servers have in IPVS, as text. */
import type { Connections } from "../../app/ha/up/servers/ipvs-port.ts";

/** `active 2, inactive 0, persistent 1`, of all of them. */
export const connectionsText = (all: readonly Connections[]): string =>
  (["active", "inactive", "persistent"] as const)
    .map((kind) => `${kind} ${all.reduce((sum, one) => sum + one[kind], 0)}`)
    .join(", ");
