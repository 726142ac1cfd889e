/** An advert as an onlooker names its parts, and what is wrong with it whoever else is there. */
import { type Family, formatIp, formatMac, type IpBytes, isMulticastIp } from "../../core/addr.ts";
import type { ChecksumVerdict, SeenVrrp, VrrpDissection } from "../../core/dissect/seen.ts";
import { decodeTrailer } from "../../core/wire/vrrp-hmac.ts";
import type { Reason, ReasonCode } from "./reason.ts";

export interface SniffedAdvert {
  readonly segment: string; // interface and VLANs: "eth0", "eth0 vlan 5"; may be empty
  readonly vrid: number;
  readonly family: Family;
  readonly version: number;
  readonly source: string;
  readonly sourceIp: IpBytes;
  readonly destination: string;
  readonly sourceMac: string | null;
  readonly destinationMac: string | null;
  readonly ttl: number;
  readonly priority: number;
  readonly intervalMs: number;
  readonly auth: SniffedAuth;
  readonly checksum: ChecksumVerdict;
  readonly addresses: readonly string[];
}

export type SniffedAuth =
  | { readonly kind: "none" | "ah" }
  | { readonly kind: "simple"; readonly password: Uint8Array } // as it stands, NUL padding cut
  | { readonly kind: "hmac"; readonly keyId: number }
  | { readonly kind: "unknown"; readonly type: number };

export interface SniffedAndFlaws {
  readonly advert: SniffedAdvert;
  readonly flaws: readonly Reason[]; // by the advert alone
}

/** Total over all that can be seen. */
export function readSniffed(seen: SeenVrrp, segment: string): SniffedAndFlaws {
  const { family, source, destination, vrrp } = seen;
  const [sourceMac, destinationMac] = [seen.sourceMac, seen.destinationMac].map((mac) =>
    mac === null ? null : formatMac(mac),
  ) as [string | null, string | null];
  const advert: SniffedAdvert = {
    segment,
    vrid: vrrp.vrid,
    family,
    version: vrrp.version,
    source: formatIp(source),
    sourceIp: source,
    destination: formatIp(destination),
    sourceMac,
    destinationMac,
    ttl: seen.ttl,
    priority: vrrp.priority,
    intervalMs: vrrp.intervalMs,
    auth: authOf(vrrp),
    checksum: vrrp.checksum,
    addresses: vrrp.addresses.map(formatIp),
  };
  return { advert, flaws: flawsOf(seen, advert.auth) };
}

/** Which flavours of checksum it satisfies. */
export function checksumFlavour({ bare, pseudoHeader }: ChecksumVerdict): ChecksumFlavour {
  if (bare === null && pseudoHeader === null) return "unknown";
  if (bare === true) return pseudoHeader === true ? "both" : "bare";
  return pseudoHeader === true ? "pseudo-header" : "bad";
}

export type ChecksumFlavour = "pseudo-header" | "bare" | "both" | "bad" | "unknown";

function authOf({ version, authType, authData, trailer }: VrrpDissection): SniffedAuth {
  if (trailer.length > 0) {
    const decoded = decodeTrailer(trailer);
    if (decoded.ok) return { kind: "hmac", keyId: decoded.value.keyId };
  }
  if (version >= 3 || authType === null || authType === 0) return { kind: "none" };
  if (authType === 2) return { kind: "ah" };
  if (authType !== 1) return { kind: "unknown", type: authType };
  const data = authData ?? new Uint8Array();
  return { kind: "simple", password: data.slice(0, data.findLastIndex((byte) => byte !== 0) + 1) };
}

/** In the order of receivers: the way it came, version and type, length, checksum, values. */
function flawsOf(seen: SeenVrrp, auth: SniffedAuth): Reason[] {
  const { vrrp, ttl, family, destination } = seen;
  const { version, type, vrid, intervalMs, missingBytes, cutBytes, trailer } = vrrp;
  const flaws: Reason[] = [];
  const bad = (code: ReasonCode, text: string) => void flaws.push({ code, level: "bad", text });
  if (seen.ipFlaws.includes("bad-ip-checksum")) bad("bad-ip-checksum", "IP header checksum bad");
  if (seen.ipFlaws.includes("bad-ip-length")) bad("bad-ip-length", "IP length wrong");
  if (isMulticastIp(destination) && ttl !== 255) bad("ttl-not-255", `ttl ${ttl}, not 255`);
  if (version === 1) bad("bad-version", "version 1: obsolete, believed by nobody");
  else if (version !== 2 && version !== 3) bad("bad-version", `version ${version}: unknown`);
  else if (version === 2 && family === 6)
    flaws.push({ code: "bad-version", level: "warn", text: "version 2 over IPv6: not standard" });
  if (type !== ADVERTISEMENT) bad("bad-type", `type ${type}, not 1`);
  const flavour = checksumFlavour(vrrp.checksum);
  const isCut = cutBytes > 0; // so that what stands behind may be anything
  if (isCut) flaws.push({ code: "cut", level: "note", text: "captured in part" });
  if (missingBytes > 0 && !isCut) bad("short", `${missingBytes} of its bytes missing`);
  else if (flavour === "bad" || (flavour === "bare" && family === 6 && version === 3))
    bad("bad-checksum", "checksum bad");
  if (trailer.length > 0 && !isCut && auth.kind !== "hmac")
    bad("unknown-trailer", `unknown trailer, length ${trailer.length}`);
  if (auth.kind === "unknown") bad("bad-auth-type", `authentication type ${auth.type} unknown`);
  if (vrid === 0) bad("bad-vrid", "VRID 0");
  if (intervalMs === 0) bad("bad-interval", "interval 0");
  if (version === 3 && vrrp.addressCount === 0) bad("no-addresses", "no addresses");
  return flaws;
}

const ADVERTISEMENT = 1;
