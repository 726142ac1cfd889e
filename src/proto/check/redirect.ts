/** Where an answer sends its client, and what is asked there (RFC 9110 section 15.4). */
import { followHttpUrl, formatHttpUrl, type HttpUrl, isSameOrigin } from "./http-url.ts";

export interface Hop {
  readonly url: HttpUrl;
  readonly method: string;
  readonly isBodySent: boolean;
  readonly isTrusted: boolean; // what is secret may be sent: it was never lead to another origin
}

/** @returns the next one, undefined where the answer is none to follow, or why it cannot be followed */
export function nextHop(
  hop: Hop,
  status: number,
  location: string | undefined,
): Hop | undefined | string {
  if (!REDIRECTS.has(status)) return undefined;
  if (location === undefined) return `${status} without a Location`;
  const url = followHttpUrl(hop.url, location);
  if (typeof url === "string")
    return `redirected to what ${url}: ${location.slice(0, MOST_QUOTED)}`;
  const isTrusted = hop.isTrusted && isSameOrigin(hop.url, url);
  const becomesGet =
    (status === 303 && hop.method !== "HEAD") || (status < 303 && hop.method === "POST");
  return becomesGet
    ? { url, method: "GET", isBodySent: false, isTrusted }
    : { ...hop, url, isTrusted };
}

/** What was asked already, so that a loop is seen when it closes. */
export class RedirectTrail {
  readonly #asked = new Set<string>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get redirects(): number {
    return Math.max(0, this.#asked.size - 1);
  }

  /** @returns why this one is not to be asked */
  add({ url, method }: Hop): string | undefined {
    const text = formatHttpUrl(url);
    const key = `${method} ${text}`;
    if (this.#asked.has(key)) return `redirect loop: ${text.slice(0, MOST_QUOTED)} again`;
    if (this.#asked.size > this.#most) return `more than ${this.#most} redirects`;
    this.#asked.add(key);
    return undefined;
  }
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const MOST_QUOTED = 200;
