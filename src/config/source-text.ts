/** A line of text that knows where each of its characters is written, also after expansions. */
import type { Place, SourceFile, Span } from "./place.ts";

/** The characters from `at` on. Both null never happens. */
interface Piece {
  readonly at: number;
  readonly written: Place | null; // of its first character, the others follow; null: made, as a random number
  readonly standsFor: Span | null; // what was expanded to it: findings point there
}

export class SourceText {
  readonly text: string;
  readonly #pieces: readonly Piece[]; // by `at`, the first at 0

  private constructor(text: string, pieces: readonly Piece[]) {
    this.text = text;
    this.#pieces = pieces;
  }

  /** A physical line of a file, whole. @param line from 1 */
  static ofLine(file: SourceFile, line: number): SourceText {
    const written = { file, line, column: 1, definedAt: null };
    return new SourceText(file.lines[line - 1] ?? "", [{ at: 0, written, standsFor: null }]);
  }

  /** What an expansion made of `span`: findings point there and tell where its text is written, if it is. */
  static standingFor(text: SourceText | string, span: Span): SourceText {
    if (typeof text === "string") {
      return new SourceText(text, [{ at: 0, written: null, standsFor: span }]);
    }
    const pieces = text.#pieces.map((piece) => ({
      at: piece.at,
      written: piece.written ?? piece.standsFor?.place ?? null,
      standsFor: span,
    }));
    return new SourceText(text.text, pieces);
  }

  static concat(parts: readonly SourceText[]): SourceText {
    const pieces: Piece[] = [];
    let text = "";
    for (const part of parts) {
      if (part.text === "" && (text !== "" || part !== parts.at(-1))) continue;
      for (const piece of part.#pieces) pieces.push({ ...piece, at: piece.at + text.length });
      text += part.text;
    }
    return new SourceText(text, pieces);
  }

  slice(from: number, to: number = this.text.length): SourceText {
    if (from === 0 && to === this.text.length) return this;
    const first = this.#indexOf(from);
    const pieces = [startingAt(this.#pieces[first] as Piece, from)];
    for (let index = first + 1; index < this.#pieces.length; index += 1) {
      const piece = this.#pieces[index] as Piece;
      if (piece.at >= to) break;
      pieces.push({ ...piece, at: piece.at - from });
    }
    return new SourceText(this.text.slice(from, to), pieces);
  }

  /** @param offset up to the length of the text: then just behind it */
  placeAt(offset: number): Place {
    const piece = this.#pieces[this.#indexOf(offset)] as Piece;
    const own = piece.written === null ? null : moved(piece.written, offset - piece.at);
    if (piece.standsFor === null) return own as Place;
    const { place, length } = piece.standsFor;
    const isBehind = offset > 0 && offset >= this.text.length;
    return { ...place, column: place.column + (isBehind ? length : 0), definedAt: own };
  }

  /** Where [from, to) is written; of text out of an expansion: what was expanded. */
  spanOf(from: number, to: number): Span {
    const place = this.placeAt(from);
    if (to <= from) return { place, length: 0 };
    const last = this.#pieces[this.#indexOf(to - 1)] as Piece;
    const end = last.standsFor ?? { place: this.placeAt(to - 1), length: 1 };
    if (end.place.file !== place.file || end.place.line !== place.line) return { place, length: 1 };
    return { place, length: Math.max(1, end.place.column + end.length - place.column) };
  }

  /** All of it. */
  get span(): Span {
    return this.spanOf(0, this.text.length);
  }

  /** Of the piece with the character at `offset`. */
  #indexOf(offset: number): number {
    const pieces = this.#pieces;
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((pieces[middle] as Piece).at <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** The part of a piece from `offset` on, as the first of another text. */
const startingAt = (piece: Piece, offset: number): Piece => ({
  at: 0,
  written: piece.written === null ? null : moved(piece.written, offset - piece.at),
  standsFor: piece.standsFor,
});

const moved = (place: Place, by: number): Place => ({
  file: place.file,
  line: place.line,
  column: place.column + by,
  definedAt: place.definedAt,
});
