/** How a running process of ours is asked by its control socket: a request, and a JSON object back. */
import { SystemError } from "../core/errors.ts";
import type { Ports } from "../io/ports.ts";

export type ControlRequest = { readonly request: string } & Readonly<Record<string, unknown>>;

/**
 * @param key that an answer to this request has
 * @throws SystemError where nobody answers, or the request is refused
 */
export async function ask<Answer>(
  name: string,
  request: ControlRequest,
  key: string & keyof Answer,
  { control }: Pick<Ports, "control">,
  limitMs = ASK_LIMIT_MS,
): Promise<Answer> {
  const line = await control.ask(name, JSON.stringify(request), limitMs);
  const answer = parseAnswer(line);
  if (Object.hasOwn(answer, key)) return answer as Answer;
  if (typeof answer.error === "string")
    throw new SystemError(request.request, name, "refused", answer.error);
  throw new SystemError("ask", name, "bad-answer", "what answers is no vipkit of this version");
}

/** A request or an answer; empty for what is no JSON object. */
export function parseAnswer(line: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(line));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** A process that is stopped or stuck is not waited for. */
export const ASK_LIMIT_MS = 2000;
