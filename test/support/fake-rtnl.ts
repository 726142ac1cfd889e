/**
 * The part of rtnetlink that keeps links, addresses and routing, and notifies of them, without a kernel:
 * requests are read from their bytes, answers and notifications are bytes, refusals are Linux's.
 */
import assert from "node:assert/strict";
import { type Cidr, formatMac, parseCidr, sameIp } from "../../src/core/addr.ts";
import { HostReader } from "../../src/core/netlink/host-bytes.ts";
import { type NetlinkRequest, REQUEST_FLAGS } from "../../src/core/netlink/message.ts";
import { RTM } from "../../src/core/netlink/rtnl.ts";
import {
  addAddress,
  decodeAddress,
  type InterfaceAddress,
} from "../../src/core/netlink/rtnl-address.ts";
import { decodeLink } from "../../src/core/netlink/rtnl-link.ts";
import type { Closable, NetlinkAnswer, NetlinkEvent, NetlinkSocket } from "../../src/io/ports.ts";
import { changeIn, ETH0, encodeLink, type FakeLink, linkIn } from "./fake-link.ts";
import { FakeRouting } from "./fake-routing.ts";

export class FakeRtnl {
  /** In the order in which they were added. */
  readonly links: FakeLink[] = [];
  readonly addresses: InterfaceAddress[] = [];
  readonly routing = new FakeRouting((type, body) => this.#notify(type, body));
  /** Makes requests of this type be refused with this errno name, as often as they come. */
  readonly refusals = new Map<number, string>();
  readonly #sockets = new Set<object>();
  readonly #watchers = new Set<(event: NetlinkEvent) => void>();

  readonly openNetlink = (protocol: number): NetlinkSocket => {
    assert.equal(protocol, 0, "only NETLINK_ROUTE is here");
    const socket = {};
    this.#sockets.add(socket);
    return {
      transact: (requests) => {
        assert.ok(this.#sockets.has(socket), "a closed netlink socket was used");
        return requests.map((request) => this.#answer(request));
      },
      close: () => void this.#sockets.delete(socket),
    };
  };

  readonly watchNetlink = (
    _groups: readonly number[],
    onEvent: (event: NetlinkEvent) => void,
  ): Closable => {
    this.#watchers.add(onEvent);
    return { close: () => this.#watchers.delete(onEvent) };
  };

  /** Sockets and watches that are open. */
  get open(): number {
    return this.#sockets.size + this.#watchers.size;
  }

  /** Adds a link, or changes the one of this index. */
  setLink(changes: Partial<FakeLink> = {}): FakeLink {
    const ifIndex = changes.ifIndex ?? 2;
    const at = this.links.findIndex((link) => link.ifIndex === ifIndex);
    const link = { ...(this.links[at] ?? ETH0), ...changes, ifIndex };
    this.links.splice(at < 0 ? this.links.length : at, 1, link);
    this.#notify(RTM.newLink, encodeLink(link));
    return link;
  }

  removeLink(ifIndex = 2): void {
    const at = this.links.findIndex((link) => link.ifIndex === ifIndex);
    const [link] = this.links.splice(at, 1);
    assert.ok(link !== undefined);
    for (const address of this.addresses.filter((it) => it.ifIndex === ifIndex)) {
      this.#remove(address);
    }
    this.#notify(RTM.deleteLink, encodeLink(link));
  }

  /** As another program does it. */
  addAddress(cidr: string, changes: Partial<InterfaceAddress> = {}): void {
    const { body } = addAddress({ ifIndex: 2, protocol: 0, ...cidrOf(cidr), ...changes });
    assert.equal(this.#answer({ type: RTM.newAddress, flags: 0, body }).refusal, undefined);
  }

  removeAddress(cidr: string): void {
    const { ip } = cidrOf(cidr);
    const address = this.addresses.find((it) => sameIp(it.ip, ip));
    assert.ok(address !== undefined, `${cidr} is not there`);
    this.#remove(address);
  }

  /** The kernel dropped notifications. */
  loseNotifications(): void {
    for (const watcher of [...this.#watchers]) watcher({ kind: "lost" });
  }

  #answer(request: NetlinkRequest): NetlinkAnswer {
    const refused = this.refusals.get(request.type);
    if (refused !== undefined) return refusal(refused);
    switch (request.type) {
      case RTM.getLink:
        return this.#getLinks(request);
      case RTM.newLink:
        return request.flags === 0 ? this.#changeLink(request) : this.#createLink(request);
      case RTM.deleteLink:
        return this.#deleteLink(request);
      case RTM.getAddress:
        return this.#getAddresses(request);
      case RTM.newAddress:
        return this.#newAddress(addressIn(request), request.flags);
      case RTM.deleteAddress:
        return this.#deleteAddress(addressIn(request));
      default:
        return this.routing.answer(request) ?? assert.fail(`request of type ${request.type}`);
    }
  }

  #getLinks({ flags, body }: NetlinkRequest): NetlinkAnswer {
    if (flags !== 0) return messages(RTM.newLink, this.links.map(encodeLink));
    const wanted = decodeLink(body);
    assert.ok(wanted.ok);
    const link = this.links.find(({ name }) => name === wanted.value.name);
    return link === undefined ? refusal("ENODEV") : messages(RTM.newLink, [encodeLink(link)]);
  }

  /** What stands on another link is down and runs when that one does. */
  #createLink({ body }: NetlinkRequest): NetlinkAnswer {
    const { name, mac, kind, lowerIndex } = linkIn(body);
    if (this.links.some((link) => link.name === name)) return refusal("EEXIST");
    const isLost = lowerIndex !== null && !this.links.some((link) => link.ifIndex === lowerIndex);
    if (isLost) return refusal("ENODEV");
    const ifIndex = Math.max(0, ...this.links.map((link) => link.ifIndex)) + 1;
    const wish = { ifIndex, name, mac: formatMac(mac), up: false, running: false };
    this.setLink({
      ...wish,
      ...(kind !== null && { kind }),
      ...(lowerIndex !== null && { lowerIndex }),
    });
    return { messages: [] };
  }

  #changeLink({ body }: NetlinkRequest): NetlinkAnswer {
    const { ifIndex, up, alias, setsUp } = changeIn(body);
    if (!this.links.some((link) => link.ifIndex === ifIndex)) return refusal("ENODEV");
    this.setLink({
      ifIndex,
      ...(setsUp && { up, running: up }),
      ...(alias !== undefined && { alias }),
    });
    return { messages: [] };
  }

  #deleteLink({ body }: NetlinkRequest): NetlinkAnswer {
    const { ifIndex } = changeIn(body);
    if (!this.links.some((link) => link.ifIndex === ifIndex)) return refusal("ENODEV");
    this.removeLink(ifIndex);
    return { messages: [] };
  }

  #getAddresses({ body }: NetlinkRequest): NetlinkAnswer {
    const r = new HostReader(body);
    r.skip(4);
    const ifIndex = r.u32();
    const found = this.addresses.filter((it) => ifIndex === 0 || it.ifIndex === ifIndex);
    return messages(RTM.newAddress, found.map(encodeAddress));
  }

  #newAddress(address: InterfaceAddress, flags: number): NetlinkAnswer {
    if (!this.links.some(({ ifIndex }) => ifIndex === address.ifIndex)) return refusal("ENODEV");
    const at = this.addresses.findIndex((it) => isSame(it, address));
    if (at >= 0 && (flags & REQUEST_FLAGS.replace) === 0) return refusal("EEXIST");
    this.addresses.splice(at < 0 ? this.addresses.length : at, 1, address);
    this.#notify(RTM.newAddress, encodeAddress(address));
    return { messages: [] };
  }

  #deleteAddress(address: InterfaceAddress): NetlinkAnswer {
    if (!this.links.some(({ ifIndex }) => ifIndex === address.ifIndex)) return refusal("ENODEV");
    const found = this.addresses.find((it) => isSame(it, address));
    if (found === undefined) return refusal("EADDRNOTAVAIL");
    this.#remove(found);
    return { messages: [] };
  }

  #remove(address: InterfaceAddress): void {
    this.addresses.splice(this.addresses.indexOf(address), 1);
    this.#notify(RTM.deleteAddress, encodeAddress(address));
  }

  /** What the kernel notifies arrives in a later turn of the loop. */
  #notify(type: number, body: Uint8Array): void {
    for (const watcher of [...this.#watchers]) {
      queueMicrotask(() => {
        if (this.#watchers.has(watcher)) watcher({ kind: "message", type, body });
      });
    }
  }
}

/** A request to add an address and the kernel's word about it have one form. */
const encodeAddress = (address: InterfaceAddress): Uint8Array => addAddress(address).body;

function addressIn({ body }: NetlinkRequest): InterfaceAddress {
  const address = decodeAddress(body);
  assert.ok(address.ok);
  return address.value;
}

function cidrOf(text: string): Cidr {
  const cidr = parseCidr(text);
  assert.ok(cidr !== undefined, text);
  return cidr;
}

/** As inet_rtm_newaddr and inet_rtm_deladdr compare. */
const isSame = (a: InterfaceAddress, b: InterfaceAddress): boolean =>
  a.ifIndex === b.ifIndex && a.prefixLength === b.prefixLength && sameIp(a.ip, b.ip);

const messages = (type: number, bodies: readonly Uint8Array[]): NetlinkAnswer => ({
  messages: bodies.map((body) => ({ type, body })),
});

const refusal = (code: string): NetlinkAnswer => ({
  messages: [],
  refusal: { code, detail: "the kernel refuses" },
});
