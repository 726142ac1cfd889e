/** Programs timed in turns, as whole processes; medians and ratios. */
import { spawnSync } from "node:child_process";
import { performance } from "node:perf_hooks";

/** Node reads all of these at its start, which takes longer than all else of it: of the machine, not of a program. */
delete process.env.NODE_EXTRA_CA_CERTS;

/** @param programs argv by name. @returns the median of `rounds` in milliseconds, by name */
export function timeInTurns<Name extends string>(
  programs: Readonly<Record<Name, readonly string[]>>,
  rounds: number,
): Record<Name, number> {
  const names = Object.keys(programs) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const name of names) times.get(name)?.push(timeMs(programs[name]));
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<
    Name,
    number
  >;
}

/** A line for each; ratios to the first. */
export function tellTimes(medians: Readonly<Record<string, number>>): void {
  const [peerMs = Number.NaN] = Object.values(medians);
  const [peer = ""] = Object.keys(medians);
  for (const [name, ms] of Object.entries(medians))
    process.stdout.write(
      `${name}: ${ms.toFixed(1)} ms, ${(ms / peerMs).toFixed(2)} times ${peer}\n`,
    );
}

function timeMs([file = "", ...args]: readonly string[]): number {
  const startMs = performance.now();
  const { status, stderr } = spawnSync(file, args, { encoding: "utf8" });
  const tookMs = performance.now() - startMs;
  if (status !== 0) throw new Error(`${file} ended with ${status}: ${stderr.slice(-200)}`);
  return tookMs;
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
