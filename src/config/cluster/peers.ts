/** Unicast peers: each node names all others. */
import { familyOf, formatIp, type IpBytes, includesIp } from "../../core/addr.ts";
import { PEERS_DO_NOT_NAME } from "../codes/cluster.ts";
import { finding, type Report } from "../finding.ts";
import { isUnicast } from "./adverts.ts";
import { nameOf, placeOf, whereIs } from "./differences.ts";
import type { Member, SharedRouter } from "./members.ts";

export function comparePeers(router: SharedRouter, report: Report): void {
  const unicasting = router.filter(isUnicast);
  const odd = unicasting.filter((one) => isUnnamed(one, unicasting));
  for (const other of odd) tellOddSource(other, unicasting, report);
  for (const member of unicasting) {
    const { unicast_peer: peers } = member.instance;
    const [first] = peers;
    if (first === undefined) continue;
    const ips = peers.map(({ value }) => value.ip);
    const others = unicasting.filter((one) => one !== member);
    const at = placeOf(member, first);
    for (const other of others) {
      const own = ownAddresses(other);
      if (odd.includes(other) || own.length === 0) continue;
      if (own.some((ip) => includesIp(ips, ip))) continue;
      const where = whereIs({ member, other });
      const message = `unicast_peer of ${nameOf(member)} does not name ${own.map(formatIp).join(" or ")} of ${where}: no adverts go there`;
      const related = [{ span: sourceSpan(other), message: "the address of the other node" }];
      report(finding(PEERS_DO_NOT_NAME, at, message, { related }));
    }
    const unknown = others.find((other) => ownAddresses(other).length === 0);
    if (unknown === undefined || peers.length >= others.length) continue;
    const message = `unicast_peer of ${nameOf(member)} names ${peers.length} of ${others.length} other nodes`;
    const related = [{ span: unknown.instance.span, message: "one of them, of unknown address" }];
    report(finding(PEERS_DO_NOT_NAME, at, message, { related }));
  }
}

/** Whether two and more nodes name as many others as there are, and none of them this one: then it is wrong itself. */
function isUnnamed(one: Member, unicasting: readonly Member[]): boolean {
  const others = unicasting.filter((other) => other !== one);
  const [own, ...more] = ownAddresses(one);
  if (own === undefined || more.length > 0 || others.length < 2) return false;
  return others.every(({ instance: { unicast_peer: peers } }) => {
    const ips = peers.map(({ value }) => value.ip);
    return ips.length >= others.length && !includesIp(ips, own);
  });
}

function tellOddSource(one: Member, unicasting: readonly Member[], report: Report): void {
  const [own] = ownAddresses(one);
  const related = unicasting.flatMap((other) => {
    const [first] = other.instance.unicast_peer;
    if (other === one || first === undefined) return [];
    return [{ span: placeOf(other, first), message: "the peers of another node" }];
  });
  const ip = own === undefined ? "" : formatIp(own);
  const message = `adverts of ${nameOf(one)} come from ${ip}, which no other node names in unicast_peer: nothing goes there`;
  report(finding(PEERS_DO_NOT_NAME, sourceSpan(one), message, { related }));
}

/** Where adverts come from, as far as it is known: one that is written, or else those of the host there. */
export function ownAddresses({ node, instance }: Member): readonly IpBytes[] {
  const written = instance.unicast_src_ip.value ?? instance.mcast_src_ip.value;
  if (written !== null) return [written];
  const link = node.host?.interfaces.get(instance.interface.value ?? "");
  const all = (link?.addresses ?? []).map(({ ip }) => ip);
  return all.filter((ip) => familyOf(ip) === instance.family.value);
}

function sourceSpan(member: Member): Member["instance"]["span"] {
  const { unicast_src_ip: unicast, mcast_src_ip: multicast } = member.instance;
  return placeOf(member, unicast.value === null ? multicast : unicast);
}
