/** Findings as SARIF 2.1.0 (OASIS), which editors and code hosts read. */
import type { Finding, FindingKind } from "../../config/finding.ts";
import type { Span } from "../../config/place.ts";

/** One document for all files of a run. @param isWhole whether each could be read, and what was to be written was */
export function sarif(findings: readonly Finding[], version: string, isWhole = true) {
  const kinds = [...new Map(findings.map(({ kind }) => [kind.code, kind])).values()].sort((a, b) =>
    a.code < b.code ? -1 : 1,
  );
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "vipkit ha check", version, rules: kinds.map(rule) } },
        invocations: [{ executionSuccessful: isWhole }],
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => result(finding, kinds.indexOf(finding.kind))),
      },
    ],
  };
}

const rule = ({ code, severity, title, explains }: FindingKind) => ({
  id: code,
  shortDescription: message(title),
  fullDescription: message(explains),
  defaultConfiguration: { level: severity },
});

function result(found: Finding, ruleIndex: number) {
  const { kind, span, help, related, edits } = found;
  return {
    ruleId: kind.code,
    ruleIndex,
    level: kind.severity,
    message: message(help === null ? found.message : `${found.message}\n${help}`),
    locations: [location(span)],
    ...(related.length > 0 && {
      relatedLocations: related.map((other) => ({
        ...location(other.span),
        message: message(other.message),
      })),
    }),
    ...(edits.length > 0 && { fixes: [fix(edits)] }),
  };
}

/** One brace begins a placeholder: two are one (section 3.11.5). */
const message = (text: string) => ({ text: text.replace(/[{}]/g, "$&$&") });

const location = (span: Span) => ({
  physicalLocation: { artifactLocation: artifact(span.place.file.path), region: region(span) },
});

function fix(edits: Finding["edits"]) {
  const paths = new Set(edits.map(({ span }) => span.place.file.path));
  return {
    description: message("as vipkit ha check --fix"),
    artifactChanges: [...paths].map((path) => ({
      artifactLocation: artifact(path),
      replacements: edits
        .filter(({ span }) => span.place.file.path === path)
        .map(({ span, text }) => ({ deletedRegion: region(span), insertedContent: { text } })),
    })),
  };
}

/** A path as a relative URI reference, or a file URI. */
function artifact(path: string) {
  const uri = path.split("/").map(encodeURIComponent).join("/");
  return { uri: uri.startsWith("/") ? `file://${uri}` : uri };
}

const region = ({ place, length }: Span) => ({
  startLine: place.line,
  startColumn: place.column,
  endColumn: place.column + length,
});
