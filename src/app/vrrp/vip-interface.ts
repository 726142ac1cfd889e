/** One interface that has virtual addresses of a router: holds them there and announces them from there. */
import { formatCidr, formatMac, sameIp } from "../../core/addr.ts";
import { ADDRESS_FLAGS } from "../../core/netlink/rtnl-address.ts";
import type { Link } from "../../core/netlink/rtnl-link.ts";
import type { Closable, NetlinkSocket, Ports } from "../../io/ports.ts";
import type { VirtualAddress } from "../../proto/vrrp/virtual-address.ts";
import { type Announcer, isEthernet, openAnnouncer } from "../announcements.ts";
import { HeldAddresses } from "./held-addresses.ts";
import { type InterfaceState, NO_INTERFACE, troubleOf } from "./interface-watch.ts";

type Outside = Pick<Ports, "openPacketSocket" | "readSysctl" | "clock">;

export interface InterfaceNews {
  readonly isBack: boolean; // it carries again
  readonly text: string; // a sentence
}

export class VipInterface implements Closable {
  readonly vips: readonly VirtualAddress[];
  readonly held: HeldAddresses;
  readonly #ports: Outside;
  #announcer: Announcer | undefined;
  #key = ""; // changes with whatever announcements depend on
  #trouble: ReturnType<typeof troubleOf>;
  #state: InterfaceState = NO_INTERFACE;

  /** @param owner, leaseS as `HeldAddresses` has them */
  constructor(
    ports: Outside,
    netlink: NetlinkSocket,
    vips: readonly VirtualAddress[],
    owner: boolean,
    leaseS: number | null,
  ) {
    this.#ports = ports;
    this.vips = vips;
    const { clock } = ports;
    this.held = new HeldAddresses(netlink, vips, owner, leaseS, () => clock.nowMs());
  }

  /** That it went or came back since the last time. */
  newsOf({ link }: InterfaceState): InterfaceNews | undefined {
    const before = this.#trouble;
    this.#trouble = troubleOf(link);
    if (this.#trouble === before) return undefined;
    const [name, addresses] = [this.vips[0]?.ifName, this.vips.map(formatCidr).join(", ")];
    const isBack = this.#trouble === undefined;
    const text = isBack
      ? `${name} is up again, the interface of ${addresses}`
      : `${name} is ${this.#trouble}: nobody there reaches ${addresses}`;
    return { isBack, text };
  }

  /** Works on the interface as it is now. @throws SystemError */
  moveTo(state: InterfaceState): void {
    this.#state = state;
    this.held.moveTo(state.link?.ifIndex);
  }

  /** @returns whether they leave in another way than before. @throws SystemError, with none then */
  prepareAnnouncements(): boolean {
    const { link } = this.#state;
    const key = link === undefined ? "" : `${link.ifIndex} ${formatMac(link.mac)}`;
    if (key === this.#key) return false;
    this.close();
    if (link === undefined) return false;
    this.#announcer = this.#open(link);
    this.#key = key;
    return true;
  }

  /** Those that we hold and that are not there. */
  get missing(): readonly VirtualAddress[] {
    return this.held.missing(this.#state);
  }

  get ifIndex(): number | undefined {
    return this.#state.link?.ifIndex;
  }

  /** Whether all are held, and were there when the interface was seen last. */
  get isWhole(): boolean {
    return this.held.holding && this.missing.length === 0;
  }

  /** Those that are there now and can be used. */
  get present(): readonly VirtualAddress[] {
    const usable = this.#state.addresses.filter(({ flags }) => (flags & UNUSABLE) === 0);
    return this.vips.filter((vip) => usable.some(({ ip }) => sameIp(ip, vip.ip)));
  }

  /** Every virtual address `times` over, where the interface has neighbours. @throws SystemError */
  announce(times: number): void {
    this.#announcer?.announce(times);
  }

  /** Announces no more. */
  close(): void {
    this.#announcer?.close();
    this.#announcer = undefined;
    this.#key = "";
  }

  #open(link: Link): Announcer | undefined {
    if (!isEthernet(link)) return undefined; // a loopback or a tunnel: nobody there has a cache
    return openAnnouncer(
      this.#ports,
      link,
      this.vips.map(({ ip }) => ip),
    );
  }
}

const UNUSABLE = ADDRESS_FLAGS.tentative | ADDRESS_FLAGS.dadFailed;
