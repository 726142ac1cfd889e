/** Services that answer nobody, or others than was meant. */
import { formatIp } from "../../../core/addr.ts";
import { doubtful, type Finding, failed, well } from "../../doctor/finding.ts";
import { listed } from "../../doctor/speakers.ts";
import type { VirtualService } from "../table.ts";
import { destinationSubject } from "../target.ts";
import type { IpvsFacts } from "./facts.ts";
import { membersOf, namesOf, vipOf, wayTo } from "./subjects.ts";

export function serviceFindings(facts: IpvsFacts): Finding[] {
  const harms = RULES.flatMap(({ has, tell, seen, fix }) => {
    const found = facts.services.filter((one) => has(one, facts));
    return found.length === 0 ? [] : [tell("service", `${namesOf(found)}: ${seen}`, ...fix)];
  });
  const all = [...harms, ...ownFindings(facts)];
  if (all.length > 0) return all;
  const schedulers = new Set(facts.services.map(({ service }) => service.scheduler));
  const seen = `each has real servers that take connections (${[...schedulers].join(", ")})`;
  return [well("service", `${namesOf(facts.services)}: ${seen}`)];
}

interface ServiceRule {
  readonly has: (of: VirtualService, facts: IpvsFacts) => boolean;
  readonly tell: typeof failed;
  readonly seen: string;
  readonly fix: readonly string[];
}

const isOut = ({ destinations }: VirtualService): boolean =>
  destinations.length > 0 && destinations.every(({ weight }) => weight === 0);

const RULES: readonly ServiceRule[] = [
  {
    has: ({ destinations }) => destinations.length === 0,
    tell: failed,
    seen: "no real server: every connection is refused",
    fix: ["# add a real server (vipkit ipvs sync), or remove the service"],
  },
  {
    has: isOut,
    tell: failed,
    seen: "all real servers have weight 0: no new connection goes anywhere",
    fix: ["# give one a weight, or find out who took them out: vipkit ha status"],
  },
  {
    has: (of, facts) => {
      const vip = vipOf(of);
      return vip !== null && wayTo(vip, facts)?.isLocal !== true;
    },
    tell: doubtful,
    seen: "this host does not have the address: right only while another balancer has it",
    fix: ["# vipkit vip add ADDR/LEN -I IF, where no router of VRRP is to hold it"],
  },
  {
    has: ({ service: { id } }) => id.by === "address" && id.port === 0,
    tell: doubtful,
    seen: "all ports go to real servers, those of this host's own services too (ssh)",
    fix: ["# a mark (fwmark) joins the ports that are meant, and leaves the others"],
  },
  {
    has: (of) => PICKY.has(of.service.scheduler) && !hasFallback(of) && !isOut(of) && hasQuiet(of),
    tell: failed,
    seen: "a client whose hash falls on a real server of weight 0 is refused",
    fix: [
      "# give the scheduler its fallback: flag-1 (sh-fallback, mh-fallback), or remove the server",
    ],
  },
];

/** A service that is its own real server goes in circles between two balancers. */
function ownFindings(facts: IpvsFacts): Finding[] {
  const own = membersOf(facts).filter(({ of, destination }) => {
    const vip = vipOf(of);
    return vip !== null && formatIp(vip) === formatIp(destination.ip);
  });
  if (own.length === 0) return [];
  const names = own.map(({ of, destination }) => destinationSubject(of.service.id, destination));
  const seen = `${listed(names)}: the virtual address is its own real server: a balancer without the address sends it to the one that has it, and that one may send it back`;
  return [
    doubtful(
      "service",
      seen,
      "# use 127.0.0.1 or an address of the host itself for a service of this host",
    ),
  ];
}

const hasFallback = ({ service }: VirtualService): boolean => (service.schedulerFlags & 1) !== 0;
const hasQuiet = ({ destinations }: VirtualService): boolean =>
  destinations.some(({ weight }) => weight === 0);

/** Schedulers that know one real server for each client. */
const PICKY: ReadonlySet<string> = new Set(["sh", "mh"]);
