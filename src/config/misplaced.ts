/** Keywords that stand in the wrong block: where they belong. */
import { catalogue } from "./catalogue.ts";
import { UNKNOWN_KEYWORD } from "./codes/words.ts";
import type { Finding } from "./finding.ts";
import type { Statement } from "./statement.ts";

/** Findings with help for unknown keywords that another block has. @param statements outside of all blocks */
export function withPlaces(
  findings: readonly Finding[],
  statements: readonly Statement[],
): readonly Finding[] {
  if (!findings.some(({ kind }) => kind === UNKNOWN_KEYWORD)) return findings;
  const keywords = new Map(
    [...allOf(statements)].map(({ words: [{ span, text }] }) => [span, text]),
  );
  const homes = homesByName();
  return findings.map((one) => {
    const keyword = one.kind === UNKNOWN_KEYWORD ? keywords.get(one.span) : undefined;
    const help =
      keyword === undefined || one.message.endsWith("?)") ? null : placeOf(keyword, homes);
    return help === null ? one : { ...one, message: one.message, help };
  });
}

function* allOf(statements: readonly Statement[]): Generator<Statement> {
  for (const statement of statements) {
    yield statement;
    if (statement.block !== null) yield* allOf(statement.block.statements);
  }
}

type Homes = ReadonlyMap<string, ReadonlySet<string>>;

/** The blocks in which each keyword may stand. */
function homesByName(): Homes {
  const homes = new Map<string, Set<string>>();
  for (const { name, within } of catalogue()) {
    homes.set(name, new Set([...(homes.get(name) ?? []), ...within]));
  }
  return homes;
}

/** What many blocks have says nothing of the one that is meant. */
function placeOf(keyword: string, homesOf: Homes): string | null {
  const homes = homesOf.get(keyword) ?? new Set();
  const [first] = homes;
  if (first === undefined || homes.size > MOST_HOMES) return null;
  const names = Array.from(homes, (home) => (home === "" ? "outside of all blocks" : home));
  return first === "" && homes.size === 1
    ? "it belongs outside of all blocks"
    : `it belongs in ${names.join(" or ")}`;
}

const MOST_HOMES = 3;
