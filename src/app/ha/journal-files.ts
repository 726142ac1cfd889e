/** Reads a journal of availability with the older files of the same name. */
import { SystemError } from "../../core/errors.ts";
import type { Limit, Ports } from "../../io/ports.ts";
import type { JournalRecord } from "../../proto/ha/journal-record.ts";
import { journalRecordOf } from "./journal-line.ts";

export interface ReadJournal {
  readonly path: string;
  readonly records: readonly JournalRecord[]; // oldest first
  readonly tornLines: number; // that say nothing: the process or the host died while they were written
}

/** Older files have their age behind their name: `ha.journal.1` is the one before `ha.journal`. */
export const OLDER_JOURNALS = 7;

/** How often one says that its writer lives. */
export const ALIVE_MS = 60_000;

export const olderJournal = (path: string, age: number): string =>
  age === 0 ? path : `${path}.${age}`;

/** @throws SystemError where there is none, or one of them cannot be read; the reason of `signal` */
export async function readJournal(
  path: string,
  files: Pick<Ports["files"], "read">,
  signal: Limit,
): Promise<ReadJournal> {
  const records: JournalRecord[] = [];
  let tornLines = 0;
  let found = 0;
  const keep = (line: string): boolean => {
    const record = journalRecordOf(line);
    if (record === undefined) {
      tornLines += 1;
      return false;
    }
    const last = records.at(-1);
    const isRepeated = record.news.type === "alive" && last?.news.type === "alive";
    if (isRepeated && last.moment.bootId === record.moment.bootId) records.pop();
    records.push(record);
    return true;
  };
  for (let age = OLDER_JOURNALS; age >= 0; age--) {
    try {
      await readLines(olderJournal(path, age), keep, files, signal);
      found += 1;
    } catch (error) {
      const isMissing = error instanceof SystemError && error.code === "ENOENT";
      if (!isMissing || (age === 0 && found === 0)) throw error;
    }
  }
  return { path, records, tornLines };
}

/**
 * Of bounded length: what is longer is no line of a journal, and given as an empty one. Nor is a file
 * read on that goes on and on without a record, as a device does.
 * @param onLine whether it is a record
 */
async function readLines(
  path: string,
  onLine: (line: string) => boolean,
  files: Pick<Ports["files"], "read">,
  signal: Limit,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  let isTooLong = false;
  let strangeBytes = 0; // since the last record
  const take = (text: string): void => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() as string;
    for (const line of lines) {
      if (onLine(isTooLong ? "" : line)) strangeBytes = 0;
      isTooLong = false;
    }
    if (rest.length <= MOST_CHARACTERS) return;
    isTooLong = true;
    rest = "";
  };
  const onChunk = (bytes: Uint8Array): void => {
    strangeBytes += bytes.length;
    take(decoder.decode(bytes, { stream: true }));
    if (strangeBytes > MOST_STRANGE_BYTES) {
      throw new SystemError("read", path, "no-journal", "goes on and on without a record of ha up");
    }
  };
  await files.read(path, onChunk, signal);
  signal.throwIfAborted();
  if (rest !== "" || isTooLong) onLine(isTooLong ? "" : rest);
}

const MOST_STRANGE_BYTES = 16 << 20; // torn writes leave less
const MOST_CHARACTERS = 1 << 20; // a router may have thousands of addresses
