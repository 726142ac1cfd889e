/** What `ipvs drain` tells: to people, on a terminal in one line that is redrawn, or as records. */
import type {
  DrainOutcome,
  DrainReading,
  DrainTarget,
  DrainWitness,
} from "../../app/ipvs/drain.ts";
import { counted } from "../../core/counted.ts";
import { formatDurationMs } from "../../core/duration.ts";
import type { Context } from "../define.ts";
import { RedrawnLine } from "../redrawn-line.ts";
import { connectionsText } from "./connections-text.ts";

export interface DrainOutput extends DrainWitness {
  onEnd(outcome: DrainOutcome): void;
}

type Out = Pick<Context, "stdout" | "stderr" | "columns">;

export function drainText({ stdout, stderr, columns }: Out): DrainOutput {
  const line = columns === undefined ? undefined : new RedrawnLine(stdout, columns);
  const ours = new Set<DrainTarget>();
  let [targets, connections]: [readonly DrainTarget[], string] = [[], ""];
  return {
    onBegin: (all, isExpiring) => {
      targets = all;
      for (const one of all) {
        ours.add(one);
        const weight = one.weight === 0 ? "weight 0 already" : `weight ${one.weight} -> 0`;
        stdout(`${nameOf(one)}: ${weight}`);
      }
      const templates = templatesText(all, isExpiring);
      if (templates !== undefined) stderr(templates);
    },
    onReadings: (readings, leftMs) => {
      const before = connections;
      const own = readings.filter((_, at) => ours.has(targets[at] as DrainTarget));
      connections = connectionsText(own.filter((one) => one !== null));
      if (line === undefined) {
        if (connections !== before) stdout(connections);
      } else line.show(`${connections}, ${formatDurationMs(Math.ceil(leftMs / 1000) * 1000)} left`);
    },
    onLetGo: (target, why) => {
      ours.delete(target);
      line?.erase();
      stderr(`${nameOf(target)}: ${LET_GO[why]}`);
    },
    onEnd: (outcome) => {
      line?.erase();
      stdout(endText(outcome, counted(ours.size, "service"), connections));
    },
  };
}

export function drainRecords({ stdout }: Out): DrainOutput {
  let targets: readonly DrainTarget[] = [];
  const last = new Map<DrainTarget, string>();
  const tell = (record: object): void => stdout(JSON.stringify({ ...NOTHING, ...record }));
  return {
    onBegin: (all) => {
      targets = all;
      for (const one of all) tell({ event: "begin", ...targetRecord(one), ...counts(one) });
    },
    onReadings: (readings) => {
      for (const [at, target] of targets.entries()) {
        const record = counts(readings[at] ?? null);
        const text = JSON.stringify(record);
        if (last.get(target) === text) continue;
        last.set(target, text);
        tell({ event: "counts", ...targetRecord(target), ...record });
      }
    },
    onLetGo: (target, reason) => tell({ event: "let_go", ...targetRecord(target), reason }),
    onEnd: (outcome) => tell({ event: "end", outcome: outcome.replace("-", "_") }),
  };
}

function endText(outcome: DrainOutcome, services: string, connections: string): string {
  switch (outcome) {
    case "drained":
      return `no connection is left: removed from ${services}`;
    case "forced":
      return `the time is over: removed from ${services} with ${connections}`;
    case "timed-out":
      return `the time is over with ${connections}: not removed, the weight stays 0 (--force removes it all the same)`;
    case "interrupted":
      return `interrupted with ${connections}: its weight is as before`;
    case "lost":
      return "nothing is left to be drained";
  }
}

/** Of those whose persistent connections go on coming, or would. */
function templatesText(targets: readonly DrainTarget[], isExpiring: boolean): string | undefined {
  const some = targets.filter(({ persistent }) => persistent > 0);
  if (some.length === 0) return undefined;
  const templates = counted(
    some.reduce((sum, one) => sum + one.persistent, 0),
    "persistent template",
  );
  if (isExpiring) return `${templates}: not waited for, at weight 0 they lead nobody here any more`;
  const longestS = Math.max(...some.map(({ persistenceS }) => persistenceS ?? 0));
  const after = `each expires ${formatDurationMs(longestS * 1000)} after its client's last connection`;
  return `${templates}: their clients go on coming here, ${after} (with sysctl net.ipv4.vs.expire_quiescent_template=1 they would be sent elsewhere at once)`;
}

const nameOf = ({ server, service }: DrainTarget): string => `${server} of ${service}`;

const targetRecord = ({ server, service, weight, persistenceS }: DrainTarget) => ({
  server,
  service,
  weight,
  persistence_timeout_s: persistenceS,
});

const counts = (reading: DrainReading | null) => ({
  active: reading?.active ?? null,
  inactive: reading?.inactive ?? null,
  persistent: reading?.persistent ?? null,
});

const LET_GO = {
  gone: "another process has removed it",
  weighted: "another process has given it a weight: left as it is now",
} as const;

const NOTHING = {
  event: "",
  server: null,
  service: null,
  weight: null,
  persistence_timeout_s: null,
  ...counts(null),
  reason: null,
  outcome: null,
};
