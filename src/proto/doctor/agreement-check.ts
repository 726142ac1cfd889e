/** Whether those who speak for one VRID agree on what they have to agree on (RFC 9568 section 7.1). */
import { formatDurationMs } from "../../core/duration.ts";
import type { SpeakerTerms } from "./census.ts";
import { doubtful, type Finding, failed, well } from "./finding.ts";
import { collisionFinding } from "./masters-check.ts";
import { listed, nameOf, routerName, type SpeakerGroup, type Termed } from "./speakers.ts";

/** Of one virtual router; a single `ok` where nothing differs. */
export function agreementFindings(group: SpeakerGroup, ifName: string): Finding[] {
  const collision = collisionFinding(group, ifName);
  const findings = [
    collision ?? addressesFinding(group),
    differs(group, VERSIONS),
    differs(group, INTERVALS),
    differs(group, AUTHENTICATION),
    passwordsFinding(group),
    differs(group, SIGNATURES),
    differs(group, CHECKSUMS),
  ].flatMap((finding) => finding ?? []);
  if (findings.length > 0) return findings;
  const { vrid, family, speakers } = group;
  const all = speakers.length === 1 ? "one sender" : `all ${speakers.length} senders agree`;
  return [
    well("agreement", `${routerName(vrid, family)}: ${all}, ${termsText(speakers[0].terms)}`),
  ];
}

function termsText(terms: SpeakerTerms): string {
  const { version, intervalMs, auth, checksum, signed } = terms;
  const flavour = checksum === null ? "" : `, checksum ${CHECKSUM_WORDS[checksum]}`;
  const proof = auth === null ? "" : `, authentication ${auth}`;
  const interval = formatDurationMs(intervalMs);
  return `version ${version}, interval ${interval}${proof}${flavour}${signed ? ", signed" : ""}`;
}

/** One thing that all have to say alike. */
interface Term {
  readonly check: string;
  readonly what: string;
  readonly of: (terms: SpeakerTerms) => string | null; // null: this one has none
  readonly fix: (speakers: readonly Termed[]) => readonly string[];
  readonly harmless?: (terms: readonly SpeakerTerms[]) => boolean;
}

function differs({ vrid, family, speakers }: SpeakerGroup, term: Term): Finding | undefined {
  const camps = new Map<string, Termed[]>();
  for (const one of speakers) {
    const value = term.of(one.terms);
    if (value !== null) camps.set(value, [...(camps.get(value) ?? []), one]);
  }
  if (camps.size < 2) return undefined;
  const each = Array.from(camps, ([value, camp]) => `${value} from ${listed(camp.map(nameOf), 3)}`);
  const seen = `${routerName(vrid, family)}: ${term.what} differ: ${each.join("; ")}`;
  const terms = speakers.map((one) => one.terms);
  const tell = term.harmless?.(terms) === true ? doubtful : failed;
  return tell(term.check, seen, ...term.fix(speakers));
}

function addressesFinding({ vrid, family, speakers }: SpeakerGroup): Finding | undefined {
  const lists = speakers.map(({ terms }) => terms.addresses);
  const common = speakers[0].terms.addresses.filter((ip) =>
    lists.every((list) => list.includes(ip)),
  );
  const apart = speakers.flatMap((one) => {
    const more = one.terms.addresses.filter((ip) => !common.includes(ip));
    return more.length > 0 ? [`${nameOf(one)} +${listed(more, 4)}`] : [];
  });
  if (apart.length === 0) return undefined;
  const seen = `${routerName(vrid, family)}: address lists differ: all have ${listed(common, 4) || "none"}, ${listed(apart)}`;
  return failed("addresses", seen, ADDRESS_ADVICE);
}

/** They are compared, and never shown. */
function passwordsFinding({ vrid, family, speakers }: SpeakerGroup): Finding | undefined {
  const withOne = speakers.filter(({ terms }) => terms.password !== null);
  const [first] = withOne;
  const other = withOne.find((one) => `${one.terms.password}` !== `${first?.terms.password}`);
  if (first === undefined || other === undefined) return undefined;
  const seen = `${routerName(vrid, family)}: passwords differ: ${nameOf(first)} and ${nameOf(other)} reject each other`;
  return failed("authentication", seen, ...AUTH_ADVICE);
}

const VERSIONS: Term = {
  check: "version",
  what: "versions",
  of: ({ version }) => `version ${version}`,
  fix: () => ["# the same everywhere: vrrp_version 3 of keepalived, vipkit vrrp run --version 3"],
};

/** Of version 3 a BACKUP learns its master's (RFC 9568 section 6.4.2); version 2 refuses another. */
const INTERVALS: Term = {
  check: "interval",
  what: "intervals",
  of: ({ intervalMs }) => formatDurationMs(intervalMs),
  fix: () => ["# the same everywhere: advert_int of keepalived, --interval of vipkit vrrp run"],
  harmless: (terms) => terms.every(({ version }) => version === 3),
};

const AUTHENTICATION: Term = {
  check: "authentication",
  what: "authentication types",
  of: ({ auth }) => auth,
  fix: () => AUTH_ADVICE,
};

const SIGNATURES: Term = {
  check: "signature",
  what: "signatures",
  of: ({ signed }) => (signed ? "signed" : "not signed"),
  fix: () => ["# keys on all of them: auth_hmac of keepalived, --key-file of vipkit vrrp run"],
};

const CHECKSUMS: Term = {
  check: "checksum",
  what: "checksums of version 3 over IPv4",
  of: ({ checksum }) => (checksum === null ? null : CHECKSUM_WORDS[checksum]),
  fix: (speakers) => [
    `# ${listed(speakers.filter(isBare).map(nameOf), 3)}: with the pseudo-header, as the others, by one of these:`,
    "# FRR: vrrp VRID checksum-with-ipv4-pseudoheader",
    "# keepalived: no v3_checksum_as_v2 in the vrrp_instance or in global_defs",
    "# vipkit vrrp run takes both and sends what its master sends",
  ],
};

const isBare = ({ terms }: Termed): boolean => terms.checksum === "bare";

const CHECKSUM_WORDS = {
  "pseudo-header": "with the pseudo-header",
  bare: "of the message alone",
} as const;

const ADDRESS_ADVICE =
  "# the same virtual addresses on all of them; keepalived rejects other lists unless skip_check_adv_addr";
const AUTH_ADVICE = [
  "# the same on all of them: auth_type and auth_pass of keepalived, --auth-pass-file of vipkit vrrp run",
];
