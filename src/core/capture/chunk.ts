/** Bytes of a capture with a view of them, neither of which is made anew for a packet: it may be one of a million. */

export interface Chunk {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

export const chunkOf = (bytes: Uint8Array): Chunk => ({
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
});

/** Where one record after the other is written, each over the one before. */
export class RecordRoom {
  #chunk = chunkOf(new Uint8Array(1024));

  /** At least `length` bytes, of any content. */
  atLeast(length: number): Chunk {
    const had = this.#chunk.bytes.length;
    if (had < length) this.#chunk = chunkOf(new Uint8Array(Math.max(length, 2 * had)));
    return this.#chunk;
  }
}
