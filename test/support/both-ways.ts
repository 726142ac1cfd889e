/** An election beside another program, which has to go both ways: by preemption, resignation and death. */
import assert from "node:assert/strict";
import type { Probe } from "./probe.ts";
import type { Router, RouterProgram } from "./router.ts";

/** Which program is the router of lower priority and which the one of higher: vipkit is either. */
export const bothWays = <Peer extends RouterProgram>(peer: Peer) =>
  [
    ["vipkit", peer],
    [peer, "vipkit"],
  ] as const;

/**
 * A higher router takes the address from `low`, hands it back, takes it again and dies. The client
 * gets an answer after each move, and nobody finds fault with what another one sent.
 * @param low is MASTER
 * @param meanwhile what is to be looked at while the higher one is MASTER
 */
export async function moveBothWays(
  low: Router,
  startHigh: () => Router,
  probe: Probe,
  meanwhile: (high: Router) => Promise<void> = async () => undefined,
): Promise<void> {
  const routers = [low];
  for (const end of ["stop", "kill"] as const) {
    const high = startHigh();
    routers.push(high);
    await high.becomes("MASTER");
    await low.becomes("BACKUP");
    await probe.answer();
    await meanwhile(high);
    await high[end]();
    await low.becomes("MASTER");
    await probe.answer();
  }
  assert.deepEqual(
    routers.flatMap(({ complaints }) => complaints),
    [],
  );
}
