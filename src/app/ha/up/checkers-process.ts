/** The process that runs what may be slow: programs of the user's, by which routers and servers are judged, and that follow what becomes of them. */
import type { Ports } from "../../../io/ports.ts";
import type { FromChild, ToCheckers, TrackedNews } from "./messages.ts";
import { Notifier } from "./notifier.ts";
import type { Work } from "./process.ts";
import { type TrackedThings, trackThings } from "./tracked-things.ts";

export function checkersWork(ports: Ports, tell: (message: FromChild) => void): Work<ToCheckers> {
  let tracked: TrackedThings | undefined;
  let notifier: Notifier | undefined;
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const close = (): void => {
    tracked?.close();
    notifier?.close();
  };
  const trouble = (text: string): void => tell({ kind: "trouble", text });
  return {
    ended,
    hear(message) {
      if (message.kind !== "plan") {
        notifier?.hear(message);
        return;
      }
      close();
      const { plan, known, states } = message;
      const news = (one: TrackedNews): void => tell({ kind: "tracked", news: [one] });
      notifier = new Notifier(plan, states, ports, trouble);
      notifier.start();
      tracked = trackThings(plan, known, ports, news, trouble);
    },
    answer: async (question) =>
      question.kind === "scripts"
        ? { scripts: tracked?.scripts ?? [] }
        : { error: "this is the process of the checks" },
    stop: () => void (notifier?.finish() ?? Promise.resolve()).then(end),
    abandon: () => notifier?.hurry(),
    close,
  };
}
