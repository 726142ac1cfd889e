/** Reporter of node:test: each test of the uppermost level as one line, `@` and JSON, for those outside (ipvs-lab.ts). */
import type { TestEvent } from "node:test/reporters";
import { inspect } from "node:util";

/** A test that ended. */
export interface InsideResult {
  readonly name: string;
  readonly isSkipped: boolean;
  readonly error: string | null; // of one that failed, with those of its subtests
}

export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let errors: string[] = [];
  for await (const { type, data } of events) {
    if (type === "test:fail") errors.push(`${data.name}: ${whyOf(data.details.error)}`);
    if ((type !== "test:fail" && type !== "test:pass") || data.nesting > 0) continue;
    const error = errors.length > 0 ? errors.join("\n") : null;
    const result: InsideResult = { name: data.name, isSkipped: data.skip !== undefined, error };
    yield `@${JSON.stringify(result)}\n`;
    errors = [];
  }
}

const whyOf = ({ cause, message }: Error): string =>
  cause instanceof Error ? inspect(cause) : message;
