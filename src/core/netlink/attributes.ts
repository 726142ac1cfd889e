/**
 * Netlink attributes, struct nlattr of linux/netlink.h, as tables: one row per attribute, the type
 * of the values derived from the table.
 *
 *      0         2            4
 *      | length  | N O  type  | payload, padded to 4 ...      N: nested, O: network order
 */
import type { IpBytes, MacBytes } from "../addr.ts";
import type { HostReader, HostWriter } from "./host-bytes.ts";

/** How one attribute is read and written. `T` is what it means. */
export interface AttrRow<T> {
  readonly type: number; // u14
  readonly nested?: true; // the kernel wants NLA_F_NESTED on it
  /** Whether a payload of so many bytes can be this attribute. */
  accepts(length: number): boolean;
  /** `r` holds just the payload, of an accepted length. */
  read(r: HostReader): T;
  write(w: HostWriter, value: T): void;
}

/** Rows by the name of their value. */
export type AttrTable = Readonly<Record<string, AttrRow<unknown>>>;

/** The values of a table: every one optional, each with its row's type. */
export type AttrValues<Table extends AttrTable> = {
  readonly [Name in keyof Table]?:
    | (Table[Name] extends AttrRow<infer Value> ? Value : never)
    | undefined;
};

/**
 * Reads attributes up to the end of `r`; those without a row are skipped, of repeated ones the last
 * counts. Codes: `short`, `bad-attribute-length`, and `bad-NAME` for a payload of the wrong size.
 */
export function readAttributes<Table extends AttrTable>(
  r: HostReader,
  table: Table,
): AttrValues<Table> {
  const values: Record<string, unknown> = {};
  const rows = rowsByType(table);
  while (r.left > 0) {
    const length = r.u16();
    const type = r.u16() & TYPE_MASK;
    if (length < HEADER_BYTES) r.fail("bad-attribute-length");
    const named = rows.get(type);
    if (named === undefined) r.skip(length - HEADER_BYTES);
    else {
      const { name, row } = named;
      const payload = r.window(length - HEADER_BYTES);
      if (!row.accepts(payload.left)) payload.fail(`bad-${kebabCase(name)}`);
      values[name] = row.read(payload);
    }
    r.align();
  }
  return values as AttrValues<Table>;
}

/**
 * Writes the values that are there, in the order of the table.
 * @throws RangeError if one does not fit its attribute.
 */
export function writeAttributes<Table extends AttrTable>(
  w: HostWriter,
  table: Table,
  values: AttrValues<Table>,
): void {
  for (const name in table) {
    const value = values[name];
    if (value === undefined) continue;
    const row = table[name] as AttrRow<unknown>;
    const at = w.length;
    w.u16(0).u16(row.nested ? row.type | NESTED : row.type);
    row.write(w, value);
    const length = w.length - at;
    if (!row.accepts(length - HEADER_BYTES)) throw new RangeError(`${name} has a wrong size`);
    w.patchU16(at, length).align();
  }
}

/** 8 bits. */
export const u8 = (type: number): AttrRow<number> => ({
  type,
  accepts: (length) => length === 1,
  read: (r) => r.u8(),
  write: (w, value) => w.u8(value),
});

/** 16 bits, host order. */
export const u16 = (type: number): AttrRow<number> => ({
  type,
  accepts: (length) => length === 2,
  read: (r) => r.u16(),
  write: (w, value) => w.u16(value),
});

/** 32 bits, host order. */
export const u32 = (type: number): AttrRow<number> => ({
  type,
  accepts: (length) => length === 4,
  read: (r) => r.u32(),
  write: (w, value) => w.u32(value),
});

/** 64 bits, host order: counters. */
export const u64 = (type: number): AttrRow<bigint> => ({
  type,
  accepts: (length) => length === 8,
  read: (r) => r.u64(),
  write: (w, value) => w.u64(value),
});

/** 16 bits, network order: ports. */
export const be16 = (type: number): AttrRow<number> => ({
  type,
  accepts: (length) => length === 2,
  read: (r) => r.be16(),
  write: (w, value) => w.be16(value),
});

/** 32 bits, network order: the numbers of netfilter. */
export const be32 = (type: number): AttrRow<number> => ({
  type,
  accepts: (length) => length === 4,
  read: (r) => r.be32(),
  write: (w, value) => w.be32(value),
});

/** Bytes of any number. */
export const raw = (type: number): AttrRow<Uint8Array> => bytes(type, () => true);

/** An IPv4 or IPv6 address, network order. */
export const ip = (type: number): AttrRow<IpBytes> =>
  bytes(type, (length) => length === 4 || length === 16);

/** A hardware address; some links have none (0 bytes) or one that is not Ethernet's (up to 32). */
export const hardwareAddress = (type: number): AttrRow<MacBytes> =>
  bytes(type, (length) => length <= 32);

/** Text up to the first zero byte, UTF-8; written with its zero. */
export const text = (type: number): AttrRow<string> => ({
  type,
  accepts: () => true,
  read: (r) => {
    const payload = r.rest();
    const end = payload.indexOf(0);
    return TEXT_DECODER.decode(end < 0 ? payload : payload.subarray(0, end));
  },
  write: (w, value) => {
    if (value.includes("\0")) throw new RangeError("text for the kernel holds a zero byte");
    w.raw(TEXT_ENCODER.encode(value)).u8(0);
  },
});

/** Attributes within the attribute, behind a fixed header of `headerBytes` zeros if it has one. */
export const nested = <Table extends AttrTable>(
  type: number,
  table: Table,
  headerBytes = 0,
): AttrRow<AttrValues<Table>> => ({
  type,
  nested: true,
  accepts: (length) => length >= headerBytes,
  read: (r) => {
    r.skip(headerBytes);
    return readAttributes(r, table);
  },
  write: (w, values) => {
    w.zeros(headerBytes);
    writeAttributes(w, table, values);
  },
});

/** Made once for each table: a dump is thousands of messages. */
function rowsByType(table: AttrTable): RowsByType {
  const known = ROWS_BY_TYPE.get(table);
  if (known !== undefined) return known;
  const rows = new Map(Object.entries(table).map(([name, row]) => [row.type, { name, row }]));
  ROWS_BY_TYPE.set(table, rows);
  return rows;
}

type RowsByType = ReadonlyMap<number, { readonly name: string; readonly row: AttrRow<unknown> }>;
const ROWS_BY_TYPE = new WeakMap<AttrTable, RowsByType>();

const bytes = (type: number, accepts: (length: number) => boolean): AttrRow<Uint8Array> => ({
  type,
  accepts,
  read: (r) => r.rest(),
  write: (w, value) => w.raw(value),
});

const kebabCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const TEXT_DECODER = new TextDecoder();
const TEXT_ENCODER = new TextEncoder();
const HEADER_BYTES = 4;
const NESTED = 0x8000;
const TYPE_MASK = 0x3fff;
