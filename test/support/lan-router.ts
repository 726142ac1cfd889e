/** One virtual router of the simulated LAN: its process, and the kernel of its host. */
import { type IpBytes, parseIp } from "../../src/core/addr.ts";
import type { TimerExpired } from "../../src/proto/machine.ts";
import type { VrrpConfig } from "../../src/proto/vrrp/config.ts";
import type { VrrpFact } from "../../src/proto/vrrp/facts.ts";
import { VrrpMachine } from "../../src/proto/vrrp/machine.ts";

export class LanRouter {
  readonly address: IpBytes;
  readonly config: VrrpConfig;
  machine: VrrpMachine;
  isUp: boolean = false; // its process lives, though perhaps frozen
  isFrozen: boolean = false;
  segment = 0; // hears those of the same segment; below 0: nobody, for its cable is cut
  holds = false; // its kernel answers for the address
  leases = 0; // so many were given; an older one ends without effect
  armedForMs = Number.NaN;
  readonly inbox: (VrrpFact | TimerExpired)[] = []; // what waits for a frozen process
  /** The last advert of a master that came to its socket, read or not. */
  reached = { atMs: Number.NEGATIVE_INFINITY, priority: 0 };

  constructor(index: number, config: VrrpConfig) {
    this.address = parseIp(`10.0.0.${index + 1}`) as IpBytes;
    this.config = config;
    this.machine = new VrrpMachine(config);
  }
}
