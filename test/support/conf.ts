/** Configurations of tests: a text, its statements, what a table reads from it and what is found. */
import type { Finding } from "../../src/config/finding.ts";
import { formatPlace } from "../../src/config/place.ts";

/** `a.conf:2:3 vk103 unknown keyword 'x'`: a line for each finding. */
export const foundLines = (findings: readonly Finding[]): string[] =>
  findings.map(({ kind, span, message }) => `${formatPlace(span.place)} ${kind.code} ${message}`);
