/** Whether a man page tells of all that a JSON record has. */

/** The keys of a record, and of the first of each list in it, that no text names. */
export function unnamedKeys(record: object, texts: readonly string[]): string[] {
  const words = new Set(texts.join(" ").match(/\w+/g));
  const firsts = Object.values(record).flatMap((value) => (Array.isArray(value) ? value[0] : []));
  const records = [record, ...firsts.filter((first) => typeof first === "object")];
  return records.flatMap((each) => Object.keys(each)).filter((key) => !words.has(key));
}
