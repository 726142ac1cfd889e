/** What a message of IPVS says, whatever order its attributes have. */
import assert from "node:assert/strict";
import { decodeGenl } from "../../src/core/netlink/genl.ts";
import {
  type DestinationAttributes,
  IPVS,
  type ServiceAttributes,
} from "../../src/core/netlink/ipvs.ts";

/** Its command and attributes; of an address of IPv4, ipvsadm and the kernel tell the room for IPv6's too. */
export function meaning(body: Uint8Array) {
  const result = decodeGenl("test", body, IPVS, ({ service, destination, ...more }) => ({
    command: body[0],
    ...more,
    ...(service && { service: withShortAddress(service) }),
    ...(destination && { destination: withShortAddress(destination) }),
  }));
  assert.ok(result.ok);
  return result.value;
}

function withShortAddress<T extends ServiceAttributes | DestinationAttributes>(value: T): T {
  const { family, address } = value;
  return family === 2 && address !== undefined ? { ...value, address: address.slice(0, 4) } : value;
}
