/** The address family of a virtual server, as keepalived finds it line by line, and which servers it then leaves out. */
import { familyOf, formatIp } from "../../core/addr.ts";
import { BITS_OF_IPV4, FAMILY_OF_SERVICE, GRANULARITY_FAMILY, OTHER_FAMILY } from "../codes/lvs.ts";
import type { Setting } from "../keyword.ts";
import { comparePlaces } from "../place.ts";
import type { WrittenServer } from "./real-server.ts";
import type { ServiceCompletion } from "./service-completion.ts";

/** @returns the real servers that are of its family, or reached through tunnels */
export function completeFamilies(completion: ServiceCompletion): Setting<WrittenServer>[] {
  const { ip_family: family, persistence_granularity: granularity } = completion.written;
  const { real_server: servers } = completion.written;
  const lines = [family, granularity, ...servers].filter((line) => line !== null);
  if (lines.length > servers.length) {
    lines.sort((a, b) => comparePlaces(a.keyword.place, b.keyword.place));
  }
  const kept: Setting<WrittenServer>[] = [];
  for (const line of lines) {
    if (line === family) readFamily(completion);
    else if (line === granularity) readGranularity(completion);
    else if (isReached(completion, line as Setting<WrittenServer>)) {
      kept.push(line as Setting<WrittenServer>);
    }
  }
  return kept;
}

function readFamily(completion: ServiceCompletion): void {
  const { draft, written } = completion;
  if (written.ip_family === null) return;
  const { value, span } = written.ip_family;
  const said = value === "inet" ? 4 : 6;
  const { value: family } = draft.family;
  if (family === null) draft.family = { value: said, origin: { kind: "written", span } };
  else if (family !== said) {
    const message = `ip_family ${value} does not go with virtual_server ${draft.name}, which is IPv${family}`;
    completion.correct("ip_family", null, FAMILY_OF_SERVICE, message);
  }
}

function readGranularity(completion: ServiceCompletion): void {
  const { draft, written } = completion;
  const { value: granularity, span } = written.persistence_granularity ?? {};
  if (granularity === undefined || span === undefined) return;
  const isBits = typeof granularity === "number";
  const { value: family } = draft.family;
  if (family === null) {
    const from = "persistence_granularity";
    draft.family = { value: isBits ? 6 : 4, origin: { kind: "inherited", from, span } };
  } else if (family === 6 && !isBits) {
    const message = "persistence_granularity of IPv6 is a number of bits";
    completion.correct("persistence_granularity", null, GRANULARITY_FAMILY, message);
  } else if (family === 4 && isBits) {
    const message = `persistence_granularity of IPv4 is a netmask, not ${granularity}`;
    completion.tell(BITS_OF_IPV4, span, message);
  }
}

function isReached(completion: ServiceCompletion, server: Setting<WrittenServer>): boolean {
  const { draft, written } = completion;
  const { ip } = server.value.name;
  const { value: family } = draft.family;
  if (family === null) {
    const from = `real_server ${formatIp(ip)}`;
    draft.family = { value: familyOf(ip), origin: { kind: "inherited", from, span: server.span } };
    return true;
  }
  if (familyOf(ip) === family) return true;
  const own = server.value.body.lvs_method;
  const general = written.lvs_method;
  const isAbove = general !== null && comparePlaces(general.span.place, server.span.place) < 0;
  const method = own ?? (isAbove ? general : null);
  if (method?.value.method === "TUN") return true;
  const message = `real_server ${formatIp(ip)} is IPv${familyOf(ip)}, virtual_server ${draft.name} IPv${family}`;
  const isBelow = own === null && !isAbove && general?.value.method === "TUN";
  const help = isBelow ? "write lvs_method in front of the servers" : "lvs_method TUN leads there";
  completion.tell(OTHER_FAMILY, server.span, message, { help });
  return false;
}
