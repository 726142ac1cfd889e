/** The process that runs what may be slow: programs of the user's, by which routers and servers are judged. */
import type { Ports } from "../../../io/ports.ts";
import type { FromChild, ToCheckers } from "./messages.ts";
import type { Work } from "./process.ts";
import { ScriptRunner } from "./script-runner.ts";

export function checkersWork(ports: Ports, tell: (message: FromChild) => void): Work<ToCheckers> {
  const scripts: ScriptRunner[] = [];
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const close = (): void => {
    for (const script of scripts.splice(0)) script.close();
  };
  return {
    ended,
    hear(message) {
      if (message.kind !== "plan") return;
      close();
      for (const planned of message.plan.scripts) {
        const { name: own } = planned;
        const known = message.known.find(({ name }) => name === own)?.state;
        const script = new ScriptRunner(planned, ports, known, (name, state) =>
          tell({ kind: "tracked", news: [{ kind: "script", name, state }] }),
        );
        scripts.push(script);
        tell({ kind: "tracked", news: [{ kind: "script", name: own, state: script.state }] });
        script.start();
      }
    },
    answer: async (question) =>
      question.kind === "scripts"
        ? { scripts: scripts.map((script) => script.record) }
        : { error: "this is the process of the checks" },
    stop: () => end(),
    abandon: () => end(),
    close,
  };
}
