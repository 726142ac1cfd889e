/** What IPVS says of itself: IPVS_INFO_ATTR_* of linux/ip_vs.h. */
import type { Decoded } from "../result.ts";
import { decodeGenl } from "./genl.ts";
import { IPVS_COMMANDS, IPVS_INFO, type IpvsRequest, ipvsRequest } from "./ipvs.ts";

export interface IpvsInfo {
  readonly version: string; // "1.2.1"
  readonly connectionTableSize: number; // buckets
}

export const getInfo = (): IpvsRequest => ipvsRequest(IPVS_COMMANDS.getInfo, {});

/** The answer to `getInfo`. Codes: `short`, those of attributes. */
export const decodeInfo = (body: Uint8Array): Decoded<IpvsInfo> =>
  decodeGenl("ipvs-info", body, IPVS_INFO, ({ version = 0, connectionTableSize = 0 }) => ({
    version: [version >>> 16, (version >>> 8) & 0xff, version & 0xff].join("."),
    connectionTableSize,
  }));
