/** A ByteStream as Node has streams, for what Node itself speaks over them: TLS, HTTP. */
import { Duplex } from "node:stream";
import type { ByteStream } from "./ports.ts";

/** The stream is its alone from now on. Destroyed before the end of all, it cuts the connection off. */
export class ByteDuplex extends Duplex {
  readonly #stream: ByteStream;
  readonly #stop = new AbortController();
  readonly #rewrite: (first: Uint8Array) => Uint8Array;
  #isFirst: boolean = true;
  hasEnded: boolean = false; // the other end said goodbye
  isPolite: boolean = false; // when it is destroyed: goodbye instead of a reset

  /** @param rewrite of what is written first */
  constructor(stream: ByteStream, rewrite = (first: Uint8Array) => first) {
    super({ allowHalfOpen: true });
    this.#stream = stream;
    this.#rewrite = rewrite;
  }

  override _read(): void {
    this.#stream.read(this.#stop.signal).then(
      (bytes) => {
        this.hasEnded ||= bytes === undefined;
        this.push(bytes ?? null);
      },
      (error: Error) => this.destroy(error),
    );
  }

  override _write(chunk: Uint8Array, _encoding: string, done: (error?: Error) => void): void {
    const bytes = this.#isFirst ? this.#rewrite(chunk) : chunk;
    this.#isFirst = false;
    this.#stream.write(bytes, this.#stop.signal).then(() => done(), done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#stop.abort();
    this.#stream.close(this.isPolite || this.hasEnded ? "fin" : "rst");
    done(error);
  }
}
