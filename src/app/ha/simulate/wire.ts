/**
 * What the simulated routers hear of each other: real adverts, encoded and judged by the product's own
 * code. Who makes what of an advert does not change, so that each is judged once.
 */
import { familyOf, formatIp, type IpBytes } from "../../../core/addr.ts";
import { encodeVrrp, type VrrpChecksum } from "../../../core/wire/vrrp.ts";
import type { VrrpFact } from "../../../proto/vrrp/facts.ts";
import { destinationsOf, type VrrpReach } from "../../../proto/vrrp/reach.ts";
import { judgeAdvert } from "../../../proto/vrrp/receive.ts";
import type { SimulatedInstance } from "./cluster.ts";
import type { EventQueue } from "./event-queue.ts";

/** Who has a place on the wire. */
export interface Station {
  readonly instance: SimulatedInstance;
  readonly host: { readonly segment: number }; // nodes of different segments do not hear each other
  readonly isLinkUp: boolean;
  feed(fact: VrrpFact): void;
}

/** Virtual routers that should be one have this in common. */
export const stationKey = ({ lan, config, source }: SimulatedInstance): string =>
  `${lan} ${familyOf(source)} ${config.vrid}`;

export class Wire {
  lossPct = 0;
  advertsSent = 0;
  readonly #queue: EventQueue;
  readonly #random: () => number;
  readonly #stations = new Map<string, Station[]>(); // by key of a group, by address of a peer
  readonly #judged = new Map<Station, Map<number, readonly Delivery[]>>();

  constructor(queue: EventQueue, random: () => number) {
    this.#queue = queue;
    this.#random = random;
  }

  add(station: Station): void {
    const place = placeOf(station.instance);
    this.#stations.set(place, [...(this.#stations.get(place) ?? []), station]);
    this.#judged.set(station, new Map());
  }

  send(sender: Station, priority: number, checksum: VrrpChecksum): void {
    this.advertsSent += 1;
    if (!sender.isLinkUp) return;
    const deliveries = this.#deliveriesOf(sender, priority, checksum);
    const { segment } = sender.host;
    this.#queue.at(this.#queue.nowMs + DELAY_MS, () => {
      for (const { to, fact } of deliveries) {
        if (to.host.segment !== segment || !to.isLinkUp || this.#isLost()) continue;
        to.feed(fact);
      }
    });
  }

  #isLost(): boolean {
    return this.lossPct > 0 && 100 * this.#random() < this.lossPct;
  }

  #deliveriesOf(sender: Station, priority: number, checksum: VrrpChecksum): readonly Delivery[] {
    const key = checksum === "bare" ? -priority - 1 : priority;
    const known = this.#judged.get(sender);
    const judged = known?.get(key);
    if (judged !== undefined) return judged;
    const deliveries = destinationsOf(sender.instance.reach).flatMap((destination) =>
      this.#deliver(sender, destination, priority, checksum),
    );
    known?.set(key, deliveries);
    return deliveries;
  }

  #deliver(
    sender: Station,
    destination: IpBytes,
    priority: number,
    checksum: VrrpChecksum,
  ): Delivery[] {
    const { instance } = sender;
    const { reach, source } = instance;
    const place = reach.kind === "group" ? stationKey(instance) : formatIp(destination);
    const payload = advertBytes(instance, destination, priority, checksum);
    const shared = sharing<VrrpFact>();
    return (this.#stations.get(place) ?? []).flatMap((to) => {
      if (to === sender) return [];
      const { config, ...own } = to.instance;
      const believed = own.believesStrangers && own.reach.kind === "peers";
      const heard = believed ? from(source) : own.reach;
      const standard = { ...config, ...own, reach: heard, addresses: own.vips, hmac: null };
      const fact = judgeAdvert({ source, destination, ttl: 255, payload }, standard, 0);
      return fact === undefined ? [] : [{ to, fact: shared(fact) }];
    });
  }
}

/** @returns for each value the first one that was equal: of many that are, one is kept in memory */
function sharing<Value>(): (value: Value) => Value {
  const known = new Map<string, Value>();
  return (value) => {
    const key = JSON.stringify(value);
    const first = known.get(key) ?? value;
    known.set(key, first);
    return first;
  };
}

interface Delivery {
  readonly to: Station;
  readonly fact: VrrpFact;
}

const from = (ip: IpBytes): VrrpReach => ({
  kind: "peers",
  peers: [{ ip, minTtl: 0, maxTtl: 255 }],
});

const placeOf = (instance: SimulatedInstance): string =>
  instance.reach.kind === "group" ? stationKey(instance) : formatIp(instance.source);

function advertBytes(
  { config, vips, source, authPass }: SimulatedInstance,
  destination: IpBytes,
  priority: number,
  checksum: VrrpChecksum,
): Uint8Array {
  const { version, vrid, adverIntervalMs } = config;
  const said = { vrid, priority, adverIntervalCs: adverIntervalMs / 10, addresses: vips };
  const carrier = { source, destination };
  if (version === 3) return encodeVrrp({ version, ...said, checksum }, carrier);
  const auth =
    authPass === null
      ? ({ type: "none" } as const)
      : ({ type: "pass", password: new TextEncoder().encode(authPass) } as const);
  return encodeVrrp({ version, ...said, auth }, carrier);
}

const DELAY_MS = 1;
