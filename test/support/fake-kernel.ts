/**
 * A kernel of links and addresses behind the ports, which speaks netlink in bytes. It stands in for the
 * real one where a test is about what a command says, not about what Linux does.
 */
import { type Cidr, formatCidr, type MacBytes, parseCidr, parseMac } from "../../src/core/addr.ts";
import { HostReader, HostWriter } from "../../src/core/netlink/host-bytes.ts";
import { type NetlinkRequest, REQUEST_FLAGS } from "../../src/core/netlink/message.ts";
import { RTM } from "../../src/core/netlink/rtnl.ts";
import {
  addAddress,
  decodeAddress,
  type InterfaceAddress,
  type NewAddress,
} from "../../src/core/netlink/rtnl-address.ts";
import { decodeLink, setLink } from "../../src/core/netlink/rtnl-link.ts";
import type { NetlinkAnswer, Ports } from "../../src/io/ports.ts";

export class FakeKernel {
  readonly #links: { readonly name: string; readonly body: Uint8Array }[] = [];
  readonly #addresses: InterfaceAddress[] = [];
  /** Frames that left through packet sockets. */
  readonly frames: { readonly ifName: string; readonly frame: Uint8Array }[] = [];
  /** What was opened and not closed. */
  open = 0;
  /** Refuses packet sockets as the kernel does without CAP_NET_RAW. */
  refuseFrames: Error | undefined;

  /** An interface that is up, with carrier, its index the next from 1. */
  addLink(name: string, up = true): this {
    const ifIndex = this.#links.length + 1;
    const { body } = setLink(ifIndex, { name, mac: macOf(ifIndex), mtuBytes: 1500 });
    body.set(new HostWriter().u16(ETHERNET).bytes(), HARDWARE_TYPE_AT);
    body.set(new HostWriter().u32(up ? UP_AND_RUNNING : DOWN).bytes(), FLAGS_AT);
    this.#links.push({ name, body });
    return this;
  }

  addAddress(ifName: string, cidr: string, more: Partial<NewAddress> = {}): this {
    const ifIndex = this.#links.findIndex(({ name }) => name === ifName) + 1;
    this.#add({ ...(parseCidr(cidr) as Cidr), ifIndex, ...more });
    return this;
  }

  /** `eth0 192.0.2.1/24`, in the order in which they were added. */
  held(): string[] {
    return this.#addresses.map((own) => `${this.#links[own.ifIndex - 1]?.name} ${formatCidr(own)}`);
  }

  readonly ports: Partial<Ports> = {
    openNetlink: () => ({
      transact: (requests) => requests.map((request) => this.#answer(request)),
      ...this.#closable(),
    }),
    openPacketSocket: ({ ifName }) => {
      if (this.refuseFrames !== undefined) throw this.refuseFrames;
      return { send: (frame) => this.frames.push({ ifName, frame }), ...this.#closable() };
    },
    readSysctl: () => "0",
  };

  #closable(): { close: () => void } {
    this.open += 1;
    let closed = false;
    return {
      close: () => {
        if (!closed) this.open -= 1;
        closed = true;
      },
    };
  }

  #answer({ type, flags, body }: NetlinkRequest): NetlinkAnswer {
    switch (type) {
      case RTM.getLink:
        return this.#findLinks(body, (flags & REQUEST_FLAGS.dump) === REQUEST_FLAGS.dump);
      case RTM.getAddress: {
        const wanted = ifIndexOf(body);
        const found = this.#addresses.filter(({ ifIndex }) => !wanted || ifIndex === wanted);
        return {
          messages: found.map((own) => ({ type: RTM.newAddress, body: addAddress(own).body })),
        };
      }
      case RTM.newAddress:
        return this.#add(decoded(decodeAddress(body)), (flags & REQUEST_FLAGS.replace) !== 0);
      case RTM.deleteAddress:
        return this.#delete(decoded(decodeAddress(body)));
      default:
        return refused("EOPNOTSUPP");
    }
  }

  #findLinks(body: Uint8Array, all: boolean): NetlinkAnswer {
    const asked = all ? undefined : decoded(decodeLink(body));
    const found = this.#links.filter(({ name }) => asked === undefined || asked.name === name);
    if (found.length === 0 && !all) return refused("ENODEV");
    return { messages: found.map((link) => ({ type: RTM.newLink, body: link.body })) };
  }

  #add(address: NewAddress, replace = false): NetlinkAnswer {
    const at = this.#find(address);
    if (at !== -1 && !replace) return refused("EEXIST");
    const own = decoded(decodeAddress(addAddress(address).body));
    this.#addresses.splice(at === -1 ? this.#addresses.length : at, at === -1 ? 0 : 1, own);
    return { messages: [] };
  }

  #delete(address: InterfaceAddress): NetlinkAnswer {
    const at = this.#find(address);
    if (at === -1) return refused("EADDRNOTAVAIL");
    this.#addresses.splice(at, 1);
    return { messages: [] };
  }

  #find(wanted: Cidr & { readonly ifIndex: number }): number {
    return this.#addresses.findIndex(
      (own) => own.ifIndex === wanted.ifIndex && formatCidr(own) === formatCidr(wanted),
    );
  }
}

const macOf = (ifIndex: number): MacBytes => parseMac(`02:00:00:00:00:0${ifIndex}`) as MacBytes;

const refused = (code: string): NetlinkAnswer => ({
  messages: [],
  refusal: { code, detail: code },
});

function decoded<T>(answer: { ok: true; value: T } | { ok: false }): T {
  if (!answer.ok) throw new Error("the request cannot be read");
  return answer.value;
}

/** struct ifinfomsg and struct ifaddrmsg have the index at the same place. */
function ifIndexOf(body: Uint8Array): number {
  const reader = new HostReader(body);
  reader.skip(4);
  return reader.u32();
}

const HARDWARE_TYPE_AT = 2; // of struct ifinfomsg
const FLAGS_AT = 8;
const ETHERNET = 1; // ARPHRD_ETHER
const UP_AND_RUNNING = 0x11043; // IFF_UP, BROADCAST, RUNNING, MULTICAST, LOWER_UP
const DOWN = 0x1002; // IFF_BROADCAST, MULTICAST
