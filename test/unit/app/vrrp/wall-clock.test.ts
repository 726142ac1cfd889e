/** A router goes by the monotonic clock alone: the time of day may jump as it likes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeClock } from "../../../support/fake-clock.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeRun } from "../../../support/fake-run.ts";
import { vrrpConfig } from "../../../support/vrrp.ts";

const DAY_MS = 86_400_000;

class JumpingClock extends FakeClock {
  jumpMs = 0;

  override wallMs(): number {
    return super.wallMs() + this.jumpMs;
  }
}

for (const jumpMs of [DAY_MS, -DAY_MS]) {
  test(`a jump by ${jumpMs / DAY_MS} day moves no router, and delays no advert`, async () => {
    const clock = new JumpingClock();
    const ports = Object.assign(new FakePorts(), { clock });
    const run = new FakeRun({ config: vrrpConfig({ leaseS: 2, garpRepeat: 1 }) }, { ports });
    await run.pass(3610);
    const adverts = async (): Promise<number> => {
      run.takeSent();
      await run.pass(10_000);
      return run.takeSent().filter((text) => text.startsWith("advert 100")).length;
    };
    const before = await adverts();
    const [told, held] = [run.told.length, run.addresses];
    clock.jumpMs = jumpMs;
    assert.equal(await adverts(), before);
    assert.deepEqual(run.told.slice(told), []);
    assert.deepEqual(run.addresses, held);
    run.stop.abort();
    await run.pass(5000);
    await run.ended;
  });
}
