/** The process that runs what may be slow: programs of the user's, by which routers and servers are judged, and that follow what becomes of them. */
import type { Ports } from "../../../io/ports.ts";
import { FileWatch } from "./file-watch.ts";
import type { FromChild, ToCheckers, TrackedNews } from "./messages.ts";
import { Notifier } from "./notifier.ts";
import type { Work } from "./process.ts";
import { TrackedThings } from "./tracked-things.ts";

export function checkersWork(ports: Ports, tell: (message: FromChild) => void): Work<ToCheckers> {
  const news = (one: TrackedNews): void => tell({ kind: "tracked", news: [one] });
  const trouble = (text: string): void => tell({ kind: "trouble", text });
  const files = new FileWatch(ports, () => tell({ kind: "files-changed" }));
  const tracked = new TrackedThings(ports, news, trouble);
  let notifier: Notifier | undefined;
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    ended,
    hear(message) {
      if (message.kind !== "plan") {
        notifier?.hear(message);
        return;
      }
      const { plan, known, states, watched } = message;
      if (notifier === undefined) {
        notifier = new Notifier(plan, states, ports, trouble);
        notifier.start();
      }
      tracked.apply(plan, known);
      files.follow(watched);
    },
    answer: async (question) =>
      question.kind === "scripts"
        ? { scripts: tracked.scripts }
        : { error: "this is the process of the checks" },
    stop: () => void (notifier?.finish() ?? Promise.resolve()).then(end),
    abandon: () => notifier?.hurry(),
    close: () => {
      files.close();
      tracked.close();
      notifier?.close();
    },
  };
}
