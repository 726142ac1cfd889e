/** Settings of an INI file, as systemd.syntax(7) and the keyfiles of GLib have them. */

/** All values that a key of a section is given, in their order, without the blanks around. */
export function iniValues(text: string, section: string, key: string): string[] {
  const values: string[] = [];
  let isInside = false;
  for (const line of text.split("\n")) {
    const bare = line.trim();
    if (bare.startsWith("[")) isInside = bare === `[${section}]`;
    const [, name, value = ""] = /^([^=#;]+?)\s*=\s*(.*)$/.exec(bare) ?? [];
    if (isInside && name === key) values.push(value);
  }
  return values;
}
