/** An instance while it is completed. */
import { type Finding, type FindingKind, finding, type Report } from "../finding.ts";
import type { Host } from "../host.ts";
import { isBlamed, type Values } from "../keyword.ts";
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

  /** Says that a keyword is missing, unless what is written of it is refused: that says why already. */
  tellMissing(kind: FindingKind, keyword: keyof Completion["written"], help: string): Finding {
    const { name, span } = this.draft;
    const found = finding(kind, span, `vrrp_instance ${name} has no ${keyword}`, { help });
    if (!isBlamed(this.written, keyword)) this.report(found);
    return found;
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
