/** A virtual_server as it is in force, with its real servers and their health checks. */
import type { Family, IpBytes } from "../../core/addr.ts";
import type { Forwarding } from "../entries/forwarding.ts";
import type { GroupMember } from "../entries/group-member.ts";
import type { VirtualService } from "../entries/service.ts";
import type { Span } from "../place.ts";
import type { CHECK_TABLES } from "../tables/checkers.ts";
import type { REAL_SERVER } from "../tables/real-server.ts";
import type { VIRTUAL_SERVER } from "../tables/virtual-server.ts";
import type { Effective, InForce } from "./in-force.ts";

/** What always has a value of the keywords that checks share. */
interface SureOfCheck {
  readonly delay_loop: number; // ms
  readonly retry: number;
  readonly delay_before_retry: number; // ms
  readonly warmup: number; // ms
  readonly alpha: boolean;
  readonly connect_timeout: number; // ms
  readonly connect_ip: IpBytes;
}

type InForceOf<S> = { readonly [K in keyof S]: InForce<S[K]> };
type Replacing<T, S> = Omit<T, keyof S> & InForceOf<S>;

export type CheckKind = keyof typeof CHECK_TABLES;

export type CheckValues<K extends CheckKind> = Replacing<
  Effective<(typeof CHECK_TABLES)[K]>,
  Pick<SureOfCheck, keyof SureOfCheck & keyof (typeof CHECK_TABLES)[K]>
>;

export interface CheckOf<K extends CheckKind> {
  readonly kind: K;
  readonly span: Span; // of its keyword
  readonly values: CheckValues<K>;
}

export type EffectiveCheck = { [K in CheckKind]: CheckOf<K> }[CheckKind];

interface SureOfServer {
  readonly weight: number;
  readonly lvs_method: Forwarding;
  readonly alpha: boolean;
  readonly inhibit_on_failure: boolean;
  readonly smtp_alert: boolean;
  readonly delay_loop: number; // ms
  readonly connect_timeout: number; // ms
}

export type EffectiveRealServer = Replacing<
  Omit<Effective<typeof REAL_SERVER>, CheckKind>,
  SureOfServer
> & {
  readonly span: Span; // of its address
  readonly ip: IpBytes;
  readonly port: InForce<number | null>; // null: that of each packet
  readonly checks: readonly EffectiveCheck[]; // in their order
  readonly isChecked: boolean; // a check is written, whatever keepalived makes of it
};

export interface EffectiveSorryServer {
  readonly span: Span; // of its address
  readonly ip: IpBytes;
  readonly port: InForce<number | null>;
  readonly lvs_method: InForce<Forwarding>;
  readonly inhibit: InForce<boolean>;
}

interface SureOfService {
  readonly lvs_sched: string;
  readonly lvs_method: Forwarding;
  readonly quorum: number;
  readonly hysteresis: number;
  readonly weight: number;
  readonly smtp_alert: boolean;
  readonly delay_loop: number; // ms
  readonly connect_timeout: number; // ms
}

type Row = typeof VIRTUAL_SERVER;
type Left = "real_server" | "sorry_server" | "sorry_server_inhibit" | "sorry_server_lvs_method";

export type EffectiveVirtualServer = Replacing<
  Omit<Effective<Row>, Left | "lb_algo" | "lb_kind">,
  SureOfService
> & {
  readonly name: string; // as it is written: "10.0.0.9 80", "fwmark 5", "group web"
  readonly span: Span; // of that
  readonly service: VirtualService;
  readonly members: readonly InForce<GroupMember>[]; // of its group
  readonly family: InForce<Family | null>; // null: both, or none is said
  readonly servers: readonly EffectiveRealServer[];
  readonly sorry: EffectiveSorryServer | null;
};
