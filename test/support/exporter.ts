/** Reads keepalived's text dumps as its exporters do: by indents, `=` and `:`, and a few keys. */

/** By instance: State, Wantstate, Interface, delay of ARPs, VRID, and its addresses. */
export function parseData(text: string): Map<string, Record<string, string | string[]>> {
  const found = new Map<string, Record<string, string | string[]>>();
  let [fields, list]: [Record<string, string | string[]> | undefined, string[] | undefined] = [
    undefined,
    undefined,
  ];
  for (const line of text.split("\n")) {
    const [, name] = /^ VRRP Instance = (.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      fields = {};
      list = undefined;
      found.set(name, fields);
    } else if (!line.startsWith("   ")) {
      fields = undefined;
    } else if (fields !== undefined && line.startsWith("     ")) {
      list?.push(line.trim());
    } else if (fields !== undefined) {
      const [key = "", value = ""] = line.trim().split(/ *= *| *:/);
      list = /^Virtual IP( \(\d+\))?$/.test(key) ? [] : undefined;
      if (list !== undefined) fields.addresses = list;
      if (KEYS.has(key)) fields[key] = value;
    }
  }
  return found;
}

/** By script: Status and State. */
export function parseScripts(text: string): Map<string, Record<string, string>> {
  const found = new Map<string, Record<string, string>>();
  let fields: Record<string, string> | undefined;
  for (const line of text.split("\n")) {
    const [, name] = /^ VRRP Script = (.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      fields = {};
      found.set(name, fields);
    } else if (!line.startsWith("   ")) fields = undefined;
    else if (fields !== undefined) {
      const [key = "", value = ""] = line.trim().split(/ *= */);
      if (key === "Status" || key === "State") fields[key] = value;
    }
  }
  return found;
}

/** By instance: numbers by section and key. */
export function parseStatistics(text: string): Map<string, Record<string, number>> {
  const found = new Map<string, Record<string, number>>();
  let [fields, section]: [Record<string, number>, string] = [{}, ""];
  for (const line of text.split("\n")) {
    const [, name] = /^VRRP Instance: (.*)$/.exec(line) ?? [];
    const [, indent = "", key = "", value] = /^( +)([^:]+): ?(\d+)?$/.exec(line) ?? [];
    if (name !== undefined) {
      fields = {};
      found.set(name, fields);
    } else if (key === "") continue;
    else if (value === undefined) section = `${key} `;
    else fields[`${indent.length === 2 ? "" : section}${key}`] = Number(value);
  }
  return found;
}

const KEYS: ReadonlySet<string> = new Set([
  ...["State", "Wantstate", "Interface", "Gratuitous ARP delay", "Virtual Router ID"],
]);
