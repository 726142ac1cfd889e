/**
 * What the kernel's settings of IPVS (net/ipv4/vs, ipvs-sysctl.rst of Linux) come to for the services in the table,
 * by protocol and way of forwarding. A setting that the kernel does not have, and one that no service depends on, is
 * not told.
 */
import { formatDurationMs } from "../../../core/duration.ts";
import { doubtful, type Finding, well } from "../../doctor/finding.ts";
import { listed } from "../../doctor/speakers.ts";
import type { VirtualService } from "../table.ts";
import type { IpvsFacts } from "./facts.ts";
import { forwardedBy, namesOf, takes } from "./subjects.ts";

export const settingFindings = (facts: IpvsFacts): Finding[] =>
  RULES.flatMap(({ name, judge }) => {
    const value = facts.setting(`net/ipv4/vs/${name}`);
    const judged = value === undefined ? undefined : judge(Number(value), facts);
    if (judged === undefined) return [];
    const seen = `${name} is ${value}: ${judged.why}`;
    const { better } = judged;
    if (better === undefined) return [well("sysctl", seen)];
    return [doubtful("sysctl", seen, `sysctl -w net/ipv4/vs/${name}=${better}`)];
  });

interface Judgement {
  readonly why: string;
  readonly better?: number; // the value that would help
}

interface SettingRule {
  readonly name: string;
  /** undefined where nothing in the table depends on it. */
  readonly judge: (value: number, facts: IpvsFacts) => Judgement | undefined;
}

const RULES: readonly SettingRule[] = [
  { name: "expire_nodest_conn", judge: judgeRemoved },
  { name: "expire_quiescent_template", judge: judgeQuiet },
  { name: "conn_reuse_mode", judge: judgeReuse },
  { name: "conntrack", judge: judgeConntrack },
  { name: "nat_icmp_send", judge: judgeIcmp },
  { name: "sloppy_tcp", judge: (value, facts) => judgeSloppy("tcp", value, facts) },
  { name: "sloppy_sctp", judge: (value, facts) => judgeSloppy("sctp", value, facts) },
];

/** Connections of a real server that was removed. */
function judgeRemoved(value: number, { services, timeouts }: IpvsFacts): Judgement | undefined {
  const kept = services.filter(({ service }) => !service.onePacket);
  if (kept.length === 0) return undefined;
  if (value !== 0) {
    return {
      why: "connections of a real server that was removed end with the next packet of the client",
    };
  }
  const has = (protocol: Parameters<typeof takes>[0]): boolean =>
    kept.some((one) => takes(protocol, one));
  const ends = [
    ...(has("tcp") ? [`tcp hangs up to ${seconds(timeouts.tcpS)} instead of being reset`] : []),
    ...(has("udp")
      ? [`udp from the same port (a resolver, a VPN) is lost for ${seconds(timeouts.udpS)}`]
      : []),
    ...(has("sctp") ? ["sctp hangs until its association times out"] : []),
  ];
  const why = `when a real server is removed, what its clients send is dropped in silence, also with others alive: ${listed(ends)}`;
  return { why, better: 1 };
}

/** Templates of persistence that lead to a real server of weight 0. */
function judgeQuiet(value: number, { services }: IpvsFacts): Judgement | undefined {
  const persistent = services.filter(({ service }) => service.persistence !== null);
  if (persistent.length === 0) return undefined;
  const names = namesOf(persistent);
  if (value !== 0)
    return { why: `a client of ${names} gets another real server once its own has weight 0` };
  const longestS = Math.max(...persistent.map(({ service }) => service.persistence?.timeoutS ?? 0));
  const why = `a client of ${names} goes on to be sent to its real server with new connections although that has weight 0, as long as it comes again within ${seconds(longestS)}`;
  return { why, better: 1 };
}

/** A client that uses a source port again. */
function judgeReuse(value: number, facts: IpvsFacts): Judgement | undefined {
  const { services, release, setting } = facts;
  if (!services.some((one) => takes("tcp", one) || takes("sctp", one))) return undefined;
  const tracks = setting("net/ipv4/vs/conntrack") === "1";
  const isOld = release !== null && isBefore(release, WITHOUT_DELAY);
  if (value !== 0 && tracks && isOld) {
    const why = `with conntrack a client that uses a port again waits a second, as this kernel drops its first SYN (mended in Linux ${WITHOUT_DELAY.join(".")})`;
    return { why, better: 0 };
  }
  if (value !== 0) return { why: "a client that uses a port again is given a real server anew" };
  const same = "a client that uses a port again is sent to the real server it had before";
  if (tracks && isOld) return { why: `${same}, without the delay that this kernel has otherwise` };
  return { why: `${same}, also where that has weight 0 by now`, better: 1 };
}

function judgeConntrack(value: number, facts: IpvsFacts): Judgement | undefined {
  if (forwardedBy("masq", facts).length === 0) return undefined;
  return value === 0
    ? {
        why: "netfilter does not know the connections of NAT: rules that go by their state (ct state established) and SNAT do not see them",
      }
    : {
        why: "netfilter knows the connections of NAT too, at the price of an entry of its own for each",
      };
}

function judgeIcmp(value: number, facts: IpvsFacts): Judgement | undefined {
  if (forwardedBy("masq", facts).length === 0) return undefined;
  return value === 0
    ? {
        why: "a real server of NAT that answers on a connection which is forgotten here is not told; 1 tells it by ICMP",
      }
    : {
        why: "a real server of NAT that answers on a connection which is forgotten here is told by ICMP",
      };
}

/** Whether a packet in the middle makes a connection, as after a takeover without a sync daemon. */
function judgeSloppy(
  protocol: "tcp" | "sctp",
  value: number,
  { services, daemons }: IpvsFacts,
): Judgement | undefined {
  const concerned = services.filter((one) => takes(protocol, one));
  if (concerned.length === 0) return undefined;
  if (value === 0) {
    if (daemons.length > 0 || protocol === "sctp") return undefined;
    return { why: "without a sync daemon connections end when another balancer takes over" };
  }
  const random = concerned.filter((one) => !isRepeatable(one));
  if (random.length === 0)
    return { why: "any packet begins a connection: it goes where the hash had it go before" };
  const why = `any packet begins a connection: one in the middle may go to another real server of ${namesOf(random)} than before (only sh and mh choose the same again)`;
  return { why, better: 0 };
}

const isRepeatable = ({ service: { scheduler } }: VirtualService): boolean =>
  scheduler === "sh" || scheduler === "mh";

const isBefore = ([major, minor]: readonly [number, number], [a, b]: readonly [number, number]) =>
  major < a || (major === a && minor < b);

const seconds = (s: number): string => formatDurationMs(s * 1000);

const WITHOUT_DELAY = [5, 9] as const;
