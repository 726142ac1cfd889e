/** Packets into a capture file, or into a series of them that follow one another: `-w`, `-C`, `-W` and `-U` of tcpdump. */
import {
  type CaptureEncoder,
  type CaptureSource,
  captureEncoder,
  formatOfName,
  type LostPackets,
} from "../../core/capture/capture-encoder.ts";
import type { CapturePacket } from "../../core/capture/packet.ts";
import { SystemError } from "../../core/errors.ts";
import type { Files, FileWriter } from "../../io/ports.ts";

export interface CaptureSinkOptions {
  readonly path: string; // or "-"; `.pcap` and `.cap` ask for classic pcap
  /** Known before the first packet; others may follow, but in classic pcap none of another link type. */
  readonly sources: readonly CaptureSource[];
  /** Begin another file when one is longer than that; null: never. Not for "-". */
  readonly fileBytes: number | null;
  /** How many files there are at most, then the first is written over; null: any number. */
  readonly fileCount: number | null;
  /** Each packet is in the file at once. */
  readonly unbuffered: boolean;
}

/**
 * Its errors are SystemErrors: `EPIPE` where the reader of "-" has gone, `other-link-type` for a packet
 * that the file cannot hold, errno names.
 */
export class CaptureSink {
  readonly #files: Pick<Files, "create">;
  readonly #options: CaptureSinkOptions;
  #number = 0;
  #current: CurrentFile;

  /** Creates the first file. @throws SystemError */
  constructor(files: Pick<Files, "create">, options: CaptureSinkOptions) {
    this.#files = files;
    this.#options = options;
    this.#current = this.#create();
    this.#begin();
  }

  /** @throws SystemError */
  write(packet: CapturePacket): void {
    const { fileBytes, unbuffered } = this.#options;
    if (fileBytes !== null && this.#current.bytes > fileBytes) this.#next();
    const { encoder, path } = this.#current;
    if (!encoder.takes(packet.linkType)) {
      const detail = `classic pcap holds one link type, and now comes ${packet.linkType}; with a name that ends in .pcapng all fit`;
      throw new SystemError("write", path, "other-link-type", detail);
    }
    this.#put(encoder.packet(packet));
    if (unbuffered) this.flush();
  }

  /** @throws SystemError */
  flush(): void {
    this.#current.file.flush();
  }

  /** Closing twice is harmless. @throws SystemError */
  close(lost?: LostPackets): void {
    const current = this.#current;
    if (!current.isOpen) return;
    current.isOpen = false;
    try {
      this.#put(current.encoder.tail(lost));
    } finally {
      current.file.close();
    }
  }

  #create(): CurrentFile {
    const { path, sources, fileCount } = this.#options;
    const name = nameOfFile(path, this.#number, fileCount);
    const encoder = captureEncoder(formatOfName(path), sources);
    return { path: name, encoder, file: this.#files.create(name), bytes: 0, isOpen: true };
  }

  /** A reader of a pipe sees at once what it is. */
  #begin(): void {
    this.#put(this.#current.encoder.head());
    this.flush();
  }

  #next(): void {
    this.close();
    const { fileCount } = this.#options;
    this.#number = fileCount === this.#number + 1 ? 0 : this.#number + 1;
    this.#current = this.#create();
    this.#begin();
  }

  #put(bytes: Uint8Array): void {
    this.#current.file.write(bytes);
    this.#current.bytes += bytes.length;
  }
}

interface CurrentFile {
  readonly path: string;
  readonly encoder: CaptureEncoder;
  readonly file: FileWriter;
  bytes: number; // written so far
  isOpen: boolean;
}

/**
 * As tcpdump names them: a plain series FILE, FILE1, FILE2 ..., one that comes round again FILE0, FILE1
 * ... in as many digits as its last one has. @param number from 0
 */
export function nameOfFile(path: string, number: number, fileCount: number | null): string {
  if (fileCount === null) return number === 0 ? path : `${path}${number}`;
  if (fileCount === 1) return path;
  return `${path}${String(number).padStart(String(fileCount - 1).length, "0")}`;
}
