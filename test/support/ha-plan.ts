/** Plans of `ha up` for tests. */

import type { DumpPlan } from "../../src/app/ha/dump/plan.ts";
import type {
  HaPlan,
  OwnProcess,
  PlannedRouter,
  PlannedScript,
} from "../../src/app/ha/up/plan/plan.ts";
import type { VrrpInstance } from "../../src/app/vrrp/instance.ts";
import { lvsPlan } from "./lvs-plan.ts";
import { vip, vrrpConfig, vrrpInstance } from "./vrrp.ts";

/** A router with the VRID and an address of its own, `VI_51` with 10.0.0.51. */
export const plannedRouter = (
  vrid: number,
  changes: Partial<VrrpInstance> = {},
  more: Partial<PlannedRouter> = {},
): PlannedRouter => ({
  instance: vrrpInstance({
    name: `VI_${vrid}`,
    vips: [vip(`10.0.0.${vrid}/24`)],
    config: vrrpConfig({ vrid, garpRepeat: 1 }),
    ...changes,
  }),
  keys: null,
  trackers: [],
  ...more,
});

export const plannedScript = (changes: Partial<PlannedScript> = {}): PlannedScript => ({
  name: "chk",
  argv: ["/bin/chk"],
  user: null,
  intervalMs: 1000,
  timeoutMs: 500,
  rise: 1,
  fall: 1,
  initFail: false,
  ...changes,
});

export const haPlan = (changes: Partial<HaPlan> = {}): HaPlan => ({
  routers: [],
  syncGroups: [],
  scripts: [],
  files: [],
  processes: [],
  statics: { addresses: [], routing: { routes: [], rules: [] }, promoting: [] },
  linkDelays: new Map(),
  pacing: { usual: { garpMs: 0, gnaMs: 0 }, groups: [] },
  notify: { subjects: [], fifos: [], mail: null, retells: false },
  lvs: lvsPlan([]),
  notes: [],
  own: { parent: AS_USUAL, vrrp: AS_USUAL, checkers: AS_USUAL },
  dump: NOTHING_DUMPED,
  ...changes,
});

const NOTHING_DUMPED: DumpPlan = {
  paths: { data: "/tmp/d", statistics: "/tmp/s", json: "/tmp/j" },
  jsonVersion: 1,
  globals: [],
  instances: [],
  groups: [],
  scripts: [],
  files: [],
  processes: [],
};

const AS_USUAL: OwnProcess = { name: null, nice: null, realtimePriority: null };
