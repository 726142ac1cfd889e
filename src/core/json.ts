/** JSON as our records are written (RFC 8259): in one line, times without the noise of floating point. */

/** Members in milliseconds, by their names' end, are rounded to the microsecond. */
export const formatJson = (record: unknown): string => JSON.stringify(record, rounded);

const rounded = (key: string, value: unknown): unknown =>
  typeof value === "number" && key.endsWith("_ms") ? Math.round(value * 1000) / 1000 : value;
