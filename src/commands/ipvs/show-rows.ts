/** Tables of `ipvs show`: a row for each service, and below it one for each of its servers. */
import type {
  ConnectionsRecord,
  IpvsDaemonRecord,
  IpvsServerRecord,
  IpvsServiceRecord,
  IpvsSettingsRecord,
  StatsRecord,
} from "../../app/ipvs/service-record.ts";
import { formatDurationMs } from "../../core/duration.ts";

export type IpvsView = keyof typeof NUMBERS;

export const viewHead = (view: IpvsView): string[] => [
  "SERVICE, SERVER",
  "BY",
  ...NUMBERS[view].map(([head]) => head),
];

/** The first two columns are text, the others are numbers. */
export const viewRows = (services: readonly IpvsServiceRecord[], view: IpvsView): string[][] =>
  services.flatMap((one) => [
    [one.service, serviceWords(one), ...numbers(one, view)],
    ...one.servers.map((server) => [`  ${server.server}`, server.method, ...numbers(server, view)]),
  ]);

/** Lines such as `timeout tcp  15m`. */
export const settingRows = ({ timeouts, daemons }: IpvsSettingsRecord): string[][] => [
  ["timeout tcp", seconds(timeouts.tcp_s)],
  ["timeout tcp-fin", seconds(timeouts.tcp_fin_s)],
  ["timeout udp", seconds(timeouts.udp_s)],
  ...daemons.map((one) => [`sync daemon ${one.role}`, daemonWords(one)]),
];

const numbers = (record: Numbered, view: IpvsView): string[] =>
  NUMBERS[view].map(([, numberOf]) => String(numberOf(record) ?? "-"));

function serviceWords(service: IpvsServiceRecord): string {
  const { scheduler, flags, persistence_s: timeoutS, netmask, engine, one_packet } = service;
  const persistence = [
    ...(timeoutS === null ? [] : ["persistent", seconds(timeoutS)]),
    ...(netmask === null ? [] : [netmask]),
    ...(engine === null ? [] : [engine]),
  ];
  const ways = one_packet ? ["one-packet"] : [];
  return [scheduler, ...flags, ...persistence, ...ways].join(" ");
}

function daemonWords(daemon: IpvsDaemonRecord): string {
  const { interface: ifName, sync_id, max_bytes, group, port, ttl } = daemon;
  const to = group === null ? "" : `, group ${group}`;
  return `${ifName}, id ${sync_id}${to}, port ${port}, ttl ${ttl}, ${max_bytes} bytes`;
}

const seconds = (number: number): string => formatDurationMs(number * 1000);

type Numbered = ConnectionsRecord &
  StatsRecord &
  Partial<Pick<IpvsServerRecord, "upper" | "lower">>;
type Column = readonly [head: string, (record: Numbered) => number | bigint | null | undefined];

const ACTIVE: Column = ["ACTIVE", (one) => one.active];
const INACTIVE: Column = ["INACTIVE", (one) => one.inactive];
const NUMBERS = {
  weights: [["WEIGHT", (one) => one.weight], ACTIVE, INACTIVE],
  connections: [ACTIVE, INACTIVE, ["PERSISTENT", (one) => one.persistent]],
  thresholds: [["UPPER", (one) => one.upper], ["LOWER", (one) => one.lower], ACTIVE, INACTIVE],
  stats: [
    ["CONNS", (one) => one.connections],
    ["IN-PKTS", (one) => one.in_packets],
    ["OUT-PKTS", (one) => one.out_packets],
    ["IN-BYTES", (one) => one.in_bytes],
    ["OUT-BYTES", (one) => one.out_bytes],
  ],
  rate: [
    ["CONNS/S", (one) => one.connections_per_s],
    ["IN-PKTS/S", (one) => one.in_packets_per_s],
    ["OUT-PKTS/S", (one) => one.out_packets_per_s],
    ["IN-BYTES/S", (one) => one.in_bytes_per_s],
    ["OUT-BYTES/S", (one) => one.out_bytes_per_s],
  ],
} satisfies Record<string, readonly Column[]>;
