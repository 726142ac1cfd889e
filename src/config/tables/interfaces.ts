/** `linkbeat_interfaces` and `interface_up_down_delays`: how the state of interfaces is learnt. */
import { interfaceName, oneOf, optional, seconds } from "../arguments.ts";
import { NO_UP_DELAY } from "../codes/values.ts";
import type { Argument } from "../keyword.ts";

/** An interface that is asked by polling. */
export interface PolledInterface {
  readonly ifName: string;
  readonly by: "MII" | "ETHTOOL" | "IOCTL" | null; // null: the first of them that it understands
}

export const polledInterface: Argument<PolledInterface> = {
  usage: "INTERFACE [MII|ETHTOOL|IOCTL]",
  read(reading) {
    const ifName = interfaceName.read(reading);
    const by = optional(oneOf("MII", "ETHTOOL", "IOCTL"), null).read(reading);
    return ifName === undefined || by === undefined ? undefined : { ifName, by };
  },
};

/** How long a change of an interface has to last before it counts. */
export interface InterfaceDelays {
  readonly ifName: string;
  readonly downMs: number;
  readonly upMs: number;
}

const delay = optional(seconds(0, 255), null);

export const interfaceDelays: Argument<InterfaceDelays> = {
  usage: "INTERFACE DOWN_DELAY UP_DELAY",
  read(reading) {
    const ifName = interfaceName.read(reading);
    const downMs = delay.read(reading);
    const upMs = delay.read(reading);
    if (ifName === undefined || downMs === undefined || upMs === undefined) return undefined;
    if (upMs === null) {
      const missing = downMs === null ? "no delay" : "no delay up";
      reading.refuse(NO_UP_DELAY, reading.end, `'${ifName}' has ${missing}: it is 0`);
    }
    return { ifName, downMs: downMs ?? 0, upMs: upMs ?? 0 };
  },
};
