/** What `keepalived --dump-conf` says of instances, groups and trackers, and the same lines from what is in force. */
import type { Weight } from "../../src/config/compound.ts";
import type { EffectiveVrrp } from "../../src/config/effective/configuration.ts";
import { type InForce, isSaid } from "../../src/config/effective/in-force.ts";
import type {
  EffectiveAddress,
  EffectiveInstance,
  TrackerKind,
} from "../../src/config/effective/instance.ts";
import type { EffectiveGroup } from "../../src/config/effective/sync-group.ts";
import { addressBits, familyOf, formatIp } from "../../src/core/addr.ts";
import { SCOPES } from "../../src/core/netlink/rtnl.ts";

/** Of each block of the dump what both sides tell: `v: Priority = 100`. */
export function readDump(dump: readonly string[]): string[] {
  const told: string[] = [];
  let [block, list] = ["", ""];
  // What has no indent was logged meanwhile; weight 255 is that of what is not tracked.
  for (const line of dump.filter((one) => /^ |^-+</.test(one) && !/weight 255$/.test(one))) {
    const indent = line.search(/[^ ]/);
    const text = line.trim();
    if (indent === 0) [block, list] = ["", ""];
    else if (indent === 1) [block, list] = [blockOf(line), ""];
    else if (block === "") continue;
    else if (indent === 3) {
      list = LISTS.get(text.replace(/ *(\(\d+\))? *:$/, "")) ?? "";
      if (isTold(text)) told.push(`${block}: ${text.replace(/, ifindex \d+$/, "")}`);
    } else if (list !== "") told.push(`${block}: ${list} ${text.replace(/[^ ]+@/, "")}`);
  }
  return told.sort(compareText);
}

/** "" for interfaces that keepalived makes. */
function blockOf(line: string): string {
  const [, kind, name = ""] = OPENINGS.exec(line) ?? [];
  return kind === undefined || (kind === "Name" && !/^eth\d$/.test(name)) ? "" : `${kind} ${name}`;
}

const OPENINGS =
  /^ (VRRP Instance|VRRP Sync Group|VRRP Script|Track file|VRRP Track process|VRRP Track BFD|Name) = ([^ ,]+)/;

const LISTS = new Map([
  ["Virtual IP", "Address"],
  ["Virtual IP Excluded", "Address"],
  ["Unicast Peer", "Peer"],
  ["VRRP member instances", "Member"],
  ["Tracking instances", "Tracked by"],
  ["Tracking VRRP instances", "Tracked by"],
]);

const isTold = (text: string): boolean => FIELDS.some((field) => field.test(text));

const FIELDS = [
  /^VRRP Version = /,
  /^Wantstate = /,
  /^Multicast address /,
  /^Gratuitous ARP /,
  /^Down timer adverts = /,
  /^Send advert after receive /,
  /^Virtual Router ID = /,
  /^Priority = /,
  /^Advert interval = /,
  /^Accept = /,
  /^Preempt(_delay| delay)? = /,
  /^Promote_secondaries = /,
  /^Authentication type = /,
  /^Skip checking advert/,
  /^Enforcing strict/,
  /^Check unicast src : yes/,
  /^Using smtp notification = /,
  /^Notify priority changes = /,
  /^(Interval|Weight|Rise|Fall|Min processes) = /,
];

/** The same from what is in force. @param ifNames those of the host */
export function dumpLines(vrrp: EffectiveVrrp, ifNames = ["eth0", "eth1"]): string[] {
  const { script, file, process, bfd } = vrrp.definitions;
  const used = (kind: TrackerKind, name: string): boolean => trackedBy(vrrp, kind, name).length > 0;
  return [
    ...vrrp.instances.flatMap((one) => within(`VRRP Instance ${one.name}`, instanceLines(one))),
    ...vrrp.groups.flatMap((one) => within(`VRRP Sync Group ${one.name}`, groupLines(one))),
    // keepalived removes scripts and files that nothing uses.
    ...[...script.values()]
      .filter(({ name }) => used("script", name))
      .flatMap(({ name, values }) =>
        within(`VRRP Script ${name}`, [
          `Interval = ${(values.interval.value ?? 0) / 1000} sec`,
          `Weight = ${weightText(values.weight)}`,
          `Rise = ${values.rise.value}`,
          `Fall = ${values.fall.value}`,
          ...trackedBy(vrrp, "script", name),
        ]),
      ),
    ...[...file.values()]
      .filter(({ name }) => used("file", name))
      .flatMap(({ name, values }) =>
        within(`Track file ${name}`, [
          `Weight = ${weightText(values.weight)}`,
          ...trackedBy(vrrp, "file", name),
        ]),
      ),
    ...[...process.values()]
      .filter(({ isUsable }) => isUsable)
      .flatMap(({ name, values }) =>
        within(`VRRP Track process ${name}`, [
          `Min processes = ${values.quorum.value}`,
          `Weight = ${weightText(values.weight)}`,
          ...trackedBy(vrrp, "process", name),
        ]),
      ),
    ...[...bfd.values()]
      .filter(({ values }) => values.checker.value === null || values.vrrp.value !== null)
      .flatMap(({ name, values }) =>
        within(`VRRP Track BFD ${name}`, [
          `Weight = ${weightText(values.weight)}`,
          ...trackedBy(vrrp, "bfd", name),
        ]),
      ),
    ...ifNames.flatMap((name) => within(`Name ${name}`, trackedBy(vrrp, "interface", name))),
  ].sort(compareText);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const within = (block: string, lines: readonly string[]): string[] =>
  lines.map((line) => `${block}: ${line}`);

const onOff = (value: boolean): string => (value ? "enabled" : "disabled");

function instanceLines(it: EffectiveInstance): string[] {
  const isUnicast = it.unicast_peer.length > 0;
  const intervalMs = it.advert_int.value;
  return [
    `VRRP Version = ${it.version.value}`,
    `Wantstate = ${it.state.value}`,
    `Priority = ${it.priority.value}`,
    `Virtual Router ID = ${it.virtual_router_id.value}`,
    `Advert interval = ${it.version.value === 2 ? `${intervalMs / 1000} sec` : `${intervalMs} milli-sec`}`,
    `Down timer adverts = ${it.down_timer_adverts.value}`,
    `Accept = ${onOff(it.accept.value)}`,
    `Preempt = ${onOff(!it.nopreempt.value)}`,
    ...when(it.preempt_delay.value !== 0, `Preempt delay = ${it.preempt_delay.value / 1000} secs`),
    `Promote_secondaries = ${onOff(it.promote_secondaries.value !== null)}`,
    `Gratuitous ARP delay = ${it.garp_master_delay.value}`,
    `Gratuitous ARP repeat = ${it.garp_master_repeat.value}`,
    `Gratuitous ARP refresh = ${it.garp_master_refresh.value}`,
    `Gratuitous ARP refresh repeat = ${it.garp_master_refresh_repeat.value}`,
    `Gratuitous ARP lower priority delay = ${it.garp_lower_prio_delay.value}`,
    `Gratuitous ARP lower priority repeat = ${it.garp_lower_prio_repeat.value}`,
    `Send advert after receive lower priority advert = ${!it.lower_prio_no_advert.value}`,
    `Send advert after receive higher priority advert = ${it.higher_prio_send_advert.value}`,
    `Using smtp notification = ${it.smtp_alert.value ? "yes" : "no"}`,
    `Notify priority changes = ${it.notify_priority_changes.value}`,
    ...when(it.version.value === 2, `Authentication type = ${authentication(it)}`),
    ...when(it.strict_mode.value, "Enforcing strict VRRP compliance"),
    ...when(it.skip_check_adv_addr.value, "Skip checking advert IP addresses"),
    ...when(isUnicast && isOwn(it.check_unicast_src), "Check unicast src : yes"),
    ...when(!isUnicast, `Multicast address ${formatIp(it.mcast_dst_ip.value)}`),
    ...it.unicast_peer.map(({ value: { ip, options } }) => {
      const [least, most] = [options.min_ttl?.value ?? 0, options.max_ttl?.value ?? 255];
      return `Peer ${formatIp(ip)} min_ttl ${least} max_ttl ${most}`;
    }),
    ...[...it.virtual_ipaddress, ...it.virtual_ipaddress_excluded].map(({ value }) =>
      addressText(value),
    ),
  ];
}

/** What global_defs says is added later. */
const isOwn = ({ value, origin }: InForce<boolean>): boolean =>
  value && origin.kind !== "inherited";

const when = (is: boolean, line: string): string[] => (is ? [line] : []);

function authentication({ authentication: { value } }: EffectiveInstance): string {
  if (value === null) return "none";
  return value.type === "PASS" ? "SIMPLE_PASSWORD" : "IPSEC_AH";
}

function addressText({ address: { ip, prefixLength }, options }: EffectiveAddress): string {
  const isWhole = prefixLength === addressBits(familyOf(ip)) || options.peer.value !== null;
  const scope = Object.entries(SCOPES).find(([, number]) => number === options.scope.value)?.[0];
  return [
    `Address ${formatIp(ip)}${isWhole ? "" : `/${prefixLength}`}`,
    `dev ${options.dev.value}`,
    `scope ${scope}`,
    ...when(options.label.value !== null, `label ${options.label.value}`),
    ...when(options["-nodad"].value !== null, "-nodad"),
    ...when(options.preferred_lft.value === 0, "deprecated"),
    ...when(familyOf(ip) === 6 && options.preferred_lft.value !== 0, "preferred_lft forever"),
    ...when(options.no_track.value !== null, "no_track"),
    ...(options.peer.value === null ? [] : [`peer ${formatIp(options.peer.value)}/32`]),
  ].join(" ");
}

const groupLines = (group: EffectiveGroup): string[] => [
  ...group.members.map(({ value }) => `Member ${value}`),
  `Using smtp notification = ${group.smtp_alert.value ? "yes" : "no"}`,
  ...when(
    isSaid(group.notify_priority_changes),
    `Notify priority changes = ${group.notify_priority_changes.value ? "yes" : "no"}`,
  ),
];

function trackedBy(vrrp: EffectiveVrrp, kind: TrackerKind, name: string): string[] {
  return vrrp.instances.flatMap((instance) => {
    const tracker = instance.trackers.find((one) => one.kind === kind && one.name === name);
    return tracker === undefined
      ? []
      : [`Tracked by ${instance.name}, weight ${weightText(tracker.weight)}`];
  });
}

const weightText = ({ value }: InForce<Weight | null>): string =>
  `${value?.weight ?? 0}${value?.isReversed ? " reverse" : ""}`;
