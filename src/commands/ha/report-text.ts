/** The availability of services as lines for people. */
import type {
  AvailabilityRecord,
  OutageRecord,
  ReportRecord,
  ServiceRecord,
} from "../../app/ha/report.ts";
import { counted } from "../../core/counted.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { printable } from "../../core/printable.ts";
import type { Paint } from "../define.ts";

export function reportLines(
  { from, until, journals, services, virtual_servers: servers }: ReportRecord,
  paint: Paint,
): string[] {
  const torn = journals.reduce((sum, { torn_lines }) => sum + torn_lines, 0);
  const whose = journals.length === 1 ? "as one node saw it" : `from ${journals.length} journals`;
  return [
    `${from} to ${until}, ${whose}`,
    ...(torn === 0 ? [] : [paint.yellow(`${counted(torn, "line")} of a journal cannot be read`)]),
    ...(services.length + servers.length === 0 ? ["no virtual router has run"] : []),
    ...services.flatMap((one) => {
      const title = `${one.instance}  ${one.vips.join(", ")}`;
      return availabilityLines(title, one, mastersLines(one, paint), paint);
    }),
    ...servers.flatMap((one) => {
      const title = `virtual server ${one.service}${journals.length > 1 ? ` of ${one.host}` : ""}`;
      return availabilityLines(title, one, [], paint);
    }),
  ];
}

const mastersLines = ({ failovers, two_masters_ms: twoMs }: ServiceRecord, paint: Paint) => [
  `  ${counted(failovers, "failover")}`,
  ...(twoMs > 0 ? [paint.red(`  two masters for ${formatDurationMs(twoMs)}`)] : []),
];

function availabilityLines(
  title: string,
  record: AvailabilityRecord,
  more: readonly string[],
  paint: Paint,
): string[] {
  const { availability, nines, mttf_ms, mttr_ms, budget } = record;
  const { outages, up_ms, down_ms, unknown_ms } = record;
  const durations = [up_ms, down_ms, unknown_ms, budget.used_ms, budget.allowed_ms];
  const [up, down, unknown, used, allowed] = durations.map(formatDurationMs);
  const percent = availability === null ? "nothing is known" : percentText(availability);
  const count = nines === null ? "" : `, ${nines.toFixed(1)} nines`;
  const isSpent = budget.used > 1;
  const share = `budget of ${percentText(budget.class)} in ${budget.year}: ${used} of ${allowed} used, ${percentText(budget.used)}`;
  const earlier = outages.length - MOST_OUTAGES;
  return [
    "",
    `${printable(title)}  ${(isSpent ? paint.red : paint.green)(percent)}${count}`,
    `  served ${up}, not served ${down} in ${counted(outages.length, "outage")}, unknown ${unknown}`,
    ...(mttf_ms === null || mttr_ms === null ? [] : [`  ${meansText(mttf_ms, mttr_ms)}`]),
    ...more,
    isSpent ? paint.red(`  ${share}`) : `  ${share}`,
    ...(earlier > 0 ? [`  the last ${MOST_OUTAGES} outages, -j tells all:`] : []),
    ...outages.slice(-MOST_OUTAGES).map((outage) => `  ${outageLine(outage)}`),
  ];
}

/** `MTTF 14d23h, MTTR 3.4s, HA = MTTF / (MTTF + MTTR) = 99.9997 %`. */
function meansText(mttfMs: number, mttrMs: number): string {
  const [mttf, mttr] = [mttfMs, mttrMs].map(formatDurationMs);
  return `MTTF ${mttf}, MTTR ${mttr}, HA = MTTF / (MTTF + MTTR) = ${percentText(mttfMs / (mttfMs + mttrMs))}`;
}

function outageLine({ from, until, lasted_ms, cause }: OutageRecord): string {
  const end = until === null ? " and lasts" : "";
  return printable(`${from}  ${formatDurationMs(lasted_ms)}${end}  ${causeWords(cause)}`);
}

/** Whatever a journal says: it may be that of another version. */
function causeWords(cause: OutageRecord["cause"]): string {
  if (cause === null) return "nobody was heard";
  const { kind, ...more } = cause;
  const words = Object.entries(more).map(([key, value]) =>
    key.endsWith("_ms") && typeof value === "number"
      ? `${key.slice(0, -3)}=${formatDurationMs(value)}`
      : `${key}=${value ?? "none"}`,
  );
  return [kind, ...words].join(" ");
}

/** Cut, not rounded, one digit behind the last nine: `99.9982 %`. */
export function percentText(share: number): string {
  const missing = Math.abs(1 - share);
  const digits = missing > 0.1 || missing === 0 ? 1 : Math.ceil(-Math.log10(missing)) - 1;
  const scale = 10 ** Math.min(digits, MOST_DIGITS);
  return `${Math.floor(share * 100 * scale + ROUNDING) / scale} %`;
}

const MOST_OUTAGES = 20;
const MOST_DIGITS = 9;
const ROUNDING = 1e-9; // of binary fractions
