/** Virtual routers for tests: what is not said is as `vrrp run` has it by default. */
import type { VrrpConfig } from "../../src/proto/vrrp-config.ts";

export function vrrpConfig(changes: Partial<VrrpConfig> = {}): VrrpConfig {
  return {
    version: 3,
    vrid: 51,
    priority: 100,
    adverIntervalMs: 1000,
    preempt: true,
    preemptDelayMs: 0,
    garpRepeat: 5,
    garpDelayMs: 5000,
    garpRefreshMs: 60_000,
    ...changes,
  };
}
