/**
 * Generic netlink: struct genlmsghdr of linux/genetlink.h, and its controller, which tells the number of a family.
 *
 *      0         1         2
 *      | command | version | reserved | attributes ...
 */
import { decodingWith } from "../bytes.ts";
import type { Decoded } from "../result.ts";
import {
  type AttrTable,
  type AttrValues,
  readAttributes,
  text,
  u16,
  writeAttributes,
} from "./attributes.ts";
import { HostReader, HostWriter } from "./host-bytes.ts";
import { type NetlinkRequest, REQUEST_FLAGS } from "./message.ts";

/** The netlink protocol of all such families. */
export const NETLINK_GENERIC = 16;

/** The body of a request, or of its answer. */
export function genlBody<Table extends AttrTable>(
  command: number,
  version: number,
  table: Table,
  values: AttrValues<Table>,
): Uint8Array {
  SCRATCH.clear().u8(command).u8(version).zeros(2);
  writeAttributes(SCRATCH, table, values);
  return SCRATCH.bytes();
}

/** One for all: thousands of bodies are written together, and V8 gives room for each outside of its heap. */
const SCRATCH = new HostWriter();

/** Codes: `short`, and those of attributes. `then` makes of the attributes what is wanted of them. */
export function decodeGenl<Table extends AttrTable, T>(
  layer: string,
  body: Uint8Array,
  table: Table,
  then: (values: AttrValues<Table>, r: HostReader) => T,
): Decoded<T> {
  return decodingWith(layer, new HostReader(body), (r) => {
    r.skip(GENL_HEADER_BYTES);
    return then(readAttributes(r, table), r);
  });
}

/** A family that the kernel has, or has loaded. */
export interface GenlFamily {
  readonly id: number; // u16, the type of its messages
  readonly name: string;
}

/** Asks for all families: to ask for one by its name would have the kernel load its module. */
export const dumpFamilies = (): NetlinkRequest => ({
  type: GENL_ID_CTRL,
  flags: REQUEST_FLAGS.dump,
  body: genlBody(CTRL_CMD_GETFAMILY, 1, CTRL, {}),
});

/** An answer to `dumpFamilies`. Codes: `short`, `no-family`, and those of attributes. */
export const decodeFamily = (body: Uint8Array): Decoded<GenlFamily> =>
  decodeGenl("genl-family", body, CTRL, ({ id, name }, r) =>
    id === undefined || name === undefined ? r.fail("no-family") : { id, name },
  );

const GENL_HEADER_BYTES = 4;
const GENL_ID_CTRL = 16;
const CTRL_CMD_GETFAMILY = 3;

/** CTRL_ATTR_*. */
const CTRL = {
  id: u16(1),
  name: text(2),
} as const;
