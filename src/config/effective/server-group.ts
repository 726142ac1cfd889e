/** virtual_server_group: the addresses and marks that virtual servers name. */
import { familyOf } from "../../core/addr.ts";
import { DUPLICATE_GROUP, GROUP_OF_ALL_KINDS } from "../codes/lvs.ts";
import type { GroupMember } from "../entries/group-member.ts";
import { finding, type Report } from "../finding.ts";
import type { Span } from "../place.ts";
import type { Configuration } from "../tables/root.ts";
import { type InForce, written } from "./in-force.ts";

export interface ServerGroup {
  readonly name: string;
  readonly span: Span; // of the name
  readonly members: readonly InForce<GroupMember>[];
}

/** Of a name the first one with members. */
export function serverGroupsOf(
  settings: Configuration["virtual_server_group"],
  report: Report,
): ReadonlyMap<string, ServerGroup> {
  const groups = new Map<string, ServerGroup>();
  for (const { value, span } of settings) {
    const group = { name: value.name, span, members: value.body.map(written) };
    const before = groups.get(value.name);
    if (before !== undefined) {
      const related = [{ span: before.span, message: "first defined here" }];
      const message = `virtual_server_group ${value.name} is defined before`;
      report(finding(DUPLICATE_GROUP, span, message, { related }));
    } else if (hasAllKinds(group)) {
      const message = `virtual_server_group ${value.name} has IPv4, IPv6 and a mark of neither`;
      const help = "write inet or inet6 behind fwmark";
      report(finding(GROUP_OF_ALL_KINDS, span, message, { help }));
    } else if (group.members.length > 0) groups.set(value.name, group);
  }
  return groups;
}

function hasAllKinds({ members }: ServerGroup): boolean {
  const kinds = new Set(
    members.map(({ value }) =>
      value.by === "address" ? familyOf(value.range.first) : (value.family ?? "either"),
    ),
  );
  return kinds.has(4) && kinds.has(6) && kinds.has("either");
}
