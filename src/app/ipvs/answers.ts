/** Asks each link of direct routing who answers for the virtual addresses, and for the addresses of the real servers. */
import { formatIp, type IpBytes } from "../../core/addr.ts";
import { SystemError } from "../../core/errors.ts";
import type { InterfaceAddress } from "../../core/netlink/rtnl-address.ts";
import type { Link } from "../../core/netlink/rtnl-link.ts";
import type { Ports } from "../../io/ports.ts";
import type { AnswerFact, IpvsFacts } from "../../proto/ipvs/doctor/facts.ts";
import { forwardedBy, vipOf, wayTo } from "../../proto/ipvs/doctor/subjects.ts";
import { askHolders } from "../doctor/holders.ts";
import { identityOf } from "../doctor/standing.ts";
import { canProbe } from "../duplicate-probe.ts";

interface Host {
  readonly ifName: string | undefined; // on this interface alone
  readonly addresses: readonly InterfaceAddress[];
}

type Known = Pick<IpvsFacts, "services" | "ways" | "links">;

/** Real servers behind a gateway are not asked. @throws the reason of `signal` when it aborts */
export async function askAnswers(
  known: Known,
  host: Host,
  ports: Pick<Ports, "clock" | "openPacketSocket">,
  signal: AbortSignal,
): Promise<AnswerFact[]> {
  const asked = [...questionsOf(known)].filter(
    ([{ name }]) => host.ifName === undefined || host.ifName === name,
  );
  return await Promise.all(
    asked.map(([link, question]) => askOn(link, question, known, host, ports, signal)),
  );
}

/** By their text: real servers of each virtual address, and what these are as bytes. */
interface Question {
  readonly vips: Map<string, Set<string>>;
  readonly servers: Set<string>;
  readonly ips: Map<string, IpBytes>;
}

function questionsOf(known: Known): Map<Link, Question> {
  const questions = new Map<Link, Question>();
  for (const { of, destination } of forwardedBy("direct", known)) {
    const [vip, way] = [vipOf(of), wayTo(destination.ip, known)];
    const link = known.links.find(({ name }) => name === way?.ifName);
    if (vip === null || !way || way.gateway !== null || !link || !canProbe(link)) continue;
    const fresh = (): Question => ({ vips: new Map(), servers: new Set(), ips: new Map() });
    const { vips, servers, ips } = questions.get(link) ?? fresh();
    const [virtual, real] = [formatIp(vip), formatIp(destination.ip)];
    vips.set(virtual, (vips.get(virtual) ?? new Set()).add(real));
    servers.add(real);
    ips.set(virtual, vip).set(real, destination.ip);
    questions.set(link, { vips, servers, ips });
  }
  return questions;
}

async function askOn(
  link: Link,
  { vips, servers, ips }: Question,
  { links }: Known,
  { addresses }: Host,
  ports: Pick<Ports, "clock" | "openPacketSocket">,
  signal: AbortSignal,
): Promise<AnswerFact> {
  const asker = {
    link,
    host: identityOf(links, addresses),
    // Who has the virtual address too gives no answer to a question that comes from it.
    addresses: addresses
      .filter(({ ifIndex }) => ifIndex === link.ifIndex)
      .sort((a, b) => Number(vips.has(formatIp(a.ip))) - Number(vips.has(formatIp(b.ip)))),
  };
  const texts = [...new Set([...vips.keys(), ...servers])];
  const wanted = texts.slice(0, MOST_ASKED).map((text) => ips.get(text) as IpBytes);
  const answers = new Map<string, readonly string[]>();
  const common = { ifName: link.name, unasked: texts.length - wanted.length };
  try {
    for (let at = 0; at < wanted.length; at += AT_ONCE) {
      const some = wanted.slice(at, at + AT_ONCE);
      for (const [ip, macs] of await askHolders(some, asker, ports, signal)) answers.set(ip, macs);
    }
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    return { ...common, refusal: error.message, vips: [], servers: new Map() };
  }
  const isAsked = (ip: string): boolean => answers.has(ip);
  const macsOf = (ip: string): readonly string[] => answers.get(ip) ?? [];
  return {
    ...common,
    refusal: null,
    vips: Array.from(vips, ([ip, of]) => ({
      ip,
      servers: [...of].filter(isAsked),
      macs: macsOf(ip),
    })),
    servers: new Map([...servers].filter(isAsked).map((ip) => [ip, macsOf(ip)])),
  };
}

const AT_ONCE = 32;
const MOST_ASKED = 256; // of one link: eight rounds, 7 s
