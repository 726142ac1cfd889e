/** What is in force for VRRP, shown: what is tracked, sync groups, instances. */
import { formatCidr, formatIp } from "../../core/addr.ts";
import type { EffectiveVrrp } from "../effective/configuration.ts";
import type { Definition } from "../effective/definitions.ts";
import { byDefault } from "../effective/in-force.ts";
import type { EffectiveAddress, EffectiveInstance, Tracker } from "../effective/instance.ts";
import { KINDS } from "../effective/trackers.ts";
import type { Table } from "../keyword.ts";
import { MASK } from "../masked.ts";
import { AUTH_HMAC, type HmacKey } from "../tables/authentication.ts";
import { BFD_INSTANCE } from "../tables/bfd-instance.ts";
import { TRACK_FILE, VRRP_TRACK_PROCESS } from "../tables/track-definitions.ts";
import { VRRP_INSTANCE } from "../tables/vrrp-instance.ts";
import { VRRP_SCRIPT } from "../tables/vrrp-script.ts";
import { VRRP_SYNC_GROUP } from "../tables/vrrp-sync-group.ts";
import {
  entryOf,
  linesOf,
  listOf,
  namedBlock,
  type Shown,
  type ShownBlock,
  type ShownLine,
  writtenAt,
  writtenList,
} from "./shown.ts";
import { weightText, wordText } from "./value-text.ts";

/** In the order in which keepalived wants them: what is tracked in front of what tracks it. */
export function vrrpBlocks(vrrp: EffectiveVrrp): ShownBlock[] {
  const { script, file, process, bfd } = vrrp.definitions;
  return [
    ...defined("vrrp_script", VRRP_SCRIPT, script),
    ...defined("track_file", TRACK_FILE, file),
    ...defined("vrrp_track_process", VRRP_TRACK_PROCESS, process),
    ...defined("bfd_instance", BFD_INSTANCE, bfd),
    ...vrrp.groups.map((group) =>
      namedBlock("vrrp_sync_group", group.name, group.span, [
        ...listOf("group", group.members, wordText),
        ...trackersOf(group.trackers),
        ...linesOf(VRRP_SYNC_GROUP, group, OWN_FORM),
      ]),
    ),
    ...vrrp.instances.map((instance) =>
      namedBlock("vrrp_instance", instance.name, instance.span, instanceLines(instance)),
    ),
  ];
}

const defined = <T extends Table>(
  keyword: string,
  table: T,
  all: ReadonlyMap<string, Definition<T>>,
) =>
  [...all.values()].map(({ name, span, values }) =>
    namedBlock(keyword, name, span, linesOf(table, values)),
  );

const instanceLines = (instance: EffectiveInstance): Shown => [
  ...linesOf(VRRP_INSTANCE, { ...instance, ...contraryOf(instance) }, OWN_FORM),
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

const trackersOf = (trackers: readonly Tracker[]): ShownBlock[] =>
  KINDS.flatMap(([kind, keyword]) =>
    listOf(
      keyword,
      trackers.flatMap((one) =>
        one.kind === kind ? { value: one, origin: one.weight.origin } : [],
      ),
      ({ name, weight }) => `${wordText(name)} weight ${weightText(weight.value)}`,
    ),
  );

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
function authenticationOf({ authentication, auth_hmac: hmac }: EffectiveInstance): Shown {
  const shown: (ShownLine | ShownBlock)[] = [];
  const { value, origin } = authentication;
  if (value !== null) {
    const lines = [
      { keyword: "auth_type", text: value.type, origin, was: null },
      { keyword: "auth_pass", text: MASK, origin: writtenAt(value.passwordAt), was: null },
    ];
    shown.push({ keyword: "authentication", name: "", origin: null, lines });
  } else if (origin.kind === "corrected") {
    shown.push({ keyword: "authentication", text: null, origin, was: null });
  }
  if (hmac.value !== null) {
    const keys = hmac.value.key.map(({ value: key, origin: at }) => ({
      ...entryOf(keyText(key), at),
      keyword: "key",
    }));
    const lines = [...keys, ...linesOf(AUTH_HMAC, hmac.value, OWN_FORM)];
    shown.push({ keyword: "auth_hmac", name: "", origin: hmac.origin, lines });
  }
  return shown;
}

const keyText = ({ id, secret }: HmacKey): string =>
  "path" in secret ? `${id} file:${secret.path}` : `${id} ${MASK}`;

/** Shown as blocks, or not at all. */
const OWN_FORM: ReadonlySet<string> = new Set([
  ...KINDS.map(([, keyword]) => keyword),
  ...["authentication", "auth_hmac", "key", "unicast_peer", "group"],
  ...["virtual_ipaddress", "virtual_ipaddress_excluded", "virtual_routes", "virtual_rules"],
]);
