/**
 * One change of nf_tables, whose first attribute is the name of its table, made to `tables`: the
 * number of rules of each.
 * @returns whether it can be made
 */
export function applyFilterChange(
  tables: Map<string, number>,
  message: number,
  body: Uint8Array,
): boolean {
  const length = (body[4] as number) + 256 * (body[5] as number);
  const name = new TextDecoder().decode(body.subarray(8, 4 + length - 1));
  if (message === 0) tables.set(name, tables.get(name) ?? 0);
  if (message === 2) return tables.delete(name);
  if (message === 6) tables.set(name, (tables.get(name) ?? 0) + 1);
  return true;
}
