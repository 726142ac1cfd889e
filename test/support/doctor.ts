/** Facts for the checks of `vrrp doctor`: a healthy host on a LAN with one master, unless changed. */
import assert from "node:assert/strict";
import { parseCidr } from "../../src/core/addr.ts";
import type { BaseChain } from "../../src/core/netlink/nft-chains.ts";
import {
  ADDRESS_FLAGS,
  FOREVER,
  type InterfaceAddress,
} from "../../src/core/netlink/rtnl-address.ts";
import type { Link } from "../../src/core/netlink/rtnl-link.ts";
import type { Speaker, SpeakerTerms } from "../../src/proto/doctor/census.ts";
import type {
  DoctorFacts,
  HeardFact,
  MasterFact,
  RouterFact,
} from "../../src/proto/doctor/facts.ts";
import type { Finding } from "../../src/proto/doctor/finding.ts";
import { mac } from "./packets.ts";

export function linkFact(changes: Partial<Link> = {}): Link {
  return {
    ifIndex: 2,
    name: "eth0",
    mac: mac("02:00:00:00:00:03"),
    mtuBytes: 1500,
    hardwareType: 1,
    up: true,
    carrier: true,
    running: true,
    loopback: false,
    multicast: true,
    noArp: false,
    operState: "up",
    kind: null,
    alias: null,
    masterIndex: null,
    lowerIndex: null,
    ...changes,
  };
}

export function addressFact(
  text: string,
  changes: Partial<InterfaceAddress> = {},
): InterfaceAddress {
  return {
    ...(parseCidr(text) ?? assert.fail(text)),
    ifIndex: 2,
    peer: null,
    broadcast: null,
    label: null,
    scope: 0,
    flags: ADDRESS_FLAGS.permanent,
    protocol: 0,
    metric: 0,
    validLftS: FOREVER,
    preferredLftS: FOREVER,
    ...changes,
  };
}

export const TERMS: SpeakerTerms = {
  version: 3,
  priority: 150,
  intervalMs: 1000,
  addresses: ["10.0.0.100"],
  auth: null,
  password: null,
  checksum: "pseudo-header",
  signed: false,
};

/** Of 10.0.0.2, whose adverts all arrive. */
export function speaker(
  changes: Partial<Speaker> = {},
  terms: Partial<SpeakerTerms> | null = {},
): Speaker {
  return {
    family: 4,
    vrid: 51,
    source: "10.0.0.2",
    mac: "02:00:00:00:00:02",
    here: false,
    toGroup: true,
    alone: 2,
    joined: 3,
    expected: 3,
    received: 3,
    lowestTtl: 255,
    flaws: {},
    version: terms?.version ?? 3,
    terms: terms === null ? null : { ...TERMS, ...terms },
    ...changes,
  };
}

/** Another one on the same LAN. */
export const otherSpeaker = (terms: Partial<SpeakerTerms> = {}, changes: Partial<Speaker> = {}) =>
  speaker(
    { source: "10.0.0.4", mac: "02:00:00:00:00:04", ...changes },
    { priority: 100, ...terms },
  );

/** All of one VRID as masters. */
export function routerOf(
  speakers: readonly Speaker[],
  changes: Partial<RouterFact> = {},
): RouterFact {
  const masters = speakers.flatMap(({ terms, source, mac: from, here }): MasterFact[] =>
    terms === null ? [] : [{ last: { ...terms, source, mac: from }, here }],
  );
  const [first] = speakers;
  return { vrid: first?.vrid ?? 51, family: first?.family ?? 4, masters, former: [], ...changes };
}

/** What was heard of these, who are all masters. */
export function heardFact(
  speakers: readonly Speaker[],
  changes: Partial<HeardFact> = {},
): HeardFact {
  const keys = [...new Set(speakers.map(({ vrid, family }) => `${vrid} ${family}`))];
  return {
    aloneMs: 1500,
    joinedMs: 3500,
    speakers,
    routers: keys.map((key) =>
      routerOf(speakers.filter(({ vrid, family }) => `${vrid} ${family}` === key)),
    ),
    queries: { 4: 0, 6: 0 },
    lost: 0,
    ...changes,
  };
}

export function doctorFacts(
  changes: Partial<DoctorFacts> & { readonly settings?: Readonly<Record<string, string>> } = {},
): DoctorFacts {
  const { settings = {}, ...rest } = changes;
  return {
    vrid: null,
    families: [4],
    link: linkFact(),
    master: null,
    addresses: [addressFact("10.0.0.3/24"), addressFact("fe80::3/64")],
    host: { macs: new Set(["02:00:00:00:00:03"]), ips: new Set(["10.0.0.3", "fe80::3"]) },
    vmacs: [],
    groups: {
      4: { joinedBefore: false, refusal: null, refusalCode: null },
      6: { joinedBefore: false, refusal: null, refusalCode: null },
    },
    routerHere: { 4: false, 6: false },
    bridge: null,
    heard: heardFact([speaker()]),
    waysBack: new Map([["10.0.0.2", "eth0"]]),
    setting: (path) => settings[path],
    filter: { chains: [], legacyTables: [] },
    holdings: [],
    suspects: [],
    ...rest,
  };
}

export const baseChain = (changes: Partial<BaseChain> = {}): BaseChain => ({
  family: "inet",
  table: "filter",
  chain: "input",
  hook: "input",
  priority: 0,
  dropsByDefault: true,
  ...changes,
});

/** Of one check, in short: `fail: what was seen`. */
export const told = (findings: readonly Finding[], check?: string): string[] =>
  findings
    .filter((one) => one.check === (check ?? one.check))
    .map(({ verdict, seen }) => `${verdict}: ${seen}`);

export const fixes = (findings: readonly Finding[]): string[] => findings.flatMap(({ fix }) => fix);
