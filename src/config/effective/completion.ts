/** An instance while it is completed. */
import type { Finding, Report } from "../finding.ts";
import type { Host } from "../host.ts";
import type { Values } from "../keyword.ts";
import type { VRRP_INSTANCE } from "../tables/vrrp-instance.ts";
import { Completing, type Writable } from "./completing.ts";
import type { Globals } from "./globals.ts";
import type { EffectiveInstance } from "./instance.ts";

export type Draft = Writable<EffectiveInstance>;

export class Completion extends Completing<EffectiveInstance> {
  readonly written: Values<typeof VRRP_INSTANCE>;
  readonly globals: Globals;
  readonly host: Host | null;

  constructor(
    draft: Draft,
    written: Values<typeof VRRP_INSTANCE>,
    globals: Globals,
    host: Host | null,
    report: Report,
  ) {
    super(draft, report);
    this.written = written;
    this.globals = globals;
    this.host = host;
  }

  /** The instance stays in FAULT. */
  fault(found: Finding): void {
    this.draft.faults = [...this.draft.faults, found];
  }

  /** keepalived runs no VRRP. */
  refuse(found: Finding): void {
    this.draft.refusals = [...this.draft.refusals, found];
  }
}
