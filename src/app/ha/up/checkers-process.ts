/** The process that runs what may be slow: programs of the user's, by which routers and servers are judged. */
import type { Closable, Ports } from "../../../io/ports.ts";
import type { FromChild, ToCheckers, TrackedNews } from "./messages.ts";
import type { Work } from "./process.ts";
import { trackThings } from "./tracked-things.ts";

export function checkersWork(ports: Ports, tell: (message: FromChild) => void): Work<ToCheckers> {
  let tracked: Closable | undefined;
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const close = (): void => tracked?.close();
  return {
    ended,
    hear(message) {
      if (message.kind !== "plan") return;
      close();
      const { plan, known } = message;
      const news = (one: TrackedNews): void => tell({ kind: "tracked", news: [one] });
      const trouble = (text: string): void => tell({ kind: "trouble", text });
      tracked = trackThings(plan, known, ports, news, trouble);
    },
    stop: () => end(),
    abandon: () => end(),
    close,
  };
}
