/** A host put together in one line, for tests of what a command says: links and addresses on `FakePorts`. */
import { formatCidr } from "../../src/core/addr.ts";
import type { InterfaceAddress } from "../../src/core/netlink/rtnl-address.ts";
import { FakePorts } from "./fake-ports.ts";

export class FakeKernel {
  readonly ports = new FakePorts({ bare: true });

  /** An interface that is up, with carrier, its index the next from 1. */
  addLink(name: string, up = true): this {
    const { kernel } = this.ports;
    const ifIndex = kernel.links.length + 1;
    kernel.setLink({ name, ifIndex, mac: `02:00:00:00:00:0${ifIndex}`, up, running: up });
    return this;
  }

  addAddress(ifName: string, cidr: string, more: Partial<InterfaceAddress> = {}): this {
    const { kernel } = this.ports;
    const ifIndex = kernel.links.findIndex(({ name }) => name === ifName) + 1;
    kernel.addAddress(cidr, { ifIndex, ...more });
    return this;
  }

  /** `eth0 192.0.2.1/24`, in the order in which they were added. */
  held(): string[] {
    const { links, addresses } = this.ports.kernel;
    return addresses.map((own) => `${links[own.ifIndex - 1]?.name} ${formatCidr(own)}`);
  }

  /** Frames that left through packet sockets. */
  get frames(): Uint8Array[] {
    return this.ports.sent.flatMap(({ kind, bytes }) => (kind === "frame" ? [bytes] : []));
  }

  /** How much was opened and not closed. */
  get open(): number {
    return this.ports.open;
  }
}
