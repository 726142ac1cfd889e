/** What an instance is on the wire: its family, version, number, priority, and the state that it begins with. */
import { type Family, familyOf, formatIp, type IpBytes } from "../../core/addr.ts";
import {
  FAMILY_OF_INSTANCE,
  NO_ADDRESS,
  NO_INTERFACE,
  NO_VRID,
  STATE_OF_OWNER,
  VERSION_OF_IPV6,
} from "../codes/vrrp.ts";
import { comparePlaces, type Span } from "../place.ts";
import type { Completion } from "./completion.ts";
import { byDefault, inherited, spanOf } from "./in-force.ts";

/** Something in the block that has a family. */
interface Sign {
  readonly family: Family;
  readonly span: Span;
  readonly text: string;
  readonly isVip: boolean;
}

/** The first sign of a family decides; keepalived ignores addresses of the other. */
export function completeFamily(completion: Completion): void {
  const { draft } = completion;
  const [first, ...others] = signsOf(completion).sort((a, b) =>
    comparePlaces(a.span.place, b.span.place),
  );
  draft.family = byDefault(4);
  if (first === undefined) return;
  draft.family = { value: first.family, origin: { kind: "written", span: first.span } };
  const strangers = new Set<Span>();
  for (const { family, span, text, isVip } of others) {
    if (family === first.family) continue;
    strangers.add(span);
    const message = `${text} is IPv${family}, but vrrp_instance ${draft.name} is IPv${first.family}`;
    const related = [{ span: first.span, message: "decided here" }];
    const help = isVip ? "write it into virtual_ipaddress_excluded, which takes both" : null;
    completion.tell(FAMILY_OF_INSTANCE, span, message, { help, related });
  }
  const isOurs = ({ origin }: { origin: (typeof draft.family)["origin"] }): boolean => {
    const span = spanOf(origin);
    return span === null || !strangers.has(span);
  };
  draft.virtual_ipaddress = draft.virtual_ipaddress.filter(isOurs);
  draft.unicast_peer = draft.unicast_peer.filter(isOurs);
  for (const key of ["unicast_src_ip", "mcast_src_ip"] as const) {
    if (!isOurs(draft[key])) draft[key] = byDefault(null);
  }
}

function signsOf({ draft, written }: Completion): Sign[] {
  const sign = (ip: IpBytes, span: Span, isVip = false): Sign => ({
    family: familyOf(ip),
    span,
    text: formatIp(ip),
    isVip,
  });
  const { native_ipv6: native, unicast_src_ip, mcast_src_ip, mcast_dst_ip } = written;
  return [
    ...(native === null
      ? []
      : [{ family: 6, span: native.span, text: "native_ipv6", isVip: false } as const]),
    ...[unicast_src_ip, mcast_src_ip, mcast_dst_ip].flatMap((one) =>
      one === null ? [] : [sign(one.value, one.span)],
    ),
    ...written.unicast_peer.flatMap(({ value }) =>
      value.map(({ value: { ip }, span }) => sign(ip, span)),
    ),
    ...draft.virtual_ipaddress.flatMap(({ value, origin }) => {
      const span = spanOf(origin);
      return span === null ? [] : [sign(value.address.ip, span, true)];
    }),
  ];
}

export function completeVersion(completion: Completion): void {
  const { draft, written, globals } = completion;
  const { version } = written;
  if (draft.family.value === 4) {
    if (version === null) {
      draft.version = inherited("global_defs", {
        ...globals.vrrp_version,
        value: globals.vrrp_version.value ?? 2,
      });
    }
    return;
  }
  if (version === null) {
    draft.version = byDefault(3);
    return;
  }
  if (version.value === 3) return;
  const sign = spanOf(draft.family.origin);
  const isLate = sign !== null && comparePlaces(sign.place, version.span.place) < 0;
  if (!draft.strict_mode.value && !isLate) return;
  const message = `version 2 of vrrp_instance ${draft.name} is of IPv4: it becomes 3`;
  completion.correct("version", 3, VERSION_OF_IPV6, message, { help: "write version 3" });
}

export function completeElection(completion: Completion): void {
  const { draft, written } = completion;
  const { state, priority } = written;
  if (priority === null) {
    draft.priority = byDefault(state?.value === "MASTER" ? OWNER : DEFAULT_PRIORITY);
  }
  const fitting = draft.priority.value === OWNER ? "MASTER" : "BACKUP";
  if (state === null) draft.state = byDefault(fitting);
  else if (draft.strict_mode.value && state.value !== fitting) {
    const message = `state ${state.value} with priority ${draft.priority.value} becomes ${fitting} in strict mode`;
    completion.correct("state", fitting, STATE_OF_OWNER, message);
  }
}

/** What an instance cannot be without. */
export function demandIdentity(completion: Completion): void {
  const { draft, written } = completion;
  if (draft.virtual_router_id.value === null) {
    const help = "write virtual_router_id with a number of 1..255 that is free on the link";
    completion.refuse(completion.tellMissing(NO_VRID, "virtual_router_id", help));
  }
  const mayRoute = draft.unicast_peer.length > 0 && draft.unicast_src_ip.value !== null;
  if (draft.interface.value === null && !mayRoute) {
    const help = "write interface with the name of the link that adverts go to";
    completion.refuse(completion.tellMissing(NO_INTERFACE, "interface", help));
  }
  if (draft.virtual_ipaddress.length > 0 || draft.no_virtual_ipaddress.value !== null) return;
  const isOfOtherFamily = written.virtual_ipaddress.some(({ value }) => value.length > 0);
  if (isOfOtherFamily) return; // which is told
  const help = "write virtual_ipaddress with an address, or no_virtual_ipaddress";
  const found = completion.tellMissing(NO_ADDRESS, "virtual_ipaddress", help);
  const isNeeded = draft.version.value === 3 || draft.family.value === 6 || draft.strict_mode.value;
  if (isNeeded) completion.refuse(found);
}

export const OWNER = 255;
const DEFAULT_PRIORITY = 100;
