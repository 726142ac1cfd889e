/**
 * Watches the wire of a MASTER for others that have its addresses, and defends them: the machine of
 * `proto/vrrp/conflict-watch.ts` on a packet socket.
 */
import {
  compareIp,
  familyOf,
  formatIp,
  formatMac,
  includesIp,
  isMulticastIp,
  sameIp,
} from "../../core/addr.ts";
import { type Driver, drive } from "../../io/drive.ts";
import type { Closable, NetlinkSocket, PacketSocket, Ports } from "../../io/ports.ts";
import { probeFrame, questionFrame } from "../../proto/duplicate-frames.ts";
import {
  type ConflictFact,
  type ConflictOrder,
  ConflictWatch,
} from "../../proto/vrrp/conflict-watch.ts";
import {
  decodeForeign,
  type ForeignAdvert,
  foreignFilter,
} from "../../proto/vrrp/foreign-frames.ts";
import { listLinks } from "../rtnl.ts";
import type { CareMeans } from "./care-means.ts";
import { type ConflictRecord, conflictRecord } from "./conflict-record.ts";
import { type VrrpInstance, vipsOnLan } from "./instance.ts";
import type { Place } from "./place.ts";

export class ConflictWatcher implements Closable {
  readonly #instanceNow: () => VrrpInstance;
  readonly #place: Place;
  readonly #means: CareMeans;
  readonly #machine: ConflictWatch;
  readonly #driver: Driver<ConflictFact>;
  readonly #socket: PacketSocket;
  readonly #questions: readonly Uint8Array[];
  #otherGroup: string | undefined; // the last that was told

  /** To be opened when the router is MASTER and has said so. @throws SystemError */
  constructor(
    instanceNow: () => VrrpInstance,
    place: Place,
    ports: Pick<Ports, "clock" | "openPacketSocket">,
    netlink: NetlinkSocket,
    means: CareMeans,
  ) {
    this.#instanceNow = instanceNow;
    this.#place = place;
    this.#means = means;
    const instance = instanceNow();
    const { config, family } = instance;
    const vips = vipsOnLan(instance);
    const { source, link } = place;
    const asker = { ip: source, mac: link.mac };
    // An owner's source is one of the addresses: as a neighbour it would only announce that.
    this.#questions = vips
      .filter((ip) => familyOf(ip) === family)
      .map((ip) =>
        includesIp(vips, source) ? probeFrame(ip, link.mac) : questionFrame(ip, asker),
      );
    // Linux answers ARP on each of its interfaces for the addresses of all (arp_ignore = 0).
    const macsHere = new Set(listLinks(netlink).map((link) => formatMac(link.mac)));
    const ours = { vrid: config.vrid, vips, source, mac: place.mac };
    this.#socket = ports.openPacketSocket({
      ifName: link.name,
      ifIndex: link.ifIndex,
      etherType: "any",
      filter: foreignFilter(ours),
      onFrame: (frame) => {
        const heard = decodeForeign(frame, ours);
        if (heard?.kind === "advert") this.#meetRouter(heard);
        else if (heard !== undefined && !macsHere.has(heard.mac)) this.#driver.feed(heard);
      },
    });
    this.#machine = new ConflictWatch(config.adverIntervalMs);
    this.#driver = drive(this.#machine, ports.clock, (order) => this.#perform(order));
    this.#driver.feed({ kind: "took-over" });
  }

  /** Those that last, as `vrrp status` tells them. */
  records(nowMs: number): ConflictRecord[] {
    return this.#machine.conflicts.map((one) => conflictRecord(one, this.#ourMac, nowMs));
  }

  get #ourMac(): string {
    return formatMac(this.#place.mac);
  }

  /** The router is MASTER no more, or elsewhere. */
  close(): void {
    this.#driver.feed({ kind: "released" });
    this.#driver.stop();
    this.#socket.close();
  }

  #meetRouter({ source, destination, mac, priority, adverIntervalMs }: ForeignAdvert): void {
    if (priority === 0) return; // it goes
    const { config, authPass, hmac, reach } = this.#instanceNow();
    if (reach.kind === "group" && isMulticastIp(destination) && !sameIp(destination, reach.group)) {
      const [theirs, ours] = [destination, reach.group].map(formatIp);
      const text = `${formatIp(source)} sends adverts for VRID ${config.vrid} to group ${theirs} and we to ${ours}: neither hears the other`;
      if (theirs !== this.#otherGroup) this.#means.teller.tell("notice", text, "other group");
      this.#otherGroup = theirs;
    }
    const rank = priority - config.priority || compareIp(source, this.#place.source);
    // Where adverts are authenticated anybody could forge one to keep us from defending ourselves.
    const outranksUs = rank > 0 && authPass === null && hmac === null;
    const rival = { source: formatIp(source), mac, adverIntervalMs, outranksUs };
    this.#driver.feed({ kind: "rival-heard", ...rival });
  }

  #perform(order: ConflictOrder): void {
    const { emit, announce, teller } = this.#means;
    switch (order.kind) {
      case "announce":
        announce();
        break;
      case "ask":
        teller.attempt(() => {
          for (const frame of this.#questions) this.#socket.send(frame);
        });
        break;
      case "report-claim": {
        const { vip, mac } = order;
        const text = `${vip} is claimed by ${mac}: announced again`;
        teller.tell("notice", text, `claim of ${vip}`);
        break;
      }
      case "report-conflict": {
        const { state, conflict } = order;
        const { priority } = this.#instanceNow().config;
        emit({ type: "conflict", state, conflict, ourMac: this.#ourMac, priority });
      }
    }
  }
}
