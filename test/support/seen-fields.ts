/** What tshark and our dissection say of one packet, in the same words, so that they can be compared. */
import { formatIp, formatMac } from "../../src/core/addr.ts";
import type {
  Seen,
  SeenCarp,
  SeenClaim,
  SeenVrrp,
  VrrpDissection,
} from "../../src/core/dissect/seen.ts";
import type { TsharkPacket } from "./tshark.ts";

/** Everything is text, as tshark has it; null where there is none. */
export type SeenFields = { readonly [field: string]: string | readonly string[] | boolean | null };

/** Of a packet that has no whole VRRP header and claims no address. */
export const NOTHING: SeenFields = { kind: "nothing" };

export function fieldsOf(seen: Seen | undefined): SeenFields {
  switch (seen?.kind) {
    case undefined:
    case "broken":
      return NOTHING;
    case "vrrp":
      return { ...travelOf(seen), ...messageOf(seen.vrrp) };
    case "carp":
      return {
        ...travelOf(seen),
        vhid: String(seen.vhid),
        advskew: String(seen.advskew),
        advbase: String(seen.advbase),
        checksumOk: seen.checksumOk,
      };
    case "claim":
      return {
        kind: "claim",
        vlans: seen.vlans.map(String),
        ip: formatIp(seen.ip),
        mac: formatMac(seen.mac),
        manner: seen.manner,
      };
  }
}

export function tsharkFieldsOf(packet: TsharkPacket): SeenFields {
  const first = (...fields: readonly string[]): string | null => {
    const field = fields.find((name) => packet[name] !== undefined);
    return (field === undefined ? undefined : packet[field]?.[0]) ?? null;
  };
  // Two service tags in a row are one header for tshark; where others stand between, the order is lost.
  const pairs = packet["ieee8021ad.svid"] ?? [];
  const vlans = [
    ...pairs.flatMap((outer, index) => [outer, packet["ieee8021ad.cvid"]?.[index] ?? ""]),
    ...(packet["ieee8021ad.id"] ?? []),
    ...(packet["vlan.id"] ?? []),
  ];
  const travel = {
    vlans,
    sourceMac: first("eth.src", "sll.src.eth"),
    destinationMac: first("eth.dst"),
    source: first("ip.src", "ipv6.src"),
    destination: first("ip.dst", "ipv6.dst"),
    ttl: first("ip.ttl", "ipv6.hlim"),
    authenticated: packet["ah.spi"] !== undefined,
  };
  if (packet["carp.checksum"] !== undefined) {
    return {
      kind: "carp",
      ...travel,
      vhid: first("carp.vhid"),
      advskew: first("carp.advskew"),
      advbase: first("carp.adver_int"),
      checksumOk: STATUS[first("carp.checksum.status") ?? ""] ?? null,
    };
  }
  // Its last field: a header that is cut before is none for us.
  if (packet["vrrp.checksum"] !== undefined) {
    return {
      kind: "vrrp",
      ...travel,
      version: first("vrrp.version"),
      type: first("vrrp.type"),
      vrid: first("vrrp.virt_rtr_id"),
      priority: first("vrrp.prio"),
      addressCount: first("vrrp.addr_count"),
      authType: first("vrrp.auth_type"),
      intervalS: first("vrrp.adver_int"),
      intervalCs: first("vrrp.short_adver_int"),
      checksum: first("vrrp.checksum"),
      checksumOk: STATUS[first("vrrp.checksum.status") ?? ""] ?? null,
      addresses: packet["vrrp.ip_addr"] ?? packet["vrrp.ipv6_addr"] ?? [],
      password: first("vrrp.auth_string"),
      complete: !`${first("_ws.malformed")} ${first("_ws.short")}`.includes("VRRP"),
    };
  }
  return claimOf(packet, first, vlans) ?? NOTHING;
}

function travelOf(seen: SeenVrrp | SeenCarp): SeenFields {
  return {
    kind: seen.kind,
    vlans: seen.vlans.map(String),
    sourceMac: seen.sourceMac && formatMac(seen.sourceMac),
    destinationMac: seen.destinationMac && formatMac(seen.destinationMac),
    source: formatIp(seen.source),
    destination: formatIp(seen.destination),
    ttl: String(seen.ttl),
    authenticated: seen.authenticated,
  };
}

function messageOf(vrrp: VrrpDissection): SeenFields {
  const { version, authType, authData, checksum } = vrrp;
  const hasPassword = authType === 1 && authData?.length === 8;
  const end = authData?.indexOf(0) ?? -1;
  const password = authData?.slice(0, end === -1 ? undefined : end) ?? [];
  return {
    version: String(version),
    type: String(vrrp.type),
    vrid: String(vrrp.vrid),
    priority: String(vrrp.priority),
    addressCount: String(vrrp.addressCount),
    authType: authType === null ? null : String(authType),
    intervalS: authType === null ? null : String(vrrp.intervalMs / 1000),
    intervalCs: authType === null ? String(vrrp.intervalMs / 10) : null,
    checksum: `0x${checksum.value.toString(16).padStart(4, "0")}`,
    checksumOk: version === 3 ? checksum.pseudoHeader : checksum.bare, // as tshark judges
    addresses: vrrp.addresses.map(formatIp),
    password: hasPassword ? asciiOf(password) : null,
    // Authentication data that is no password is not looked for by tshark.
    complete:
      vrrp.missingBytes === 0 || (authType !== null && authType !== 1 && vrrp.missingBytes <= 8),
  };
}

function claimOf(
  packet: TsharkPacket,
  first: (...fields: readonly string[]) => string | null,
  vlans: readonly string[],
): SeenFields | undefined {
  const kind: SeenClaim["kind"] = "claim";
  const toAll = packet["eth.dst.ig"]?.[0] === "1";
  const operation = first("arp.opcode");
  if (operation === "1" || operation === "2") {
    const [ip, mac] = [first("arp.src.proto_ipv4"), first("arp.src.hw_mac")];
    if (ip === null || mac === null || ip === "0.0.0.0") return undefined;
    if (first("arp.hw.type") !== "1" || first("arp.dst.proto_ipv4") === null) return undefined;
    const gratuitous = ip === first("arp.dst.proto_ipv4") || (operation === "2" && toAll);
    const other = operation === "1" ? "question" : "answer";
    return { kind, vlans, ip, mac, manner: gratuitous ? "gratuitous" : other };
  }
  if (first("icmpv6.checksum.status") !== "1" || first("ipv6.hlim") !== "255") return undefined;
  const mac = first("icmpv6.opt.linkaddr", "eth.src");
  const advertised = first("icmpv6.nd.na.target_address");
  if (advertised !== null) {
    return { kind, vlans, ip: advertised, mac, manner: toAll ? "gratuitous" : "answer" };
  }
  const source = first("ipv6.src");
  if (first("icmpv6.nd.ns.target_address") === null || source === "::") return undefined;
  return { kind, vlans, ip: source, mac, manner: "question" };
}

const asciiOf = (bytes: Iterable<number>): string =>
  Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : "\ufffd")).join("");

const STATUS: { readonly [status: string]: boolean } = { "0": false, "1": true }; // 2: unverified

/** The fields of tshark that `tsharkFieldsOf` reads. */
export const TSHARK_FIELDS = [
  ...["eth.src", "eth.dst", "eth.dst.ig", "sll.src.eth", "vlan.id", "ieee8021ad.id"],
  ...["ieee8021ad.svid", "ieee8021ad.cvid"],
  ...["ip.src", "ip.dst", "ip.ttl", "ipv6.src", "ipv6.dst", "ipv6.hlim"],
  ...["vrrp.version", "vrrp.type", "vrrp.virt_rtr_id", "vrrp.prio", "vrrp.addr_count"],
  ...["vrrp.auth_type", "vrrp.adver_int", "vrrp.short_adver_int", "vrrp.checksum"],
  ...["vrrp.checksum.status", "vrrp.ip_addr", "vrrp.ipv6_addr", "vrrp.auth_string"],
  ...["carp.vhid", "carp.advskew", "carp.adver_int", "carp.checksum", "carp.checksum.status"],
  ...["arp.opcode", "arp.hw.type", "arp.src.hw_mac", "arp.src.proto_ipv4", "arp.dst.proto_ipv4"],
  ...["icmpv6.checksum.status", "icmpv6.nd.na.target_address", "icmpv6.nd.ns.target_address"],
  ...["icmpv6.opt.linkaddr", "ah.spi", "_ws.malformed", "_ws.short"],
] as const;
