/** keepalived's data as text, the lines of keepalived.data that tell of VRRP. */
import type { TrackedState } from "../../../proto/ha/tracking.ts";
import type { TrackedNews } from "../up/messages.ts";
import { withMark } from "./json.ts";
import type { Moment } from "./moment.ts";
import type { DumpedHook, DumpedInstance, DumpPlan } from "./plan.ts";
import { STATES, wantedState } from "./states.ts";

/**
 * @param moments of the instances of the plan, in its order
 * @param tracked what is known of what they track
 */
export function dataText(
  plan: DumpPlan,
  moments: readonly Moment[],
  tracked: readonly TrackedNews[],
): string {
  const { instances, groups, scripts, files, processes } = plan;
  const states = new Map(tracked.map(({ kind, name, state }) => [`${kind} ${name}`, state]));
  const now = new Map(instances.map(({ name }, index) => [name, moments[index] as Moment]));
  const trackedBy = (kind: string, name: string): Lines =>
    listed(
      "Tracking instances :",
      instances.flatMap((instance) =>
        instance.trackers.flatMap((one) =>
          one.kind === kind && one.name === name ? `${instance.name}, weight ${one.weight}` : [],
        ),
      ),
    );
  return [
    "------< Global definitions >------",
    ...plan.globals,
    ...section(
      "VRRP Topology",
      instances.flatMap((one, index) => instanceLines(one, moments[index] as Moment)),
    ),
    ...section(
      "VRRP Sync groups",
      groups.flatMap(({ name, members, isMailed, hooks }) => {
        const [state, ...others] = new Set(members.map((member) => now.get(member)?.state));
        const its = state === undefined || others.length > 0 ? "init" : state;
        const inState = (wanted: string): number =>
          members.filter((member) => now.get(member)?.state === wanted).length;
        return [
          ` VRRP Sync Group = ${name}, ${STATES[its].name}`,
          `   Num member fault ${inState("fault")}, num member init ${inState("init")}`,
          ...listed("VRRP member instances :", members),
          `   Using smtp notification = ${isMailed ? "yes" : "no"}`,
          ...hookLines(hooks),
        ];
      }),
    ),
    ...section(
      "VRRP Scripts",
      scripts.flatMap((one) => {
        const state = states.get(`script ${one.name}`) ?? "unknown";
        return [
          ` VRRP Script = ${one.name}`,
          `   Command = ${one.command}`,
          `   Interval = ${one.intervalMs / 1000} sec`,
          `   Timeout = ${one.timeoutMs / 1000} sec`,
          `   Weight = ${one.weight}`,
          `   Rise = ${one.rise}`,
          `   Fall = ${one.fall}`,
          `   Status = ${SCRIPT_STATUS[state] ?? "INIT"}`,
          ...trackedBy("script", one.name),
          "   State = idle",
        ];
      }),
    ),
    ...section(
      "VRRP Track files",
      files.flatMap(({ name, path, weight }) => [
        ` Track file = ${name}`,
        `   File = ${path}`,
        `   Status = ${Number(states.get(`file ${name}`)) || 0}`,
        `   Weight = ${weight}`,
        ...trackedBy("file", name),
      ]),
    ),
    ...section(
      "VRRP Track processes",
      processes.flatMap((one) => {
        const isUp = states.get(`process ${one.name}`) === "up";
        return [
          ` VRRP Track process = ${one.name}`,
          `   Process = ${one.process}`,
          ...when(one.parameters !== null, `   Parameters = ${one.parameters}`),
          `   Min processes = ${one.min}`,
          ...when(one.max !== null, `   Max processes = ${one.max}`),
          `   Have quorum = ${isUp}`,
          `   Weight = ${one.weight}`,
          `   Terminate delay = ${(one.terminateDelayMs / 1000).toFixed(6)}s`,
          `   Fork delay = ${(one.forkDelayMs / 1000).toFixed(6)}s`,
          `   Full command = ${one.isFull}`,
          ...trackedBy("process", one.name),
        ];
      }),
    ),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

type Lines = readonly string[];

const section = (title: string, lines: Lines): Lines =>
  lines.length === 0 ? [] : [`------< ${title} >------`, ...lines];

function instanceLines(one: DumpedInstance, now: Moment): Lines {
  const ms = one.adverIntervalMs;
  const held = (from: number) => (text: string, index: number) =>
    withMark(text, now.held[from + index]);
  const tracked = (kind: string, comma: string): Lines =>
    one.trackers.flatMap(({ kind: its, name, weight }) =>
      its === kind ? `${name}${comma} weight ${weight}` : [],
    );
  return [
    ` VRRP Instance = ${one.name}`,
    `   VRRP Version = ${one.version}`,
    ...when(one.group !== null, `   Sync group = ${one.group}`),
    ...when(one.family === 6, "   Using Native IPv6"),
    `   State = ${STATES[now.state].name}`,
    ...when(now.master !== null, `   Master router = ${now.master}`),
    ...when(now.master !== null, `   Master priority = ${now.masterPriority}`),
    `   Wantstate = ${wantedState(one, now).name}`,
    `   Number of interface and track script faults = ${now.faults}`,
    `   Last transition = ${(now.sinceMs / 1000).toFixed(6)} (${dateOf(now.sinceMs)})`,
    ...when(
      one.hasVmac,
      `   Use VMAC, i/f name ${one.ifName}, is_up = true, xmit_base = ${one.sendsBelow}`,
    ),
    `   Interface = ${one.ifName}${one.hasVmac ? `, vmac on ${one.baseIfName}` : ""}${one.sendsBelow ? ", xmit base i/f" : ""}`,
    ...when(!one.tracksInterface, "   VRRP interface tracking disabled"),
    ...when(!one.checksAddresses, "   Skip checking advert IP addresses"),
    ...when(one.isStrict, "   Enforcing strict VRRP compliance"),
    ...when(one.multicast !== null, `   Multicast address ${one.multicast}`),
    `   Gratuitous ARP delay = ${one.garp.delayS}`,
    `   Gratuitous ARP repeat = ${one.garp.repeat}`,
    `   Gratuitous ARP refresh = ${one.garp.refreshS}`,
    `   Gratuitous ARP refresh repeat = ${one.garp.refreshRepeat}`,
    `   Gratuitous ARP lower priority delay = ${one.garp.lowerDelayS}`,
    `   Gratuitous ARP lower priority repeat = ${one.garp.lowerRepeat}`,
    `   Down timer adverts = ${one.downAdverts}`,
    `   Send advert after receive lower priority advert = ${one.answersLower}`,
    `   Send advert after receive higher priority advert = ${one.advertisesOnYield}`,
    `   Virtual Router ID = ${one.vrid}`,
    `   Priority = ${one.priority}`,
    `   Effective priority = ${now.priority}`,
    `   Total priority = ${one.priority + now.points}`,
    `   Advert interval = ${one.version === 2 ? `${ms / 1000} sec` : `${ms} milli-sec`}`,
    `   Accept = ${onOff(one.accept)}`,
    `   Preempt = ${onOff(one.preempt)}`,
    ...when(one.preemptDelayMs > 0, `   Preempt delay = ${one.preemptDelayMs / 1000} secs`),
    `   Promote_secondaries = ${onOff(one.promotesSecondaries)}`,
    ...when(one.version === 2, `   Authentication type = ${AUTH_NAMES[one.auth]}`),
    ...listed(`Virtual IP (${one.vips.length}):`, one.vips.map(held(0))),
    ...listed("Virtual IP Excluded :", one.excludedVips.map(held(one.vips.length))),
    ...listed("Unicast Peer :", one.peers),
    ...listed("Virtual Routes :", one.routes),
    ...listed("Virtual Rules :", one.rules),
    ...listed("Tracked interfaces :", tracked("interface", "")),
    ...listed("Tracked scripts :", tracked("script", "")),
    ...listed("Tracked files :", tracked("file", ",")),
    ...listed("Tracked processes :", tracked("process", ",")),
    `   Using smtp notification = ${one.isMailed ? "yes" : "no"}`,
    `   Notify deleted = ${one.tellsDeletion ? "Deleted" : "Fault"}`,
    ...hookLines(one.hooks),
    `   Notify priority changes = ${one.tellsPriority}`,
  ];
}

const hookLines = (hooks: DumpedInstance["hooks"]): Lines =>
  HOOK_NAMES.flatMap(([hook, name]) => {
    const command = hooks[hook];
    return command === undefined ? [] : `   ${name} state transition script = ${command}`;
  });

const listed = (title: string, entries: Lines): Lines =>
  entries.length === 0 ? [] : [`   ${title}`, ...entries.map((entry) => `     ${entry}`)];

const when = (is: boolean, line: string): Lines => (is ? [line] : []);

const onOff = (is: boolean): string => (is ? "enabled" : "disabled");

const dateOf = (wallMs: number): string => new Date(wallMs).toUTCString();

const AUTH_NAMES = ["none", "SIMPLE_PASSWORD", "IPSEC_AH"] as const;

const SCRIPT_STATUS: Readonly<Partial<Record<TrackedState, string>>> = { up: "GOOD", down: "BAD" };

const HOOK_NAMES: readonly (readonly [DumpedHook, string])[] = [
  ["backup", "Backup"],
  ["master", "Master"],
  ["fault", "Fault"],
  ["stop", "Stop"],
  ["deleted", "Deleted"],
  ["change", "Generic"],
  ["master_rx_lower_pri", "Master rx lower pri"],
];
