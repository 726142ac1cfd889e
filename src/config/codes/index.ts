/** Every kind of finding there is, in the order of their codes. Each file has a range of codes of its own. */
import type { FindingKind } from "../finding.ts";
import * as addresses from "./addresses.ts";
import * as balancing from "./balancing.ts";
import * as cluster from "./cluster.ts";
import * as host from "./host.ts";
import * as lvs from "./lvs.ts";
import * as meant from "./meant.ts";
import * as scripts from "./scripts.ts";
import * as tracking from "./tracking.ts";
import * as values from "./values.ts";
import * as vrrp from "./vrrp.ts";
import * as wire from "./wire.ts";
import * as words from "./words.ts";

const FILES = [
  words,
  values,
  meant,
  vrrp,
  addresses,
  tracking,
  scripts,
  lvs,
  balancing,
  host,
  cluster,
  wire,
];

export const KINDS: readonly FindingKind[] = FILES.flatMap((file): FindingKind[] =>
  Object.values(file),
).sort((a, b) => (a.code < b.code ? -1 : 1));
