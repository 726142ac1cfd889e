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
  readonly #line: Place | null; // as most are, a stretch of a line in which nothing was expanded: its first character
  readonly #pieces: readonly Piece[]; // of any other text: by `at`, the first at 0
  readonly #skipped: number; // characters of the line, or the pieces, that stand before the text: a slice shares them

  private constructor(text: string, line: Place | null, pieces: readonly Piece[], skipped = 0) {
    this.text = text;
    this.#line = line;
    this.#pieces = pieces;
    this.#skipped = skipped;
  }

  /** A physical line of a file, whole. @param line from 1 */
  static ofLine(file: SourceFile, line: number): SourceText {
    const start = { file, line, column: 1, definedAt: null };
    return new SourceText(file.lines[line - 1] ?? "", start, NO_PIECES);
  }

  /** What an expansion made of `span`: findings point there and tell where its text is written, if it is. */
  static standingFor(text: SourceText | string, span: Span): SourceText {
    if (typeof text === "string") {
      return new SourceText(text, null, [{ at: 0, written: null, standsFor: span }]);
    }
    const pieces = text.#ownPieces().map((piece) => ({
      at: piece.at,
      written: piece.written ?? piece.standsFor?.place ?? null,
      standsFor: span,
    }));
    return new SourceText(text.text, null, pieces);
  }

  static concat(parts: readonly SourceText[]): SourceText {
    const pieces: Piece[] = [];
    let text = "";
    for (const part of parts) {
      if (part.text === "" && (text !== "" || part !== parts.at(-1))) continue;
      for (const piece of part.#ownPieces()) {
        pieces.push({ ...piece, at: piece.at + text.length });
      }
      text += part.text;
    }
    return new SourceText(text, null, pieces);
  }

  slice(from: number, to: number = this.text.length): SourceText {
    if (from === 0 && to === this.text.length) return this;
    const text = this.text.slice(from, to);
    return new SourceText(text, this.#line, this.#pieces, this.#skipped + from);
  }

  /** @param offset up to the length of the text: then just behind it */
  placeAt(offset: number): Place {
    if (this.#line !== null) return shifted(this.#line, this.#skipped + offset);
    const piece = this.#pieces[this.#indexOf(offset)] as Piece;
    const own = startOf(piece, offset + this.#skipped);
    if (piece.standsFor === null) return own as Place;
    const { place, length } = piece.standsFor;
    const isBehind = offset > 0 && offset >= this.text.length;
    return { ...place, column: place.column + (isBehind ? length : 0), definedAt: own };
  }

  /** Where [from, to) is written; of text out of an expansion: what was expanded. */
  spanOf(from: number, to: number): Span {
    if (this.#line !== null) {
      return new LineSpan(this.#line, this.#skipped + from, Math.max(0, to - from));
    }
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

  /** Those of the text alone, the first at 0. */
  #ownPieces(): Piece[] {
    if (this.#line !== null) return [{ at: 0, written: this.placeAt(0), standsFor: null }];
    const first = this.#indexOf(0);
    const last = this.#indexOf(Math.max(0, this.text.length - 1));
    return this.#pieces.slice(first, last + 1).map((piece) => {
      const at = Math.max(piece.at, this.#skipped);
      return { ...piece, at: at - this.#skipped, written: startOf(piece, at) };
    });
  }

  /** Of the piece with the character at `offset`. */
  #indexOf(offset: number): number {
    const pieces = this.#pieces;
    const wanted = offset + this.#skipped;
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((pieces[middle] as Piece).at <= wanted) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Where the character at an offset of its pieces is written. */
const startOf = ({ at, written }: Piece, offset: number): Place | null =>
  written === null ? null : shifted(written, offset - at);

const shifted = ({ file, line, column, definedAt }: Place, by: number): Place => ({
  file,
  line,
  column: column + by,
  definedAt,
});

/** Each word has one, and few are ever looked at: its place is made when it is asked for. */
class LineSpan implements Span {
  readonly #line: Place;
  readonly #offset: number;
  readonly length: number;

  constructor(line: Place, offset: number, length: number) {
    this.#line = line;
    this.#offset = offset;
    this.length = length;
  }

  get place(): Place {
    return shifted(this.#line, this.#offset);
  }
}

const NO_PIECES: readonly Piece[] = [];
