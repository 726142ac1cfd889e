/** A virtual server while it is completed. */
import { formatIp } from "../../core/addr.ts";
import type { Endpoint, VirtualService } from "../entries/service.ts";
import { type FindingKind, finding, type Report } from "../finding.ts";
import { isBlamed, type Values } from "../keyword.ts";
import type { VIRTUAL_SERVER } from "../tables/virtual-server.ts";
import { Completing, corrected, type OneValue, type ValueOf, type Writable } from "./completing.ts";
import { byDefault } from "./in-force.ts";
import type { EffectiveVirtualServer } from "./virtual-server.ts";

export interface WrittenService {
  readonly name: VirtualService;
  readonly body: Values<typeof VIRTUAL_SERVER>;
}

export class ServiceCompletion extends Completing<EffectiveVirtualServer> {
  readonly written: WrittenService["body"];

  constructor(
    draft: Writable<EffectiveVirtualServer>,
    written: WrittenService["body"],
    report: Report,
  ) {
    super(draft, report);
    this.written = written;
  }

  /** Gives a keyword that is missing its value, and says so unless what is written of it is refused. */
  supply<K extends OneValue<EffectiveVirtualServer> & keyof WrittenService["body"]>(
    key: K,
    value: ValueOf<EffectiveVirtualServer, K>,
    kind: FindingKind,
    message: string,
    help: string,
  ): void {
    const found = finding(kind, this.draft.span, message, { help });
    if (!isBlamed(this.written, key)) this.report(found);
    this.set(key, corrected(byDefault(null), value, found));
  }

  /** Where it listens by addresses: of a group each with its port. */
  get ports(): readonly (number | null)[] {
    const { service, members } = this.draft;
    if (service.by === "address") return [service.port];
    if (service.by === "fwmark") return service.mark === 0 ? [null] : []; // keepalived takes 0 as no mark
    return members.flatMap(({ value }) => (value.by === "address" ? [value.port] : []));
  }

  get hasMark(): boolean {
    const { service, members } = this.draft;
    if (service.by === "fwmark") return service.mark !== 0;
    return members.some(({ value }) => value.by === "fwmark");
  }
}

/** Address and port as one key. */
export const keyOf = ({ ip, port }: Endpoint): string => `${formatIp(ip)} ${port ?? 0}`;
