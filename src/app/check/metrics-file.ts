/** Keeps a file of metrics fresh while checks go on. */
import type { Cancel, Ports } from "../../io/ports.ts";
import type { CheckRecord } from "./check-record.ts";
import { metricsText } from "./metrics.ts";

/** @throws SystemError */
export async function writeMetrics(
  path: string,
  records: readonly CheckRecord[],
  { files }: Pick<Ports, "files">,
): Promise<void> {
  await files.write(path, inChunks(metricsText(records)), "all");
}

export interface MetricsFile {
  /** Something is new: it is written soon, not each time. */
  renew(): void;
  /** Written once more, and no more. */
  end(): Promise<void>;
}

/** @param onTrouble once for each row of failures: a full disk must not end a watch */
export function metricsFile(
  path: string,
  read: () => readonly CheckRecord[],
  ports: Pick<Ports, "clock" | "files">,
  onTrouble: (error: unknown) => void,
): MetricsFile {
  let cancel: Cancel | undefined;
  let isFailing = false;
  let last: Promise<void> = Promise.resolve();
  const write = async (): Promise<void> => {
    try {
      await writeMetrics(path, read(), ports);
      isFailing = false;
    } catch (error) {
      if (!isFailing) onTrouble(error);
      isFailing = true;
    }
  };
  const due = (): void => {
    cancel = undefined;
    last = last.then(write); // never two at once: they have one name
  };
  return {
    renew() {
      cancel ??= ports.clock.at(ports.clock.nowMs() + BEAT_MS, due);
    },
    async end() {
      cancel?.();
      due();
      await last;
    },
  };
}

/** A system call for each line would be many. */
function* inChunks(lines: Iterable<string>): Iterable<Uint8Array> {
  const encoder = new TextEncoder();
  let text = "";
  for (const line of lines) {
    text += line;
    if (text.length < CHUNK_CHARACTERS) continue;
    yield encoder.encode(text);
    text = "";
  }
  yield encoder.encode(text);
}

const BEAT_MS = 2000;
const CHUNK_CHARACTERS = 65_536;
