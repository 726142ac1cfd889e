/** What is in force for VRRP as blocks of lines: each keyword, its value as text, and where that comes from. */
import { formatCidr, formatIp } from "../../core/addr.ts";
import type { Keyword, Table } from "../keyword.ts";
import { AUTH_HMAC, type HmacKey } from "../tables/authentication.ts";
import { BFD_INSTANCE } from "../tables/bfd-instance.ts";
import { GLOBAL_DEFS } from "../tables/global-defs.ts";
import { TRACK_FILE, VRRP_TRACK_PROCESS } from "../tables/track-definitions.ts";
import { VRRP_INSTANCE } from "../tables/vrrp-instance.ts";
import { VRRP_SCRIPT } from "../tables/vrrp-script.ts";
import { VRRP_SYNC_GROUP } from "../tables/vrrp-sync-group.ts";
import type { EffectiveVrrp } from "./configuration.ts";
import type { Definition } from "./definitions.ts";
import { byDefault, type InForce, type Origin } from "./in-force.ts";
import type { EffectiveAddress, EffectiveInstance, Tracker } from "./instance.ts";
import { KINDS } from "./trackers.ts";
import { valueText, weightText, wordText, writtenText } from "./value-text.ts";

export interface ShownLine {
  readonly keyword: string; // "" of an entry
  readonly text: string;
  readonly origin: Origin | null; // null: it is told in front of it
}

export interface ShownBlock {
  readonly keyword: string;
  readonly name: string; // "" where it has none
  readonly lines: readonly (ShownLine | ShownBlock)[];
}

/** In the order in which keepalived wants them: what is tracked in front of what tracks it. */
export function blocksOf(vrrp: EffectiveVrrp): ShownBlock[] {
  const { script, file, process, bfd } = vrrp.definitions;
  const defined = (keyword: string, table: Table, all: readonly Definition<never>[]) =>
    all.map(({ name, values }) => ({ keyword, name, lines: linesOf(table, values) }));
  return [
    { keyword: "global_defs", name: "", lines: linesOf(GLOBAL_DEFS, vrrp.globals) },
    ...defined("vrrp_script", VRRP_SCRIPT, script as readonly Definition<never>[]),
    ...defined("track_file", TRACK_FILE, file as readonly Definition<never>[]),
    ...defined("vrrp_track_process", VRRP_TRACK_PROCESS, process as readonly Definition<never>[]),
    ...defined("bfd_instance", BFD_INSTANCE, bfd as readonly Definition<never>[]),
    ...vrrp.groups.map((group) => ({
      keyword: "vrrp_sync_group",
      name: group.name,
      lines: [
        ...listOf("group", group.members, wordText),
        ...trackersOf(group.trackers),
        ...linesOf(VRRP_SYNC_GROUP, group),
      ],
    })),
    ...vrrp.instances.map((instance) => ({
      keyword: "vrrp_instance",
      name: instance.name,
      lines: instanceLines(instance),
    })),
  ];
}

const instanceLines = (instance: EffectiveInstance): ShownBlock["lines"] => [
  ...linesOf(VRRP_INSTANCE, { ...instance, ...contraryOf(instance) }),
  ...authenticationOf(instance),
  ...listOf(
    "unicast_peer",
    instance.unicast_peer,
    ({ ip, options: { min_ttl: least, max_ttl: most } }) =>
      [
        formatIp(ip),
        ...(least === null ? [] : [`min_ttl ${least.value}`]),
        ...(most === null ? [] : [`max_ttl ${most.value}`]),
      ].join(" "),
  ),
  ...listOf("virtual_ipaddress", instance.virtual_ipaddress, addressText),
  ...listOf("virtual_ipaddress_excluded", instance.virtual_ipaddress_excluded, addressText),
  ...writtenList("virtual_routes", instance.virtual_routes),
  ...writtenList("virtual_rules", instance.virtual_rules),
  // Those of its group stand there, and what keepalived watches by itself follows from the interfaces.
  ...trackersOf(instance.trackers.filter(({ because }) => because === "tracked")),
];

/** What is not so has a keyword of its own. */
const contraryOf = ({ accept, nopreempt }: EffectiveInstance) => ({
  no_accept: accept.value ? byDefault(null) : { ...accept, value: true },
  preempt: nopreempt.value ? byDefault(null) : { ...nopreempt, value: true },
});

/** A line for each keyword of the table that is in force; lists have a form of their own. */
function linesOf(table: Table, values: object): ShownLine[] {
  const all: Readonly<Record<string, unknown>> = { ...values };
  return Object.entries(table).flatMap(([keyword, row]) => {
    if (row.sameAs !== null || OWN_FORM.has(keyword)) return [];
    return [all[keyword] ?? []]
      .flat()
      .flatMap((one) => lineOf(keyword, row, one as InForce<unknown>));
  });
}

function lineOf(keyword: string, row: Keyword, one: InForce<unknown>): ShownLine[] {
  const text = valueText(row, one);
  if (text === undefined) return [];
  // Where nothing stands behind the keyword it is itself what was written.
  return [{ keyword, text: text === keyword ? "" : text, origin: one.origin }];
}

function listOf<V>(
  keyword: string,
  entries: readonly InForce<V>[],
  textOf: (value: V) => string,
): ShownBlock[] {
  const lines = entries.map(({ value, origin }) => ({ keyword: "", text: textOf(value), origin }));
  return lines.length === 0 ? [] : [{ keyword, name: "", lines }];
}

/** Of what has clauses of its own the words in which it is written. */
const writtenList = (keyword: string, entries: readonly InForce<unknown>[]): ShownBlock[] => {
  const lines = entries.flatMap(({ origin }) =>
    origin.kind === "written" ? [{ keyword: "", text: writtenText(origin.span), origin }] : [],
  );
  return lines.length === 0 ? [] : [{ keyword, name: "", lines }];
};

const trackersOf = (trackers: readonly Tracker[]): ShownBlock[] =>
  KINDS.flatMap(([kind, keyword]) => {
    const own = trackers.filter((tracker) => tracker.kind === kind);
    const lines = own.map(({ name, weight }): ShownLine => {
      const text = `${wordText(name)} weight ${weightText(weight.value)}`;
      return { keyword: "", text, origin: weight.origin };
    });
    return lines.length === 0 ? [] : [{ keyword, name: "", lines }];
  });

function addressText({ address, options }: EffectiveAddress): string {
  const said = Object.entries(options).flatMap(([name, option]) => {
    const isShown = option.origin.kind === "written" || name === "dev";
    if (!isShown || option.value === null) return [];
    if (option.value === true) return name;
    const { value } = option;
    return `${name} ${value instanceof Uint8Array ? formatIp(value) : value}`;
  });
  return [formatCidr(address), ...said].join(" ");
}

/** Without secrets, whose length is one too. */
function authenticationOf({ authentication, auth_hmac: hmac }: EffectiveInstance): ShownBlock[] {
  const blocks: ShownBlock[] = [];
  if (authentication.value !== null) {
    const { origin, value } = authentication;
    const lines = [
      { keyword: "auth_type", text: value.type, origin },
      { keyword: "auth_pass", text: MASK, origin: null },
    ];
    blocks.push({ keyword: "authentication", name: "", lines });
  }
  if (hmac.value !== null) {
    const keys = hmac.value.key.map(({ value, origin }) => {
      return { keyword: "key", text: keyText(value), origin };
    });
    blocks.push({
      keyword: "auth_hmac",
      name: "",
      lines: [...keys, ...linesOf(AUTH_HMAC, hmac.value)],
    });
  }
  return blocks;
}

const keyText = ({ id, secret }: HmacKey): string =>
  "path" in secret ? `${id} file:${secret.path}` : `${id} ${MASK}`;

const MASK = "***";

/** Shown as blocks, or not at all. */
const OWN_FORM: ReadonlySet<string> = new Set([
  ...KINDS.map(([, keyword]) => keyword),
  ...["authentication", "auth_hmac", "key", "unicast_peer", "group"],
  ...["virtual_ipaddress", "virtual_ipaddress_excluded", "virtual_routes", "virtual_rules"],
]);
