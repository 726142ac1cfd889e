/** An entry of unicast_peer: a router, and how far from it adverts may have come. */
import type { IpBytes } from "../../core/addr.ts";
import { addressAlone } from "../addresses.ts";
import { integer } from "../arguments.ts";
import { EMPTY_RANGE } from "../codes/values.ts";
import { type Argument, acting, keyword, type Values } from "../keyword.ts";
import { readOptions, refuseOption, usageOf } from "../options.ts";

const PEER = acting("up", {
  min_ttl: keyword("Discards adverts with a lower TTL or hop limit", integer(0, 255)),
  max_ttl: keyword("Discards adverts with a higher TTL or hop limit", integer(0, 255)),
} as const);

export interface UnicastPeer {
  readonly ip: IpBytes;
  readonly options: Values<typeof PEER>;
}

export const unicastPeer: Argument<UnicastPeer> = {
  usage: `ADDRESS ${usageOf(PEER)}`,
  table: PEER,
  read(reading) {
    const ip = addressAlone.read(reading);
    const { values } = readOptions(reading, PEER, () => false);
    const [unknown] = reading.takeAll();
    if (ip === undefined) return undefined;
    if (unknown !== undefined) refuseOption(reading, unknown, PEER, "a unicast peer");
    const { min_ttl: min, max_ttl: max } = values;
    if (min !== null && max !== null && min.value > max.value) {
      const message = `min_ttl ${min.value} is above max_ttl ${max.value}: no advert would count`;
      reading.refuse(EMPTY_RANGE, max.span, message);
    }
    return { ip, options: values };
  },
};
