/** keepalived's statistics as text, the lines of keepalived.stats. */
import type { Moment, Statistics, StatisticsName } from "./moment.ts";
import type { DumpPlan } from "./plan.ts";

/** @param moments of the instances of the plan, in its order */
export const statisticsText = (
  { instances }: Pick<DumpPlan, "instances">,
  moments: readonly Moment[],
): string =>
  instances
    .map(({ name }, index) => {
      const { statistics } = moments[index] as Moment;
      return `VRRP Instance: ${name}\n${LINES.map((line) => `${lineOf(line, statistics)}\n`).join("")}`;
    })
    .join("");

const lineOf = ([text, counter]: Line, statistics: Statistics): string =>
  counter === undefined ? `${text}:` : `${text}: ${statistics[counter]}`;

type Line = readonly [text: string, counter?: StatisticsName];

const LINES: readonly Line[] = [
  ["  Advertisements"],
  ["    Received", "advert_rcvd"],
  ["    Sent", "advert_sent"],
  ["  Became master", "become_master"],
  ["  Released master", "release_master"],
  ["  Packet Errors"],
  ["    Length", "packet_len_err"],
  ["    TTL", "ip_ttl_err"],
  ["    Invalid Type", "invalid_type_rcvd"],
  ["    Advertisement Interval", "advert_interval_err"],
  ["    Address List", "addr_list_err"],
  ["  Authentication Errors"],
  ["    Invalid Type", "invalid_authtype"],
  ["    Type Mismatch", "authtype_mismatch"],
  ["    Failure", "auth_failure"],
  ["  Priority Zero"],
  ["    Received", "pri_zero_rcvd"],
  ["    Sent", "pri_zero_sent"],
];
