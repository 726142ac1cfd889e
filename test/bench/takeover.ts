/**
 * Takeover lag of vipkit next to keepalived: from the moment at which the protocol lets a backup take over
 * (last advert heard plus master-down time) to its first announcement, by kernel time stamps of a third
 * host. In turns, 20 rounds each; the master, of the same kind for both, is silenced at the switch.
 */
import { masterDownMs } from "../../src/proto/vrrp/times.ts";
import { Lan } from "../support/netns.ts";
import {
  addressOf,
  FAST_ROUTERS,
  type Router,
  type RouterProgram,
  startRouter,
} from "../support/router.ts";
import { Witness } from "../support/witness.ts";
import { printRatios } from "./distribution.ts";

const ROUNDS = 20;
const ROUTER = FAST_ROUTERS.IPv4;
const VIP = addressOf(ROUTER);
const PRIORITY = 100;

class Contest implements AsyncDisposable {
  readonly lagsMs: number[] = [];
  readonly #lan: Lan<"a" | "b" | "c">;
  readonly #witness: Witness;
  readonly #backup: Router;

  static async open(program: RouterProgram): Promise<Contest> {
    const lan = await Lan.open("a", "b", "c");
    const witness = await Witness.open(lan.hosts.c, "vrrp or arp");
    const master = startRouter("keepalived", lan.hosts.a, { ...ROUTER, priority: 200 });
    await master.becomes("MASTER");
    const backup = startRouter(program, lan.hosts.b, { ...ROUTER, priority: PRIORITY });
    await backup.becomes("BACKUP");
    return new Contest(lan, witness, backup);
  }

  private constructor(lan: Lan<"a" | "b" | "c">, witness: Witness, backup: Router) {
    this.#lan = lan;
    this.#witness = witness;
    this.#backup = backup;
  }

  async round(): Promise<void> {
    const { a, b } = this.#lan.hosts;
    this.#witness.lines.skipToNow();
    for (let i = 0; i < 10; i++) await this.#witness.nextAdvert(a, 200);
    await this.#lan.silence(a);
    const announced = await this.#witness.nextAnnouncement(b, VIP);
    const lastHeard = this.#witness.frames.findLast(({ sourceMac }) => sourceMac === a.mac);
    const limitMs = masterDownMs(
      { version: 3, priority: PRIORITY, downAdverts: 3 },
      ROUTER.intervalMs,
    );
    this.lagsMs.push(announced.atMs - ((lastHeard?.atMs ?? Number.NaN) + limitMs));
    await this.#backup.becomes("MASTER");
    await this.#lan.unsilence(a);
    await this.#backup.becomes("BACKUP");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lan[Symbol.asyncDispose]();
  }
}

await using vipkit = await Contest.open("vipkit");
await using keepalived = await Contest.open("keepalived");
for (let i = 0; i < ROUNDS; i++) {
  await vipkit.round();
  await keepalived.round();
}
printRatios(
  "takeover lag",
  { median: 0.5, worst: 1 },
  { vipkit: vipkit.lagsMs, keepalived: keepalived.lagsMs },
);
