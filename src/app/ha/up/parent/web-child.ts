/** The child that shows a running `ha up` over HTTP: watched like the others, and nobody waits for it. */
import type { Ports } from "../../../../io/ports.ts";
import type { ChildLimits } from "../../../../proto/ha/child-watch.ts";
import type { ToWeb } from "../messages.ts";
import { patient, WatchedChild } from "./watched-child.ts";

export const webChild = (
  limits: ChildLimits,
  ports: Pick<Ports, "startChild" | "clock">,
  onTrouble: (text: string) => void,
): WatchedChild<ToWeb> =>
  new WatchedChild("web", patient(limits, PATIENCE_MS), ports, {
    greeting: () => [{ kind: "serve" }],
    onMessage: (message) => {
      if (message.kind === "trouble" || message.kind === "refused") onTrouble(message.text);
    },
    onTrouble,
  });

/** A page of a thousand routers takes its time, and delays nothing but the next page. */
const PATIENCE_MS = 5000;
