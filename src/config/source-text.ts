/** A line of text that knows where each of its characters is written, also after expansions. */
import type { Place, SourceFile, Span } from "./place.ts";

/** From `at` on the text is that of `place`; `isFixed`: all of it stands for the one place (an expansion). */
interface Piece {
  readonly at: number;
  readonly place: Place;
  readonly isFixed: boolean;
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
    const place = { file, line, column: 1, definedAt: null };
    return new SourceText(file.lines[line - 1] ?? "", [{ at: 0, place, isFixed: false }]);
  }

  /** Text that an expansion made: all of it stands for `place`. */
  static standingFor(text: string, place: Place): SourceText {
    return new SourceText(text, [{ at: 0, place, isFixed: true }]);
  }

  static concat(parts: readonly SourceText[]): SourceText {
    const pieces: Piece[] = [];
    let text = "";
    for (const part of parts) {
      for (const piece of part.#pieces) pieces.push({ ...piece, at: piece.at + text.length });
      text += part.text;
    }
    return new SourceText(text, pieces);
  }

  slice(from: number, to: number = this.text.length): SourceText {
    const inside = this.#pieces.filter(
      (piece, index) => piece.at < to && (this.#pieces[index + 1]?.at ?? Infinity) > from,
    );
    const pieces = inside.map((piece) => ({
      at: Math.max(0, piece.at - from),
      place: placeIn(piece, Math.max(piece.at, from)),
      isFixed: piece.isFixed,
    }));
    return new SourceText(
      this.text.slice(from, to),
      pieces.length > 0 ? pieces : [{ at: 0, place: this.placeAt(from), isFixed: true }],
    );
  }

  placeAt(offset: number): Place {
    let piece = this.#pieces[0] as Piece;
    for (const next of this.#pieces) {
      if (next.at > offset) break;
      piece = next;
    }
    return placeIn(piece, offset);
  }

  /** Where [from, to) is written; of text out of an expansion: what was expanded. */
  spanOf(from: number, to: number): Span {
    const place = this.placeAt(from);
    const end = this.placeAt(Math.max(from, to - 1));
    const isOneLine = end.file === place.file && end.line === place.line;
    return {
      place,
      length: isOneLine ? Math.max(0, end.column - place.column + (to > from ? 1 : 0)) : 1,
    };
  }
}

const placeIn = (piece: Piece, offset: number): Place =>
  piece.isFixed ? piece.place : { ...piece.place, column: piece.place.column + offset - piece.at };
