/**
 * Asks the gateway, and hosts that the user names, from a virtual address after a takeover: the
 * machine of `proto/vrrp/loop-proof.ts` for each of them on one packet socket.
 */
import {
  familyOf,
  formatIp,
  formatMac,
  type IpBytes,
  includesIp,
  type MacBytes,
  sameIp,
} from "../../core/addr.ts";
import { type Driver, drive } from "../../io/drive.ts";
import type { Closable, PacketSocket, Ports } from "../../io/ports.ts";
import { announcementFrames, rarpFrame } from "../../proto/announcement.ts";
import { questionFrame } from "../../proto/duplicate-frames.ts";
import { answerFilter, decodeAnswer, echoFrame } from "../../proto/vrrp/loop-frames.ts";
import {
  type AnnouncementWay,
  type LoopFact,
  type LoopOrder,
  type LoopOutcome,
  LoopProof,
} from "../../proto/vrrp/loop-proof.ts";
import { forwardsIpv6 } from "../announcements.ts";
import type { CareMeans } from "./care-means.ts";
import type { Place } from "./place.ts";

/** Somebody who must know where our addresses are. */
export interface Neighbour {
  readonly ip: IpBytes;
  readonly role: "gateway" | "host";
}

/** How it went with one of them. */
export interface VerifyRecord {
  readonly host: string;
  readonly role: Neighbour["role"];
  readonly vip: string; // from which it was asked
  readonly verdict: LoopOutcome["verdict"];
  readonly ok: boolean; // nothing speaks against it
  readonly sends: number;
  readonly took_ms: number;
  readonly tried: readonly AnnouncementWay[];
}

type Outside = Pick<Ports, "clock" | "pid" | "openPacketSocket" | "readSysctl">;

export class LoopProver implements Closable {
  readonly #place: Place;
  readonly #vips: readonly IpBytes[];
  readonly #vip: IpBytes;
  readonly #ports: Outside;
  readonly #means: CareMeans;
  readonly #socket: PacketSocket;
  readonly #drivers: Driver<LoopFact>[] = [];
  readonly #records: VerifyRecord[] = [];
  #sequence = 0;

  /**
   * To be opened when the router is MASTER and has announced itself.
   * @param vips of one family and at least one; the first is asked from. @throws SystemError
   */
  constructor(
    neighbours: readonly Neighbour[],
    vips: readonly IpBytes[],
    place: Place,
    ports: Outside,
    means: CareMeans,
  ) {
    this.#place = place;
    this.#vips = vips;
    this.#vip = vips[0] as IpBytes;
    this.#ports = ports;
    this.#means = means;
    const heard: ((frame: Uint8Array) => void)[] = [];
    this.#socket = ports.openPacketSocket({
      ifName: place.link.name,
      ifIndex: place.link.ifIndex,
      etherType: "any",
      filter: answerFilter(
        neighbours.map(({ ip }) => ip),
        this.#identifier,
      ),
      onFrame: (frame) => {
        for (const hear of heard) hear(frame);
      },
    });
    for (const neighbour of neighbours) heard.push(this.#prove(neighbour));
    for (const driver of this.#drivers) driver.feed({ kind: "started" });
  }

  /** Of those with whom it is over. */
  get records(): readonly VerifyRecord[] {
    return this.#records;
  }

  close(): void {
    for (const driver of this.#drivers) driver.stop();
    this.#socket.close();
  }

  /** @returns what is to be given every frame */
  #prove(neighbour: Neighbour): (frame: Uint8Array) => void {
    let mac: MacBytes | undefined;
    const { link, source, mac: ourMac } = this.#place;
    const hasOwn = !includesIp(this.#vips, source);
    const macs = [link.mac, ourMac].map(formatMac);
    const machine = new LoopProof(hasOwn);
    const driver = drive(machine, this.#ports.clock, (order: LoopOrder) => {
      if (order.kind === "finish") this.#finish(neighbour, order.outcome);
      else this.#means.teller.attempt(() => this.#send(order, neighbour.ip, mac));
    });
    this.#drivers.push(driver);
    return (frame) => {
      const answer = decodeAnswer(frame, neighbour.ip, macs);
      if (answer?.kind === "neighbour") {
        mac = answer.mac;
        driver.feed({ kind: "neighbour-found" });
      } else if (answer?.kind === "echo" && sameIp(answer.to, this.#vip)) {
        driver.feed({ kind: "echo-heard", to: "virtual" });
      } else if (answer?.kind === "echo" && sameIp(answer.to, source)) {
        driver.feed({ kind: "echo-heard", to: "own" });
      }
    };
  }

  #send(
    order: Exclude<LoopOrder, { kind: "finish" }>,
    neighbour: IpBytes,
    neighbourMac: MacBytes | undefined,
  ): void {
    const { link, source, mac } = this.#place;
    switch (order.kind) {
      case "ask":
        for (const ip of this.#vips) this.#socket.send(questionFrame(neighbour, { ip, mac }));
        // An advertisement, other than ARP's reply, goes where the neighbour believes the asker to be.
        if (familyOf(neighbour) === 6) {
          this.#socket.send(questionFrame(neighbour, { ip: source, mac: link.mac }));
        }
        break;
      case "echo": {
        if (neighbourMac === undefined) break;
        const [from, fromMac] = order.from === "virtual" ? [this.#vip, mac] : [source, link.mac];
        const path = { from, fromMac, to: neighbour, toMac: neighbourMac };
        this.#sequence = (this.#sequence + 1) & 0xffff;
        const [identifier, sequence] = [this.#identifier, this.#sequence];
        this.#socket.send(echoFrame({ ...path, identifier, sequence }));
        break;
      }
      case "announce":
        for (const frame of this.#announcement(order.way, neighbourMac)) this.#socket.send(frame);
    }
  }

  #announcement(way: AnnouncementWay, neighbourMac: MacBytes | undefined): Uint8Array[] {
    const { mac, link } = this.#place;
    if (way === "rarp") return [rarpFrame({ mac, to: null })];
    const to = way === "unicast" && neighbourMac !== undefined ? neighbourMac : null;
    const arpForm = way === "unicast" ? "both" : "reply";
    const router = familyOf(this.#vip) === 6 && forwardsIpv6(this.#ports, link.name);
    return this.#vips.flatMap((ip) => announcementFrames(ip, { mac, to, arpForm, router }));
  }

  #finish({ ip, role }: Neighbour, { verdict, sends, tookMs, tried }: LoopOutcome): void {
    const record: VerifyRecord = {
      host: formatIp(ip),
      role,
      vip: formatIp(this.#vip),
      verdict,
      ok: verdict === "answers" || verdict === "no-echo",
      sends,
      took_ms: tookMs,
      tried,
    };
    this.#records.push(record);
    this.#means.emit({ type: "verify", ...record });
  }

  get #identifier(): number {
    return this.#ports.pid & 0xffff;
  }
}
