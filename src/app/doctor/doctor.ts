/** `vrrp doctor`: looks at a host and its LAN, and says what keeps VRRP from working there. */
import { type Family, familyOf, formatIp, type IpBytes, parseIp } from "../../core/addr.ts";
import { SystemError } from "../../core/errors.ts";
import type { Ports } from "../../io/ports.ts";
import type { Speaker } from "../../proto/doctor/census.ts";
import {
  type DeliveryMatrix,
  deliveryFindings,
  matrixOf,
} from "../../proto/doctor/delivery-check.ts";
import { diagnose } from "../../proto/doctor/diagnose.ts";
import type { DoctorFacts, HoldingFact } from "../../proto/doctor/facts.ts";
import { type Finding, failed } from "../../proto/doctor/finding.ts";
import { outgoingLines } from "../../proto/doctor/firewall-lines.ts";
import { type EffectiveSetting, effectiveSettings } from "../../proto/doctor/settings-check.ts";
import { speakersOf } from "../../proto/doctor/speakers.ts";
import { suspectNames, suspectsAmong } from "../../proto/vrrp/suspects.ts";
import { canProbe } from "../duplicate-probe.ts";
import { testDelivery } from "./delivery-test.ts";
import { askHolders } from "./holders.ts";
import { type Listened, listenTwice } from "./listening.ts";
import { readFilter, readStanding, readWaysBack, type Standing } from "./standing.ts";

export interface DoctorQuestion {
  readonly ifName: string;
  readonly vrid: number | null; // all
  readonly family: Family | undefined; // those that are spoken there
  readonly peer: IpBytes | undefined;
  readonly vips: readonly IpBytes[]; // beside those that are advertised
  readonly listenMs: number;
}

export interface DoctorReport {
  readonly listenedMs: number;
  readonly findings: readonly Finding[];
  readonly matrix: DeliveryMatrix | null; // null: no --peer
  /** What it was concluded from, for who wants to see more. */
  readonly speakers: readonly Speaker[];
  readonly settings: readonly EffectiveSetting[];
}

/**
 * Changes nothing, and sends nothing but what joins the groups and asks neighbours, and with a peer
 * the probes of the two-sided test.
 * @throws SystemError, UsageError where it could not look; the reason of `signal` when it aborts
 */
export async function examine(
  question: DoctorQuestion,
  ports: Ports,
  signal: AbortSignal,
): Promise<DoctorReport> {
  const standing = readStanding(question.ifName, ports);
  const listened = standing.link.running
    ? await listen(question, standing, ports, signal)
    : deaf(standing);
  const facts = await gather(question, standing, listened, ports, signal);
  const findings = diagnose(facts);
  const { heard } = listened;
  const result = {
    listenedMs: heard.aloneMs + heard.joinedMs,
    speakers: speakersOf(facts),
    settings: effectiveSettings(facts),
  };
  const { peer } = question;
  if (peer === undefined || !standing.link.running) return { ...result, findings, matrix: null };
  const { matrix, ...delivery } = await deliver(peer, question, standing, facts, ports, signal);
  return { ...result, findings: [...findings, ...delivery.findings], matrix };
}

async function listen(
  { family, listenMs }: DoctorQuestion,
  standing: Standing,
  ports: Ports,
  signal: AbortSignal,
): Promise<Listened> {
  const families: readonly Family[] = family === undefined ? [4, 6] : [family];
  return await listenTwice(standing, families, listenMs, ports, signal);
}

/** Of an interface that is down. */
function deaf({ joinedBefore }: Standing): Listened {
  const group = (family: Family) => ({
    joinedBefore: joinedBefore[family],
    refusal: null,
    refusalCode: null,
  });
  const heard = { aloneMs: 0, joinedMs: 0, speakers: [], routers: [], lost: 0 };
  return { heard: { ...heard, queries: { 4: 0, 6: 0 } }, groups: { 4: group(4), 6: group(6) } };
}

async function gather(
  question: DoctorQuestion,
  standing: Standing,
  { heard, groups }: Listened,
  ports: Ports,
  signal: AbortSignal,
): Promise<DoctorFacts> {
  const { vrid } = question;
  const { link, master, addresses, vmacs, routerHere, bridge, host } = standing;
  const families = familiesOf(question, standing, heard.speakers);
  const sources = new Set(heard.speakers.filter(({ here }) => !here).map(({ source }) => source));
  const processes = await ports.findProcesses(suspectNames().filter((name) => !ROUTERS.has(name)));
  const partial = {
    vrid,
    families,
    link,
    master,
    addresses,
    host,
    vmacs,
    groups,
    routerHere,
    bridge,
    heard,
    waysBack: readWaysBack([...sources], ports),
    setting: (path: string) => ports.readSysctl(path),
    filter: readFilter(ports),
    suspects: suspectsAmong(processes, link.name),
  };
  const wanted = holdingsWanted(question, { ...partial, holdings: [] });
  const ips = wanted.map(({ ip }) => parseIp(ip) as IpBytes);
  const answers =
    canProbe(link) && ips.length > 0 ? await askHolders(ips, standing, ports, signal) : null;
  const holdings = wanted.flatMap((one): HoldingFact[] =>
    answers === null
      ? []
      : [{ ...one, macs: answers.get(one.ip) ?? [], here: standing.places.get(one.ip) ?? null }],
  );
  return { ...partial, holdings };
}

/** Those that were named, else those that are spoken, else the one that the interface is set up for. */
function familiesOf(
  { family, vips, peer, vrid }: DoctorQuestion,
  { addresses }: Standing,
  speakers: readonly Speaker[],
): Family[] {
  if (family !== undefined) return [family];
  const spoken = speakers.filter((one) => vrid === null || one.vrid === vrid);
  const found = new Set([...vips.map(familyOf), ...spoken.map((one) => one.family)]);
  if (found.size === 0 && peer !== undefined) return [familyOf(peer)];
  if (found.size > 0) return FAMILIES.filter((one) => found.has(one));
  return addresses.length > 0 && addresses.every(({ ip }) => ip.length === 16) ? [6] : [4];
}

type WantedHolding = Pick<HoldingFact, "family" | "vrid" | "ip">;

/** Each once: with its VRID where it is advertised. */
function holdingsWanted({ vips }: DoctorQuestion, facts: DoctorFacts): WantedHolding[] {
  const wanted = new Map<string, WantedHolding>();
  const want = (ip: string, vrid: number | null, family: Family): void => {
    if (wanted.size < MOST_HOLDINGS && !wanted.has(ip)) wanted.set(ip, { family, vrid, ip });
  };
  const advertised = speakersOf(facts).flatMap(({ terms, vrid, family }) =>
    (terms?.addresses ?? []).map((ip) => ({ ip, vrid, family })),
  );
  for (const ip of vips.map(formatIp)) {
    const known = advertised.find((one) => one.ip === ip);
    want(ip, known?.vrid ?? null, ip.includes(":") ? 6 : 4);
  }
  for (const { ip, vrid, family } of vips.length > 0 ? [] : advertised) want(ip, vrid, family);
  return [...wanted.values()];
}

async function deliver(
  peer: IpBytes,
  { vrid }: DoctorQuestion,
  standing: Standing,
  facts: DoctorFacts,
  ports: Ports,
  signal: AbortSignal,
): Promise<{ matrix: DeliveryMatrix | null; findings: Finding[] }> {
  const { link, filter } = facts;
  const family = familyOf(peer);
  try {
    const counts = await testDelivery(peer, vrid ?? 0, standing, ports, signal);
    const matrix = matrixOf(formatIp(peer), counts);
    const setting = { ifName: link.name, family, filter };
    return { matrix, findings: deliveryFindings(matrix, setting) };
  } catch (error) {
    if (!(error instanceof SystemError) || !error.op.startsWith("send")) throw error;
    const seen = `this host cannot send protocol 112 to ${formatIp(peer)} and the group: ${error.message}`;
    return {
      matrix: null,
      findings: [
        failed("delivery", seen, ...outgoingLines(family, link.name, filter), SEND_ADVICE),
      ],
    };
  }
}

const SEND_ADVICE =
  "# a firewall rule for what goes out (hook output) forbids it, or there is no route";
/** They hold virtual addresses themselves: that is what is looked at. */
const ROUTERS: ReadonlySet<string> = new Set(["keepalived", "ucarp", "pacemakerd"]);
const FAMILIES = [4, 6] as const;
const MOST_HOLDINGS = 32;
