/** One value within a JSON text (RFC 8259) that must be so: `status.nodes[0].state=green`. */

export interface JsonExpectation {
  readonly path: string; // as it was written
  readonly steps: readonly (string | number)[]; // names of members, places in lists
  readonly value: string;
}

/** @returns it, or why the text is none */
export function parseJsonExpectation(text: string): JsonExpectation | string {
  const equals = text.indexOf("=");
  if (equals <= 0) return "is not PATH=VALUE, such as status.nodes[0].state=green";
  const path = text.slice(0, equals);
  if (!PATH.test(path)) return `has the path ${JSON.stringify(path)}: write a.b[0].c`;
  const steps = [...path.matchAll(STEP)].map(([, name, index]) => name ?? Number(index));
  return { path, steps, value: text.slice(equals + 1) };
}

/** @returns undefined where the value is so, else what is there instead */
export function jsonFlaw(
  root: unknown,
  { steps, value, path }: JsonExpectation,
): string | undefined {
  let at = root;
  for (const step of steps) {
    if (!hasMember(at, step)) return `JSON has no ${path}`;
    at = at[step];
  }
  if (Array.isArray(at)) return `JSON ${path} is a list, not ${value}`;
  if (typeof at === "object" && at !== null) return `JSON ${path} is an object, not ${value}`;
  const found = String(at);
  return found === value ? undefined : `JSON ${path} is ${clip(found)}, not ${value}`;
}

function hasMember(
  value: unknown,
  step: string | number,
): value is Readonly<Record<string | number, unknown>> {
  if (Array.isArray(value)) return typeof step === "number" && step < value.length;
  return typeof value === "object" && value !== null && Object.hasOwn(value, step);
}

const clip = (text: string): string =>
  text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}...` : text;

const PATH = /^(?:[^.[\]]+|\[\d{1,7}\])(?:\.[^.[\]]+|\[\d{1,7}\])*$/;
const STEP = /([^.[\]]+)(?=[.[]|$)|\[(\d+)\]/g;
const MOST_QUOTED = 60;
