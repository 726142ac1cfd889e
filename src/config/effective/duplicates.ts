/** Blocks that are written twice, and instances that are one router on the wire. */
import { formatIp, sameIp } from "../../core/addr.ts";
import { DUPLICATE_NAME, DUPLICATE_VRID } from "../codes/vrrp.ts";
import { finding, type Report } from "../finding.ts";
import type { Setting } from "../keyword.ts";
import type { Completion, Draft } from "./completion.ts";

/** The blocks that keepalived reads: of a name the first. */
export function firstOfEachName<B extends { readonly name: string }>(
  settings: readonly Setting<B>[],
  keyword: string,
  report: Report,
): Setting<B>[] {
  const byName = new Map<string, Setting<B>>();
  for (const setting of settings) {
    const { name } = setting.value;
    const before = byName.get(name);
    if (before === undefined) byName.set(name, setting);
    else {
      const related = [{ span: before.span, message: "first defined here" }];
      const message = `${keyword} ${name} is defined before: this block is skipped`;
      report(finding(DUPLICATE_NAME, setting.span, message, { related }));
    }
  }
  return [...byName.values()];
}

/** Instances that others on the link could not tell apart: each is told of beside the first of them. */
export function demandOwnNumbers(instances: readonly Completion[]): void {
  const byNumber = new Map<string, Completion[]>();
  for (const completion of instances) {
    const { interface: link, virtual_router_id: vrid, family } = completion.draft;
    if (link.value === null || vrid.value === null) continue;
    const key = `${link.value} ${vrid.value} ${family.value}`;
    const others = byNumber.get(key) ?? [];
    const rival = others.find(({ draft }) => areOne(draft, completion.draft));
    if (others.push(completion) === 1) byNumber.set(key, others);
    if (rival === undefined) continue;
    const message = `virtual_router_id ${vrid.value} on ${link.value} is that of vrrp_instance ${rival.draft.name} too, of IPv${family.value}`;
    const at = rival.written.virtual_router_id;
    const related = at === null ? [] : [{ span: at.span, message: "first written here" }];
    completion.refuse(completion.tell(DUPLICATE_VRID, vrid, message, { related }));
  }
}

/** Multicasting to one group, or unicasting with a peer in common. */
function areOne(one: Draft, other: Draft): boolean {
  const [peers, others] = [one, other].map(({ unicast_peer }) =>
    unicast_peer.map(({ value }) => formatIp(value.ip)),
  );
  if (peers?.length === 0 && others?.length === 0) {
    return sameIp(one.mcast_dst_ip.value, other.mcast_dst_ip.value);
  }
  return peers?.some((ip) => others?.includes(ip)) ?? false;
}
