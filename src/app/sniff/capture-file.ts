/** Adverts out of a capture, as they come from a file or a pipe. */
import { CaptureReader } from "../../core/capture/capture-reader.ts";
import { nameLinkType } from "../../core/capture/link-type.ts";
import { SystemError } from "../../core/errors.ts";
import type { Ports } from "../../io/ports.ts";
import type { SniffSession } from "./session.ts";

export interface FileSource {
  readonly kind: "file";
  readonly path: string; // "-": standard input
}

export interface FileEnd {
  readonly endMs: number; // of the last packet, milliseconds since 1970
  readonly kernelDrops: number | null; // as the capture itself tells
  readonly trouble: string | null; // why not all of it was read, in one line
}

/**
 * Reads to the end, until the session is full, or one of the signals aborts.
 * @throws SystemError where nothing at all could be read
 */
export async function readFile(
  { path }: FileSource,
  session: SniffSession,
  files: Pick<Ports["files"], "read">,
  signals: readonly AbortSignal[],
  onPause: () => void | Promise<void>,
): Promise<FileEnd> {
  const full = new AbortController();
  const reader = new CaptureReader((packet) => session.take(packet));
  await files.read(
    path,
    async (chunk) => {
      reader.push(chunk);
      await onPause(); // whoever is told may be slower than we are
      if (session.isFull || reader.fault !== undefined) full.abort();
    },
    AbortSignal.any([full.signal, ...signals]),
  );
  if (!full.signal.aborted && !signals.some(({ aborted }) => aborted)) reader.end();
  const trouble = troubleOf(reader, session);
  if (trouble !== null && session.packets === 0) {
    throw new SystemError("read", nameOf(path), trouble.code, trouble.text);
  }
  return {
    endMs: session.observer.nowMs,
    kernelDrops: reader.lostPackets,
    trouble: trouble === null ? null : `${nameOf(path)}: ${trouble.text}`,
  };
}

interface Trouble {
  readonly code: string;
  readonly text: string;
}

function troubleOf(reader: CaptureReader, session: SniffSession): Trouble | null {
  const { fault, oversizedPackets } = reader;
  if (fault !== undefined) {
    const { code, offset } = fault;
    if (offset === 0 && code === "short") return { code, text: "is empty, or ends in its head" };
    const at = offset === 0 ? "" : ` at byte ${offset}`;
    const behind = session.packets === 0 ? "" : `; ${session.packets} packets before it were read`;
    return { code, text: `${WORDS[code] ?? code}${at}${behind}` };
  }
  if (oversizedPackets > 0) {
    const text = `${oversizedPackets} packets of more than 1 MiB were passed over`;
    return { code: "oversized", text };
  }
  if (session.unknownLinkType === undefined) return null;
  const name = nameLinkType(session.unknownLinkType);
  return { code: "unknown-link-type", text: `packets of ${name} are not understood` };
}

const nameOf = (path: string): string => (path === "-" ? "standard input" : path);

/** Codes of CaptureFault. */
const WORDS: Readonly<Record<string, string>> = {
  short: "the capture ends within a record",
  "bad-magic":
    "this is no capture, neither pcap nor pcapng; what is compressed must be unpacked first",
  "bad-version": "a version of the format that is not known",
  "bad-length": "a length that cannot be",
  "bad-interface": "a packet of an interface that was not described",
  "too-many-interfaces": "too many interfaces",
};
