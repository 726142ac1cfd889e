/** Thousands that wait for the end of the same signal. */

/**
 * Calls `run` when `signal` aborts. The signal has one listener for all of them: it would look through
 * all that it has at each that comes and goes. @returns takes it back
 */
export function onStop(signal: AbortSignal, run: () => void): () => void {
  let waiting = waitingFor.get(signal);
  if (waiting === undefined) {
    const made = new Set<() => void>();
    signal.addEventListener("abort", () => {
      for (const each of [...made]) each();
    });
    waitingFor.set(signal, made);
    waiting = made;
  }
  const own = (): void => run(); // the same function may wait twice
  waiting.add(own);
  const all = waiting;
  return () => void all.delete(own);
}

const waitingFor = new WeakMap<AbortSignal, Set<() => void>>();
