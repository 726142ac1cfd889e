/** A real server while it is completed: what it inherits, and the port that its forwarding leaves it. */
import { formatIp } from "../../core/addr.ts";
import type { Endpoint } from "../entries/service.ts";
import type { Report } from "../finding.ts";
import type { Setting, Values } from "../keyword.ts";
import { REAL_SERVER } from "../tables/real-server.ts";
import { withDefinitions } from "./checked.ts";
import { completeChecks } from "./complete-check.ts";
import { Completing, type Writable } from "./completing.ts";
import { effectiveOf } from "./defaults.ts";
import type { Definitions } from "./definitions.ts";
import type { Globals } from "./globals.ts";
import { byDefault, type InForce, inherited, isSaid } from "./in-force.ts";
import type { EffectiveRealServer, EffectiveVirtualServer } from "./virtual-server.ts";

export interface WrittenServer {
  readonly name: Endpoint;
  readonly body: Values<typeof REAL_SERVER>;
}

export const nameOfEndpoint = ({ ip, port }: Endpoint): string =>
  port === null ? formatIp(ip) : `${formatIp(ip)} ${port}`;

/** What real servers inherit. */
export type Inherited = Pick<
  EffectiveVirtualServer,
  | "name"
  | "lvs_method"
  | "weight"
  | "alpha"
  | "inhibit_on_failure"
  | "virtualhost"
  | "delay_loop"
  | "retry"
  | "delay_before_retry"
  | "warmup"
  | "connect_timeout"
>;

/** Without its checks, which need the port. */
export function beginRealServer(
  { value: { name, body }, span }: Setting<WrittenServer>,
  service: Inherited,
  globals: Globals,
  report: Report,
): Completing<EffectiveRealServer> {
  const port: InForce<number | null> = { value: name.port, origin: { kind: "written", span } };
  const more = { span, ip: name.ip, port, checks: [], isChecked: false };
  // The object that effectiveOf made is ours: there may be thousands, and copies of so many keys are slow.
  const raw: Record<string, unknown> = effectiveOf(REAL_SERVER, body, globals, more);
  const owner = `virtual_server ${service.name}`;
  for (const key of INHERITED) {
    if (body[key] !== null) continue;
    const from: InForce<unknown> = service[key];
    const isOff = from.value === null && FLAGS.has(key);
    raw[key] = inherited(owner, isOff ? { value: false, origin: from.origin } : from);
  }
  if (body.smtp_alert === null) raw.smtp_alert = mailsOf(globals, true);
  return new Completing(raw as unknown as Writable<EffectiveRealServer>, report);
}

const INHERITED = [
  "lvs_method",
  "weight",
  "alpha",
  "inhibit_on_failure",
  "virtualhost",
  "delay_loop",
  "retry",
  "delay_before_retry",
  "warmup",
  "connect_timeout",
] as const;

/** False where nobody says anything. */
const FLAGS: ReadonlySet<string> = new Set(["alpha", "inhibit_on_failure"]);

/** Whether mails are sent where neither the server nor global_defs says anything else. */
export function mailsOf(globals: Globals, otherwise: boolean): InForce<boolean> {
  const said = globals.smtp_alert_checker;
  return said.value === null || !isSaid(said)
    ? byDefault(otherwise)
    : inherited("global_defs", { ...said, value: said.value });
}

export function checkRealServer(
  { draft, report }: Completing<EffectiveRealServer>,
  { name: { port: written }, body }: WrittenServer,
  service: Inherited,
  definitions: Definitions,
  globals: Globals,
): void {
  const { ip, port } = draft;
  const of = {
    name: `real_server ${nameOfEndpoint({ ip, port: port.value })}`,
    server: draft,
    port: { value: written, origin: { kind: "written", span: draft.span } } as const,
    serviceName: `virtual_server ${service.name}`,
    serviceDelay: service.delay_loop,
  };
  const checks = completeChecks(body, of, globals, report);
  draft.isChecked = checks.length > 0;
  draft.checks = withDefinitions(checks, definitions, report);
}
