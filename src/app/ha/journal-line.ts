/** Lines of the journal of availability that `ha up` keeps: NDJSON, read whatever they say. */
import type {
  JournalCause,
  JournalNews,
  JournalRecord,
  JournalService,
  JournalTransition,
} from "../../proto/ha/journal-record.ts";
import type { VrrpState } from "../../proto/vrrp/facts.ts";
import { parseAnswer } from "../asking.ts";

/** @returns undefined for what is no whole line of a journal; what tells nothing of a service is `alive` */
export function journalRecordOf(line: string): JournalRecord | undefined {
  const record = parseAnswer(line);
  const { boot_id: bootId, mono_ms: monoMs, ts } = record;
  const wallMs = typeof ts === "string" ? Date.parse(ts) : Number.NaN;
  if (typeof bootId !== "string" || !isAmount(monoMs) || Number.isNaN(wallMs)) return undefined;
  const news = newsOf(record);
  return news && { moment: { bootId, monoMs, wallMs }, news };
}

type Given = Readonly<Record<string, unknown>>;

function newsOf(record: Given): JournalNews | undefined {
  const { type, instance, master = null, age_ms: ageMs } = record;
  const service = serviceOf(record);
  switch (type) {
    case "start":
      return { type, host: typeof record.host === "string" ? record.host : null };
    case "stop":
    case "lost":
      return { type };
    case "amended": // those that are still there follow
      return { type: "lost" };
    case "transition": {
      const { from, to, cause } = record;
      if (service === undefined || !isState(from) || !isState(to) || !isCause(cause)) return;
      return { type, service, from, to, cause, heard: heardOf(record.last_advert) };
    }
    case "standing": {
      const { state } = record;
      if (service === undefined || !isState(state) || !isNameOrNull(master)) return;
      return { type, service, state, master };
    }
    case "hearing":
      if (typeof instance !== "string" || !isNameOrNull(master) || !isAmount(ageMs)) return;
      return { type, instance, master, ageMs };
    case "virtual-server": {
      const { service: server, state, cause, weight, threshold } = record;
      if (typeof server !== "string" || !isAmount(weight) || !isAmount(threshold)) return;
      const isUp = cause === "stop" ? undefined : state === "up";
      return { type: "quorum", server, isUp, weight, threshold };
    }
    case "checks-suspended": {
      const { service: server, suspended } = record;
      if (typeof server !== "string" || typeof suspended !== "boolean") return;
      return { type: "suspended", server, isSuspended: suspended };
    }
    default:
      return typeof type === "string" ? { type: "alive" } : undefined;
  }
}

function serviceOf({ instance, family, vrid, vips }: Given): JournalService | undefined {
  if (typeof instance !== "string" || typeof family !== "string") return undefined;
  if (!isAmount(vrid) || !Array.isArray(vips)) return undefined;
  return { instance, family, vrid, vips: vips.filter((vip) => typeof vip === "string") };
}

function heardOf(given: unknown): JournalTransition["heard"] {
  const { priority, age_ms: ageMs, interval_ms: intervalMs } = Object(given) as Given;
  if (!isAmount(priority) || !isAmount(ageMs) || !isAmount(intervalMs)) return null;
  return { priority, ageMs, intervalMs };
}

const isAmount = (given: unknown): given is number =>
  typeof given === "number" && Number.isFinite(given) && given >= 0;

const isNameOrNull = (given: unknown): given is string | null =>
  given === null || typeof given === "string";

const isState = (given: unknown): given is VrrpState => STATES.has(given);

const isCause = (given: unknown): given is JournalCause =>
  typeof (Object(given) as Given).kind === "string";

const STATES = new Set<unknown>(["init", "backup", "master", "fault"] satisfies VrrpState[]);
