/** Many who wait for the abort of one signal, by one listener: Node warns of more than ten, and is slow with thousands. */
import type { Cancel, Limit } from "../../io/ports.ts";

/** Calls `run` once when `signal` aborts. Nobody is called where it has already. */
export function onAbort(signal: Limit, run: () => void): Cancel {
  const waiting = WAITING.get(signal) ?? listen(signal);
  const one = { run }; // the same function may wait twice
  waiting.add(one);
  return () => waiting.delete(one);
}

function listen(signal: Limit): Set<{ readonly run: () => void }> {
  const waiting = new Set<{ readonly run: () => void }>();
  WAITING.set(signal, waiting);
  signal.addEventListener("abort", () => {
    for (const { run } of [...waiting]) run();
  });
  return waiting;
}

const WAITING = new WeakMap<Limit, Set<{ readonly run: () => void }>>();
