/** Who is master of which virtual router, as somebody concludes who only listens for a while. */
import type { Family } from "../../core/addr.ts";
import type { FrameAdvert } from "./frame-advert.ts";
import { masterDownMs } from "./times.ts";

/** Somebody who advertises. Times are those that `hear` was given. */
export interface WireSpeaker {
  readonly last: FrameAdvert;
  readonly here: boolean; // this host sent it
  readonly adverts: number;
  readonly firstMs: number;
  readonly heardMs: number;
}

export interface WireRouter {
  readonly vrid: number;
  readonly family: Family;
  /** The latest first; more than one is a split brain. */
  readonly masters: readonly WireSpeaker[];
  /** Who was heard and is not master any more. */
  readonly former: readonly WireSpeaker[];
}

/** Bounded: of more than `MAX_SPEAKERS` the later ones are left out. */
export class WireSurvey {
  readonly #speakers = new Map<string, WireSpeaker>();
  /** How long a listener must stay to have heard every master that paces itself as those heard do. */
  needMs = patienceMs(3, 1000);

  hear(last: FrameAdvert, here: boolean, atMs: number): void {
    const key = `${last.vrid} ${last.family} ${last.source} ${last.mac}`;
    const known = this.#speakers.get(key);
    if (known === undefined && this.#speakers.size >= MAX_SPEAKERS) return;
    const { firstMs, adverts } = known ?? { firstMs: atMs, adverts: 0 };
    this.#speakers.set(key, { last, here, firstMs, heardMs: atMs, adverts: adverts + 1 });
    this.needMs = Math.max(this.needMs, patienceMs(last.version, last.intervalMs));
  }

  /** In the order of VRID and family. */
  routers(nowMs: number): WireRouter[] {
    const groups = new Map<string, WireSpeaker[]>();
    for (const speaker of this.#speakers.values()) {
      const key = `${speaker.last.vrid} ${speaker.last.family}`;
      groups.set(key, [...(groups.get(key) ?? []), speaker]);
    }
    return [...groups.values()]
      .flatMap((speakers) => conclude(speakers, nowMs))
      .sort((a, b) => a.vrid - b.vrid || a.family - b.family);
  }
}

function conclude(speakers: readonly WireSpeaker[], nowMs: number): WireRouter[] {
  const latestFirst = [...speakers].sort((a, b) => b.heardMs - a.heardMs);
  const speaking = latestFirst.filter(({ last, heardMs }) => {
    const silentMs = nowMs - heardMs;
    return last.priority > 0 && silentMs <= patienceMs(last.version, last.intervalMs);
  });
  const [latest] = speaking;
  // Who was not heard again since the latest one began has handed over to it.
  const masters = speaking.filter((one) => latest === one || one.heardMs > (latest?.firstMs ?? 0));
  const former = latestFirst.filter((one) => !masters.includes(one));
  return latestFirst.slice(0, 1).map(({ last: { vrid, family } }) => ({
    vrid,
    family,
    masters,
    former,
  }));
}

/** Until the weakest BACKUP has taken over from a master of that pace. */
const patienceMs = (version: 2 | 3, intervalMs: number): number =>
  masterDownMs({ version, priority: 1, downAdverts: 3 }, intervalMs);

const MAX_SPEAKERS = 1024;
