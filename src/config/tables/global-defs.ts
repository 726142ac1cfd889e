/** `global_defs { ... }`: what holds for keepalived as a whole. Several such blocks are read as one. */

import { GLOBAL_GARP } from "./garp.ts";
import { ALERTS } from "./global/alerts.ts";
import { BUFFERS } from "./global/buffers.ts";
import { FIREWALL } from "./global/firewall.ts";
import { LVS } from "./global/lvs.ts";
import { MANAGEMENT } from "./global/management.ts";
import { NOTIFY_FIFOS } from "./global/notify.ts";
import { PROCESSES } from "./global/processes.ts";
import { DUMPS, RELOAD } from "./global/reload.ts";
import { VRRP_DEFAULTS } from "./global/vrrp.ts";

export const GLOBAL_DEFS = {
  ...ALERTS,
  ...PROCESSES,
  ...RELOAD,
  ...DUMPS,
  ...VRRP_DEFAULTS,
  ...GLOBAL_GARP,
  ...FIREWALL,
  ...BUFFERS,
  ...NOTIFY_FIFOS,
  ...LVS,
  ...MANAGEMENT,
} as const;
