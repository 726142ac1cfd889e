/** The addresses of a virtual router: what one node alone has is gone while another one is MASTER. */
import { formatIp } from "../../core/addr.ts";
import { ADDRESSES_DIFFER, EXCLUDED_DIFFER, LENGTHS_DIFFER } from "../codes/cluster.ts";
import type { InForce } from "../effective/in-force.ts";
import type { EffectiveAddress } from "../effective/instance.ts";
import { finding, type Report } from "../finding.ts";
import { nameOf, oddOnes, type Pair, placeOf, whereIs } from "./differences.ts";
import type { Member, SharedRouter } from "./members.ts";

const LISTS = [
  ["virtual_ipaddress", ADDRESSES_DIFFER],
  ["virtual_ipaddress_excluded", EXCLUDED_DIFFER],
] as const;

/** Their order does not matter. */
export function compareAddresses(router: SharedRouter, report: Report): void {
  for (const [list, kind] of LISTS) {
    const keyOf = ({ instance }: Member): string =>
      [...new Set(instance[list].map(ipOf))].sort((a, b) => (a < b ? -1 : 1)).join(" ");
    for (const pair of oddOnes(router, keyOf)) {
      const { member, other } = pair;
      const [more, less] = [alone(pair, list), alone({ member: other, other: member }, list)];
      const differs = [
        more.length > 0 && `has ${few(more)}`,
        less.length > 0 && `lacks ${few(less)}`,
      ].filter((part) => part !== false);
      const message = `${list} of ${nameOf(member)} is another one in ${whereIs(pair)}: here it ${differs.join(", and ")}`;
      const [first, missing] = [more[0], less[0]];
      const span = first === undefined ? member.instance.span : placeOf(member, first);
      const related =
        missing === undefined
          ? { span: other.instance.span, message: "not in this one" }
          : { span: placeOf(other, missing), message: `${ipOf(missing)} is written here` };
      report(finding(kind, span, message, { related: [related] }));
    }
  }
}

/** Of an address that several have. */
export function compareLengths(router: SharedRouter, report: Report): void {
  const lists = new Map(
    router.map((member) => [
      member,
      new Map(addressesOf(member).map((entry) => [ipOf(entry), entry])),
    ]),
  );
  for (const ip of new Set([...lists.values()].flatMap((list) => [...list.keys()]))) {
    const entryOf = (member: Member) => lists.get(member)?.get(ip);
    const lengthOf = (member: Member) => entryOf(member)?.value.address.prefixLength;
    const holders = router.filter((member) => entryOf(member) !== undefined);
    for (const pair of oddOnes(holders, lengthOf)) {
      const { member, other } = pair;
      const [own, theirs] = [entryOf(member), entryOf(other)];
      if (own === undefined || theirs === undefined) continue;
      const message = `${ip} of ${nameOf(member)} has /${lengthOf(member)}, but /${lengthOf(other)} in ${whereIs(pair)}`;
      const related = [{ span: placeOf(other, theirs), message: "the other one" }];
      report(finding(LENGTHS_DIFFER, placeOf(member, own), message, { related }));
    }
  }
}

const addressesOf = ({ instance }: Member): readonly InForce<EffectiveAddress>[] => [
  ...instance.virtual_ipaddress,
  ...instance.virtual_ipaddress_excluded,
];

type List = (typeof LISTS)[number][0];

/** What the other one has not. */
function alone({ member, other }: Pair, list: List): readonly InForce<EffectiveAddress>[] {
  const theirs = new Set(other.instance[list].map(ipOf));
  return member.instance[list].filter((one) => !theirs.has(ipOf(one)));
}

const ipOf = ({ value }: InForce<EffectiveAddress>): string => formatIp(value.address.ip);

function few(addresses: readonly InForce<EffectiveAddress>[]): string {
  const named = addresses.slice(0, MOST_NAMED).map(ipOf).join(", ");
  const more = addresses.length - MOST_NAMED;
  return more > 0 ? `${named} and ${more} more` : named;
}

const MOST_NAMED = 8;
