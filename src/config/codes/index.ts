/** Every kind of finding there is, in the order of their codes. Each file has a hundred codes of its own. */
import type { FindingKind } from "../finding.ts";
import * as balancing from "./balancing.ts";
import * as cluster from "./cluster.ts";
import * as host from "./host.ts";
import * as lvs from "./lvs.ts";
import * as scripts from "./scripts.ts";
import * as tracking from "./tracking.ts";
import * as values from "./values.ts";
import * as vrrp from "./vrrp.ts";
import * as wire from "./wire.ts";
import * as words from "./words.ts";

/** By the hundreds of their codes. */
export const KINDS_BY_HUNDRED: Readonly<Record<number, readonly FindingKind[]>> = {
  1: Object.values(words),
  2: Object.values(values),
  3: Object.values(vrrp),
  4: [...Object.values(tracking), ...Object.values(scripts)],
  5: [...Object.values(lvs), ...Object.values(balancing)],
  6: Object.values(host),
  7: Object.values(cluster),
  8: Object.values(wire),
};

export const KINDS: readonly FindingKind[] = Object.values(KINDS_BY_HUNDRED)
  .flat()
  .sort((a, b) => (a.code < b.code ? -1 : 1));
