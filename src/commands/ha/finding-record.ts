/** A finding as one JSON object of `-j`: snake_case, every key always there. */
import type { Finding } from "../../config/finding.ts";
import type { Span } from "../../config/place.ts";

export function findingRecord({ kind, span, message, help, related, edits }: Finding) {
  return {
    type: "finding",
    code: kind.code,
    severity: kind.severity,
    title: kind.title,
    message,
    help,
    ...placeRecord(span),
    related: related.map((other) => ({ ...placeRecord(other.span), message: other.message })),
    fixes: edits.map(({ span: where, text }) => ({ ...placeRecord(where), text })),
  };
}

const placeRecord = ({ place, length }: Span) => ({
  file: place.file.path,
  line: place.line,
  column: place.column,
  length,
});
