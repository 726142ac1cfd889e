/** The services that one virtual_server is: its address or mark, or each member of its group. */
import type { EffectiveVirtualServer } from "../../config/effective/virtual-server.ts";
import type { AddressRange, GroupMember } from "../../config/entries/group-member.ts";
import type { IpBytes } from "../../core/addr.ts";
import { UsageError } from "../../core/errors.ts";
import type { IpvsProtocol, ServiceId } from "../../core/netlink/ipvs-service.ts";

type Served = Pick<EffectiveVirtualServer, "name" | "service" | "members" | "family" | "protocol">;

/** In their order; none for a mark of 0. @throws UsageError where a range is too long */
export function serviceIdsOf({ name, service, members, family, protocol }: Served): ServiceId[] {
  const asMember = (): readonly GroupMember[] => {
    if (service.by === "group") return members.map(({ value }) => value);
    if (service.by === "fwmark") return [{ ...service, family: null }];
    const { ip, port } = service;
    return [{ by: "address", range: { first: ip, last: ip }, port }];
  };
  const ids: ServiceId[] = [];
  for (const member of asMember()) {
    if (member.by === "fwmark") {
      const own = member.family ?? family.value ?? 4;
      if (member.mark !== 0) ids.push({ by: "fwmark", mark: member.mark, family: own });
      continue;
    }
    const kind = (protocol.value ?? "UDP").toLowerCase() as IpvsProtocol;
    for (const ip of addressesIn(member.range)) {
      if (ids.length === MOST_SERVICES) throw tooMany(name);
      ids.push({ by: "address", protocol: kind, ip, port: member.port ?? 0 });
    }
  }
  return ids;
}

function* addressesIn({ first, last }: AddressRange): Generator<IpBytes> {
  const end = last.join();
  for (let ip = first; ; ip = following(ip)) {
    yield ip;
    if (ip.join() === end) return;
  }
}

function following(ip: IpBytes): IpBytes {
  const next = Uint8Array.from(ip);
  for (let index = next.length - 1; index >= 0; index--) {
    const byte = (next[index] ?? 0) + 1;
    next[index] = byte & 0xff;
    if (byte <= 0xff) break;
  }
  return next;
}

const tooMany = (name: string): UsageError =>
  new UsageError(
    `virtual_server ${name} is more than ${MOST_SERVICES} services: take a firewall mark for so many addresses`,
  );

const MOST_SERVICES = 65_536;
