/** Sync groups whose members do not wish the same. */
import { NOPREEMPT_OF_ONE_MEMBER } from "../codes/vrrp.ts";
import { spanOf } from "../effective/in-force.ts";
import { finding } from "../finding.ts";
import type { Facts } from "./facts.ts";

export function findHalfPreemption({ vrrp, report }: Facts): void {
  const instances = new Map(vrrp.instances.map((one) => [one.name, one]));
  for (const { name, members: names } of vrrp.groups) {
    const members = names.flatMap(({ value }) => instances.get(value) ?? []);
    const staying = members.find(({ nopreempt }) => nopreempt.value);
    const other = members.find(({ nopreempt }) => !nopreempt.value);
    if (staying === undefined || other === undefined) continue;
    const message = `nopreempt of vrrp_instance ${staying.name} keeps vrrp_instance ${other.name} from taking over too, which has none: both are in vrrp_sync_group ${name}`;
    const help = "write nopreempt in all members, or in none";
    const related = [{ span: other.span, message: "without it" }];
    const span = spanOf(staying.nopreempt.origin) ?? staying.span;
    report(finding(NOPREEMPT_OF_ONE_MEMBER, span, message, { help, related }));
  }
}
