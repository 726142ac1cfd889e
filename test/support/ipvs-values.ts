/** A table of IPVS as lines of text, in an order of their own, so that two can be held against each other. */
import { formatIp } from "../../src/core/addr.ts";
import type { IpvsTable } from "../../src/proto/ipvs/table.ts";
import { sorted } from "./notified.ts";

export function tableLines(table: IpvsTable): string[] {
  const text = (value: unknown): string =>
    JSON.stringify(value, (_, one) => (one instanceof Uint8Array ? formatIp(one) : one));
  return [...table.values()]
    .flatMap(({ service, destinations }) => {
      const { id, scheduler, schedulerFlags, onePacket, persistence } = service;
      return [
        `${text(id)} ${scheduler} ${schedulerFlags} ${onePacket} ${text(persistence)}`,
        ...sorted(
          destinations.map(({ ip, port, forwarding, weight, upperThreshold, lowerThreshold }) =>
            text([id, ip, port, forwarding, weight, upperThreshold, lowerThreshold]),
          ),
        ),
      ];
    })
    .sort();
}
