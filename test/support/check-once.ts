/** One try of a prober on fake ports, in virtual time. */
import { attempt, type Prober } from "../../src/app/check/attempt.ts";
import type { CheckResult } from "../../src/proto/check/result.ts";
import type { FakePorts } from "./fake-ports.ts";
import { ip } from "./packets.ts";

/** Leaves as the kernel likes, and asks every address. */
export const PLAINLY = {
  source: null,
  ifName: null,
  mark: null,
  family: undefined,
  firstOnly: false,
} as const;

/** 10.0.0.5 with a port. */
export const target = (port: number) => ({ host: "10.0.0.5", ip: ip("10.0.0.5"), port });

/** @param limitMs it may take; where it takes all of it, time passes */
export async function checkOnce<Target>(
  prober: Prober<Target>,
  whom: Target,
  ports: FakePorts,
  limitMs = 3000,
): Promise<CheckResult> {
  const { signal } = new AbortController();
  const tried = attempt(prober, whom, limitMs, ports.clock, signal);
  await ports.clock.pass(limitMs);
  return await tried;
}
