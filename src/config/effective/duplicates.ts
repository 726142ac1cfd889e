/** Blocks that are written twice, and instances that are one router on the wire. */
import { formatIp } from "../../core/addr.ts";
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
  const firsts = new Map<string, number>();
  for (const [index, completion] of instances.entries()) {
    const { interface: link, virtual_router_id: vrid, family } = completion.draft;
    if (link.value === null || vrid.value === null) continue;
    const number = `${link.value} ${vrid.value} ${family.value}`;
    let first = index;
    for (const to of destinationsOf(completion.draft)) {
      const before = firsts.get(`${number} ${to}`);
      if (before === undefined) firsts.set(`${number} ${to}`, index);
      else if (before < first) first = before;
    }
    const rival = instances[first];
    if (rival === undefined || rival === completion) continue;
    const message = `virtual_router_id ${vrid.value} on ${link.value} is that of vrrp_instance ${rival.draft.name} too, of IPv${family.value}`;
    const at = rival.written.virtual_router_id;
    const related = at === null ? [] : [{ span: at.span, message: "first written here" }];
    completion.refuse(completion.tell(DUPLICATE_VRID, vrid, message, { related }));
  }
}

/** Two are one where they multicast to one group, or unicast with a peer in common. */
const destinationsOf = ({ unicast_peer: peers, mcast_dst_ip: group }: Draft): readonly string[] =>
  peers.length === 0
    ? [`group ${formatIp(group.value)}`]
    : peers.map(({ value }) => `peer ${formatIp(value.ip)}`);
