/** A conversation with a machine, as text: what a server says, and what comes of it. */
import type { Dialogue, DialogueOrder } from "../../src/proto/check/dialogue.ts";

/** `connected`, `secured` and `closed` are facts; everything else is said by the server. */
export function converse(dialogue: Dialogue, ...facts: readonly (string | Uint8Array)[]): string[] {
  return facts.flatMap((fact) => {
    if (fact === "connected" || fact === "secured" || fact === "closed")
      return dialogue.handle({ kind: fact }).map(orderText);
    const bytes = typeof fact === "string" ? new TextEncoder().encode(fact) : fact;
    return dialogue.handle({ kind: "received", bytes }).map(orderText);
  });
}

function orderText(order: DialogueOrder): string {
  switch (order.kind) {
    case "send":
      return `> ${new TextDecoder().decode(order.bytes).trimEnd()}`;
    case "start-tls":
      return "TLS";
    case "finish":
      return `${order.finding.class}: ${order.finding.detail}`;
  }
}
