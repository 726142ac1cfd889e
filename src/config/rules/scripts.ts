/** Scripts and other definitions: whether anything uses them, and how soon a failure is acted on. */
import { closest } from "../../core/closest.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { NO_TIMEOUT, NOT_USED, TIME_TO_ACT, TIMEOUT_ABOVE_INTERVAL } from "../codes/tracking.ts";
import type { Definition } from "../effective/definitions.ts";
import { isSaid, spanOf } from "../effective/in-force.ts";
import { finding } from "../finding.ts";
import type { Span } from "../place.ts";
import type { VRRP_SCRIPT } from "../tables/vrrp-script.ts";
import type { Facts } from "./facts.ts";

/** Of BFD sessions health checks may be the users. */
export function findUnused({ vrrp, report }: Facts): void {
  const { script, file, process } = vrrp.definitions;
  const all = <D>(definitions: ReadonlyMap<string, D>): D[] => [...definitions.values()];
  const used = new Set([
    ...vrrp.named,
    ...meantBy(vrrp.named, "script", script),
    ...meantBy(vrrp.named, "process", process),
    ...meantBy(vrrp.named, "file", file),
  ]);
  const unused = [
    ...all(script).map((one) => ({ ...one, kind: "script", keyword: "vrrp_script" }) as const),
    ...all(process).map(
      (one) => ({ ...one, kind: "process", keyword: "vrrp_track_process" }) as const,
    ),
    ...all(file).map((one) => ({ ...one, kind: "file", keyword: "track_file" }) as const),
  ].filter(({ kind, name, isUsable }) => isUsable && !used.has(`${kind} ${name}`));
  for (const { kind, keyword, name, span } of unused) {
    const help = `name it in a track_${kind} block`;
    report(finding(NOT_USED, span, `nothing uses ${keyword} ${name}`, { help }));
  }
}

/** What is tracked by a name that is like theirs, and that nothing has: which is told there. */
function meantBy(
  named: ReadonlySet<string>,
  kind: string,
  definitions: ReadonlyMap<string, unknown>,
): string[] {
  const ofKind = [...named].filter((one) => one.startsWith(`${kind} `));
  const names = ofKind.map((one) => one.slice(kind.length + 1));
  const wrong = names.filter((name) => !definitions.has(name)).slice(0, MOST_MISSPELT);
  return wrong.flatMap((name) => {
    const meant = closest(name, definitions.keys());
    return meant === undefined ? [] : [`${kind} ${meant}`];
  });
}

const MOST_MISSPELT = 100;

type Script = Definition<typeof VRRP_SCRIPT>;

export function findTimes({ vrrp, report }: Facts): void {
  for (const script of vrrp.definitions.script.values()) {
    if (!script.isUsable || !vrrp.named.has(`script ${script.name}`)) continue;
    const { interval, timeout } = script.values;
    const [intervalMs, timeoutMs] = [interval.value ?? 1000, timeout.value ?? 1000];
    const it = `vrrp_script ${script.name}`;
    if (timeout.origin.kind !== "written") {
      const message = `a run of ${it} that hangs is ended after ${formatDurationMs(timeoutMs)}, the interval, for there is no timeout`;
      report(finding(NO_TIMEOUT, script.span, message));
    } else if (timeoutMs > intervalMs) {
      const message = `a run of ${it} may take ${formatDurationMs(timeoutMs)}, and the next is to begin after ${formatDurationMs(intervalMs)}`;
      report(finding(TIMEOUT_ABOVE_INTERVAL, timeout.origin.span, message));
    }
    report(finding(TIME_TO_ACT, spanOfTimes(script), timesOf(script, intervalMs, timeoutMs)));
  }
}

/** Where the time is set: the first of fall, interval and timeout that is written. */
function spanOfTimes({ values, span }: Script): Span {
  const said = [values.fall, values.interval, values.timeout].find(isSaid);
  return (said && spanOf(said.origin)) ?? span;
}

function timesOf({ name, values }: Script, intervalMs: number, timeoutMs: number): string {
  const fall = values.fall.value ?? 1;
  const failingMs = fall * intervalMs;
  // The next run begins at the first multiple of the interval at which none is going on.
  const hangingMs = Math.max(1, Math.ceil(timeoutMs / intervalMs)) * intervalMs;
  const hungMs = intervalMs + (fall - 1) * hangingMs + timeoutMs;
  return `vrrp_script ${name}: a failure is acted on after ${formatDurationMs(failingMs)} at most, a hang after ${formatDurationMs(hungMs)}`;
}
