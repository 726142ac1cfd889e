/**
 * Accept_Mode False (RFC 9568 section 6.1): what is for a virtual address and would end on this host
 * is dropped, what is forwarded is not, and neighbours are answered. The filter is there as long as the
 * router runs, also as BACKUP, so that a takeover finds it in place.
 *
 * It is asked for by netlink and not by the nft program, since a table that belongs to its socket goes
 * with the process however that ends, and nobody flushes it with the rules of a firewall.
 */
import { familyOf, isLinkLocalIp6 } from "../../core/addr.ts";
import { SystemError } from "../../core/errors.ts";
import type { NetlinkRequest } from "../../core/netlink/message.ts";
import {
  addInputChain,
  addRule,
  addTable,
  deleteTable,
  type Expression,
  fromInterface,
  icmp6OfType,
  toAddress,
  verdict,
} from "../../core/netlink/nftables.ts";
import type { Closable, NftablesSocket, Ports } from "../../io/ports.ts";
import { heldVips, isOwner, type VrrpInstance } from "./instance.ts";

/** Whether packets for its addresses are let in; those for an owner always are. */
export const acceptsPackets = (instance: VrrpInstance): boolean =>
  instance.accept || isOwner(instance);

/** In place until it is closed; nothing where packets are accepted. @throws SystemError */
export function guardAddresses(instance: VrrpInstance, ports: FilterPorts): Closable {
  if (acceptsPackets(instance)) return { close: () => {} };
  const table = guardTable(instance);
  const socket = ports.openNftables();
  try {
    requireDone(instance, commitGuard(socket, instance, []));
  } catch (error) {
    socket.close();
    throw error;
  }
  return {
    close: () => {
      try {
        socket.commit([deleteTable(table)]);
      } catch (error) {
        if (!(error instanceof SystemError)) throw error; // gone already, by an earlier close
      }
      socket.close();
    },
  };
}

/** Throws what `guardAddresses` would, and changes nothing: the last change cannot be made. */
export function rehearseGuard(instance: VrrpInstance, ports: FilterPorts): void {
  if (acceptsPackets(instance)) return;
  const socket = ports.openNftables();
  try {
    const noTable = deleteTable(`${guardTable(instance)}-rehearsal`);
    const refusal = commitGuard(socket, instance, [noTable]);
    if (refusal?.code !== "ENOENT") requireDone(instance, refusal);
  } finally {
    socket.close();
  }
}

type FilterPorts = Pick<Ports, "openNftables">;
type FilterRefusal = ReturnType<NftablesSocket["commit"]>;

function commitGuard(
  socket: NftablesSocket,
  instance: VrrpInstance,
  more: readonly NetlinkRequest[],
): FilterRefusal {
  const refusal = socket.commit([...guardOf(instance, true), ...more]);
  if (refusal === undefined || !KNOWS_NO_OWNER.includes(refusal.code)) return refusal;
  return socket.commit([...guardOf(instance, false), ...more]);
}

function requireDone(instance: VrrpInstance, refusal: FilterRefusal): void {
  if (refusal === undefined) return;
  const { code, detail } = refusal;
  const help = code === "EOPNOTSUPP" ? "; modprobe nf_tables, or run with --accept" : "";
  throw new SystemError("nftables rule add", guardTable(instance), code, `${detail}${help}`);
}

/** `vipkit-eth0-51-ipv4`: nobody else has a table of this name, as nobody else runs this router. */
export const guardTable = ({ ifName, family, config }: VrrpInstance): string =>
  `vipkit-${ifName}-${config.vrid}-ipv${family}`;

/** Made anew, should one be there that a run on a kernel without owners has left when it died. */
function guardOf(instance: VrrpInstance, owned: boolean): NetlinkRequest[] {
  const table = guardTable(instance);
  const rule = (...steps: Expression[]): NetlinkRequest => addRule(table, CHAIN, steps);
  const vips = heldVips(instance);
  const neighbours = vips.some(({ ip }) => familyOf(ip) === 6) ? NEIGHBOUR_TYPES : [];
  return [
    addTable(table, { owned: false }),
    deleteTable(table),
    addTable(table, { owned }),
    addInputChain(table, CHAIN, BEHIND_IPVS),
    ...neighbours.map((type) => rule(...icmp6OfType(type), verdict("accept"))),
    ...vips.map(({ ip, ifName }) =>
      // Another interface may have the same link-local address for its own.
      rule(...(isLinkLocalIp6(ip) ? fromInterface(ifName) : []), ...toAddress(ip), verdict("drop")),
    ),
  ];
}

const CHAIN = "input";
/** IPVS (99) forwards what is for a virtual service: to forward is not to accept. */
const BEHIND_IPVS = 200;
/** Neighbour solicitation and advertisement (RFC 4861 sections 4.3 and 4.4). */
const NEIGHBOUR_TYPES = [135, 136];
/** A kernel before 5.12 refuses a table with an owner. */
const KNOWS_NO_OWNER = ["EINVAL", "EOPNOTSUPP"];
