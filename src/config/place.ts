/** Where something is written. Every word and value keeps it through includes and expansions. */

/** A file of the configuration as it was read: its own lines are kept, so that findings can show them. */
export interface SourceFile {
  readonly path: string; // as it was asked for: findings name it so
  readonly lines: readonly string[]; // physical lines without CR and LF
  readonly includedFrom: Place | null; // the include that asked for it; null: named by the user
}

export interface Place {
  readonly file: SourceFile;
  readonly line: number; // from 1
  readonly column: number; // from 1, in characters of the physical line; 1 past its end where something is missing
  readonly definedAt: Place | null; // text out of a definition: where the definition is written
}

/** A stretch of one line. */
export interface Span {
  readonly place: Place;
  readonly length: number; // characters in the file; 0 where something is missing
}

/** `keepalived.conf:12:5`. */
export const formatPlace = ({ file, line, column }: Place): string =>
  `${file.path}:${line}:${column}`;

/** Both ends and all between them, as for the arguments of a keyword. The two are on one line of one file. */
export function spanOver(first: Span, last: Span): Span {
  if (first === last) return first;
  const { place } = first;
  const { file, line, column } = last.place;
  const length = column + last.length - place.column;
  const isOneLine = place.file === file && place.line === line;
  return isOneLine && length >= first.length ? { place, length } : first;
}

/**
 * Which of two places of one configuration its reader comes to first: below 0 the first of them. What an
 * include stands for comes where the include is; files of one include come in the order of their paths, and
 * lines of one definition in their own.
 */
export function comparePlaces(one: Place, other: Place): number {
  if (one.file === other.file && one.line !== other.line) return one.line - other.line;
  const [ways, others] = [wayTo(one), wayTo(other)];
  for (const [depth, { file, line, column }] of ways.entries()) {
    const to = others[depth];
    if (to === undefined) return 1;
    if (file !== to.file) return file.path < to.file.path ? -1 : 1;
    if (line !== to.line || column !== to.column) return line - to.line || column - to.column;
  }
  if (ways.length !== others.length) return ways.length - others.length;
  const { definedAt } = one;
  return definedAt && other.definedAt ? comparePlaces(definedAt, other.definedAt) : 0;
}

/** The includes that lead to a place, the outermost first, and the place. */
function wayTo(place: Place): readonly Place[] {
  const way = [place];
  for (let at = place.file.includedFrom; at !== null; at = at.file.includedFrom) way.unshift(at);
  return way;
}
