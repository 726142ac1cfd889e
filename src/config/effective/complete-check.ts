/** From a health check as it is written to what is in force: its own words, its server's, the built-in ones. */
import { familyOf, formatIp, isLinkLocalIp6 } from "../../core/addr.ts";
import { BIND_FAMILY, NO_BIND_INTERFACE, REPLY_TOO_LONG } from "../codes/lvs.ts";
import { finding, type Report } from "../finding.ts";
import type { Setting, Table, Values } from "../keyword.ts";
import { comparePlaces, type Span } from "../place.ts";
import { CONNECTION } from "../tables/checker-common.ts";
import { CHECK_TABLES } from "../tables/checkers.ts";
import type { REAL_SERVER } from "../tables/real-server.ts";
import { effectiveOf, nothingOf } from "./defaults.ts";
import type { Globals } from "./globals.ts";
import { byDefault, type InForce, inherited, spanOf } from "./in-force.ts";
import type { CheckKind, EffectiveCheck, EffectiveRealServer } from "./virtual-server.ts";

/** The real server, and the delay_loop of the virtual one, as a check inherits them. */
export interface CheckedServer {
  readonly name: string; // "real_server 10.0.0.3 80"
  readonly server: Omit<EffectiveRealServer, "checks">;
  readonly port: InForce<number | null>; // as it is written, whatever becomes of it
  readonly serviceName: string;
  readonly serviceDelay: InForce<number>; // ms
}

export function completeChecks(
  body: Values<typeof REAL_SERVER>,
  of: CheckedServer,
  globals: Globals,
  report: Report,
): EffectiveCheck[] {
  const written: { kind: CheckKind; setting: Setting<Values<Table>> }[] = [];
  for (const kind of KINDS) for (const setting of body[kind]) written.push({ kind, setting });
  for (const setting of body.SMTP_CHECK) written.push(...hostChecks(setting));
  return written
    .sort((a, b) => comparePlaces(a.setting.keyword.place, b.setting.keyword.place))
    .map(({ kind, setting }) => {
      // Its host blocks are checks of their own.
      const own = kind === "SMTP_CHECK" ? { ...setting.value, host: [] } : setting.value;
      const values = complete(kind, own, of, globals);
      const check = { kind, span: setting.keyword, values } as unknown as EffectiveCheck;
      complain(check, of.server, report);
      return check;
    });
}

/** Each host is a check of its own beside that of the real server, with what SMTP_CHECK says but for where it connects. */
const hostChecks = ({ value: { host, ...shared } }: Setting<SmtpCheck>) =>
  host.map(({ value, keyword, span }) => {
    const said = Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null));
    const { connect_timeout, ...elsewhere } = nothingOf(CONNECTION);
    const inside = { ...shared, host: [], ...elsewhere, ...said };
    return { kind: "SMTP_CHECK" as const, setting: { value: inside, keyword, span } };
  });

type SmtpCheck = Values<(typeof CHECK_TABLES)["SMTP_CHECK"]>;

const KINDS = Object.keys(CHECK_TABLES) as readonly CheckKind[];

type Raw = Record<string, InForce<unknown> | readonly InForce<unknown>[]>;

function complete(kind: CheckKind, body: Values<Table>, of: CheckedServer, globals: Globals): Raw {
  const table: Table = CHECK_TABLES[kind];
  const raw: Raw = effectiveOf(table, body, globals);
  const has = (name: string): boolean => Object.hasOwn(table, name);
  const isUnsaid = (name: string): boolean => has(name) && body[name] === null;
  const { server, name } = of;
  for (const key of INHERITED) {
    const own: InForce<unknown> = server[key];
    if (isUnsaid(key) && own.value !== null) raw[key] = inherited(name, own);
    else if (isUnsaid(key)) raw[key] = builtIn(kind, key, raw);
  }
  if (isUnsaid("sni_name")) {
    raw.sni_name = inherited("virtualhost", raw.virtualhost as InForce<unknown>);
  }
  if (isUnsaid("connect_ip")) {
    raw.connect_ip = inherited(name, {
      value: server.ip,
      origin: { kind: "written", span: server.span },
    });
  }
  if (isUnsaid("connect_port")) {
    const isOther = server.port.origin.kind === "corrected";
    raw.connect_port = isOther ? of.port : inherited(name, of.port);
  }
  if (isUnsaid("misc_timeout")) raw.misc_timeout = seconds(of);
  return raw;
}

/** In an order in which each is there before another one needs it. */
const INHERITED = [
  "delay_loop",
  "retry",
  "delay_before_retry",
  "warmup",
  "alpha",
  "connect_timeout",
  "virtualhost",
] as const;

function builtIn(kind: CheckKind, key: string, raw: Raw): InForce<unknown> {
  const delay = raw.delay_loop as InForce<number>;
  if (key === "retry") return byDefault(RETRIES[kind] ?? 1);
  if (key === "warmup") return inherited("delay_loop", delay);
  if (key !== "delay_before_retry") return byDefault(null);
  if (kind === "DNS_CHECK" || kind === "MISC_CHECK") return inherited("delay_loop", delay);
  return byDefault(kind === "HTTP_GET" || kind === "SSL_GET" ? 3000 : 1000);
}

const RETRIES: Readonly<Partial<Record<CheckKind, number>>> = { DNS_CHECK: 3, MISC_CHECK: 0 };

/** keepalived takes that of the virtual server, whatever the check says. */
const seconds = ({ serviceName, serviceDelay }: CheckedServer): InForce<number> =>
  inherited(serviceName, { ...serviceDelay, value: serviceDelay.value / 1000 });

function complain(check: EffectiveCheck, server: CheckedServer["server"], report: Report): void {
  const { kind, span, values } = check;
  if ("connect_ip" in values) {
    const { connect_ip: to, bindto: from, bind_if: link } = values;
    const at = spanOf(from.origin);
    // keepalived looks at what is written above bindto alone.
    const isBelow = to.origin.kind === "written" && at !== null && isAbove(at, to.origin.span);
    const target = isBelow ? server.ip : to.value;
    if (from.value !== null && at !== null && familyOf(from.value) !== familyOf(target)) {
      const message = `${kind} cannot go from ${formatIp(from.value)} to ${formatIp(target)}`;
      const help = isBelow ? "write connect_ip in front of bindto" : null;
      report(finding(BIND_FAMILY, at, message, { help }));
    }
    if (familyOf(to.value) === 6 && isLinkLocalIp6(to.value) && link.value === null) {
      const message = `${kind} of ${formatIp(to.value)} needs bind_if`;
      report(finding(NO_BIND_INTERFACE, span, message, { help: "write bind_if INTERFACE" }));
    }
  }
  if (kind !== "UDP_CHECK") return;
  const { min_reply_length: least, max_reply_length: most } = values;
  if ((least.value ?? 0) <= (most.value ?? 0)) return;
  const at = spanOf(least.origin) ?? spanOf(most.origin) ?? span;
  const message = `no answer has ${least.value} bytes at least and ${most.value} at most`;
  report(finding(REPLY_TOO_LONG, at, message));
}

const isAbove = (one: Span, other: Span): boolean => comparePlaces(one.place, other.place) < 0;
