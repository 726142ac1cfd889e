/** A conversation by which a service is checked: what is heard goes in, what is to be said or done comes out. */
import type { CheckFinding } from "./result.ts";

export type DialogueFact =
  | { readonly kind: "connected" | "secured" | "closed" } // secured: the TLS handshake is done
  | { readonly kind: "received"; readonly bytes: Uint8Array };

/** An order to start TLS is the last of its list, and so is the finding, which ends it all. */
export type DialogueOrder =
  | { readonly kind: "send"; readonly bytes: Uint8Array }
  | { readonly kind: "start-tls" }
  | { readonly kind: "finish"; readonly finding: CheckFinding };

export interface Dialogue {
  handle(fact: DialogueFact): readonly DialogueOrder[];
  /** What is waited for now, and heard so far: told where time runs out. */
  readonly awaited: string;
  /** To be said last, whatever came of it; null: nothing. */
  readonly farewell: Uint8Array | null;
}

/** As much of what a service said as a line of a report has room for. */
export const excerpt = (text: string): string =>
  text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}...` : text;

/** Of one conversation; who says more does not mean what is checked here. */
export const MOST_BYTES = 64 * 1024;
const MOST_QUOTED = 100;
