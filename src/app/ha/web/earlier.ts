/** In which states routers were before this `ha up` began, by the journal of those before it. */
import { SystemError } from "../../../core/errors.ts";
import type { Limit, Ports } from "../../../io/ports.ts";
import type { JournalRecord } from "../../../proto/ha/journal-record.ts";
import type { VrrpState } from "../../../proto/vrrp/facts.ts";
import { readJournal } from "../journal-files.ts";

export interface EarlierState {
  readonly instance: string | null; // null: all of them
  readonly wallMs: number;
  readonly state: VrrpState | null; // null: nobody ran, or nobody knows
}

/** Oldest first. Nothing where there is no journal that can be read. */
export async function earlierStates(
  path: string,
  sinceMs: number,
  files: Pick<Ports["files"], "read">,
  signal: Limit,
): Promise<readonly EarlierState[]> {
  try {
    const { records } = await readJournal(path, files, signal);
    const states = records.flatMap((record, index) => stateOf(record, records[index - 1]));
    return states.filter(({ wallMs }) => wallMs >= sinceMs);
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    return [];
  }
}

function stateOf(
  { news, moment: { wallMs } }: JournalRecord,
  last: JournalRecord | undefined,
): readonly EarlierState[] {
  switch (news.type) {
    case "transition":
      return [{ instance: news.service.instance, wallMs, state: news.to }];
    case "standing":
      return [{ instance: news.service.instance, wallMs, state: news.state }];
    case "stop":
      return [{ instance: null, wallMs, state: null }];
    case "start": // the one before it may have been killed behind its last word
      return [{ instance: null, wallMs: last?.moment.wallMs ?? wallMs, state: null }];
    default:
      return [];
  }
}
