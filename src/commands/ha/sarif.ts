/** Findings as SARIF 2.1.0 (OASIS), which editors and code hosts read. */
import type { Finding, FindingKind } from "../../config/finding.ts";
import type { Span } from "../../config/place.ts";

/** One document for all files of a run. */
export function sarif(findings: readonly Finding[], version: string) {
  const kinds = [...new Map(findings.map(({ kind }) => [kind.code, kind])).values()].sort((a, b) =>
    a.code < b.code ? -1 : 1,
  );
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "vipkit ha check", version, rules: kinds.map(rule) } },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => result(finding, kinds.indexOf(finding.kind))),
      },
    ],
  };
}

const rule = ({ code, severity, title, explains }: FindingKind) => ({
  id: code,
  shortDescription: { text: title },
  fullDescription: { text: explains },
  defaultConfiguration: { level: severity },
});

function result({ kind, span, message, help, related, edits }: Finding, ruleIndex: number) {
  return {
    ruleId: kind.code,
    ruleIndex,
    level: kind.severity,
    message: { text: help === null ? message : `${message}\n${help}` },
    locations: [location(span)],
    ...(related.length > 0 && {
      relatedLocations: related.map((other) => ({
        ...location(other.span),
        message: { text: other.message },
      })),
    }),
    ...(edits.length > 0 && { fixes: [fix(edits)] }),
  };
}

const location = (span: Span) => ({
  physicalLocation: { artifactLocation: artifact(span), region: region(span) },
});

const fix = (edits: Finding["edits"]) => ({
  description: { text: "as vipkit ha check --fix" },
  artifactChanges: edits.map(({ span, text }) => ({
    artifactLocation: artifact(span),
    replacements: [{ deletedRegion: region(span), insertedContent: { text } }],
  })),
});

/** A path as a relative URI reference, or a file URI. */
function artifact({ place }: Span) {
  const uri = place.file.path.split("/").map(encodeURIComponent).join("/");
  return { uri: uri.startsWith("/") ? `file://${uri}` : uri };
}

const region = ({ place, length }: Span) => ({
  startLine: place.line,
  startColumn: place.column,
  endColumn: place.column + length,
});
