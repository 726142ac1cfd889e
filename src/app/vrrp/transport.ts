/**
 * The sockets of one virtual router on its interface as it is now: adverts out and in. It is opened
 * anew when the interface or the source address has changed.
 */
import type { IpBytes } from "../../core/addr.ts";
import type { Link } from "../../core/netlink/rtnl-link.ts";
import { IP_PROTOCOL } from "../../core/wire/carrier.ts";
import {
  encodeVrrp,
  type VrrpAdvert,
  type VrrpAuth,
  type VrrpChecksum,
} from "../../core/wire/vrrp.ts";
import type { Closable, IpSocket, Ports, ReceivedDatagram } from "../../io/ports.ts";
import type { HmacSigner } from "../../proto/vrrp/hmac.ts";
import { destinationsOf } from "../../proto/vrrp/reach.ts";
import { bytesOf, longestAdvertBytes, type VrrpInstance } from "./instance.ts";

export interface VrrpTransport extends Closable {
  /** @throws SystemError */
  sendAdvert(priority: number, checksum: VrrpChecksum): void;
  /** Adverts say what this instance says from now on: another password, another priority. */
  renew(instance: VrrpInstance): void;
}

/** The VMAC on the interface, which is up at times. */
export interface VmacStand {
  readonly link: LinkName | undefined;
  readonly isUp: boolean;
}

type LinkName = Pick<Link, "name" | "ifIndex">;
type Base = LinkName & Pick<Link, "mtuBytes">;

/**
 * @param signer outlives the sockets: the sequence of our adverts must not begin anew with them
 * @throws SystemError
 */
export function openVrrpTransport(
  ports: Pick<Ports, "clock" | "openIpSocket">,
  instance: VrrpInstance,
  link: Base,
  source: IpBytes,
  onDatagram: (datagram: ReceivedDatagram) => void,
  signer?: HmacSigner,
  vmac?: VmacStand,
): VrrpTransport {
  const { reach } = instance;
  const destinations = destinationsOf(reach);
  const adverts = new Map<string, readonly Letter[]>();
  let current = instance;
  const encoded = (priority: number, checksum: VrrpChecksum): readonly Letter[] => {
    const key = `${priority} ${checksum}`;
    const known = adverts.get(key);
    if (known !== undefined) return known;
    const advert = advertOf(current, priority, checksum);
    const made = destinations.map((destination) => ({
      destination,
      payload: encodeVrrp(advert, { source, destination }),
    }));
    adverts.set(key, made);
    return made;
  };
  const signed = (pdu: Uint8Array): Uint8Array =>
    signer === undefined ? pdu : signer.sign(pdu, source, ports.clock.wallMs());
  /** Made now: a takeover is not to wait for it. */
  const prepare = (): void => {
    adverts.clear();
    const { priority, checksum } = current.config;
    for (const { payload } of encoded(priority, checksum)) signed(payload);
  };
  prepare();
  const sockets = openSockets(ports, instance, link, source, onDatagram, vmac);
  const sender = sockets.at(instance.vmac?.sendsAdverts ? -1 : 0) as IpSocket;
  return {
    sendAdvert: (priority, checksum) => sendAll(sender, encoded(priority, checksum), signed),
    renew: (other) => {
      current = other;
      prepare();
    },
    close: () => {
      for (const socket of sockets) socket.close();
    },
  };
}

/**
 * On the interface, and on the VMAC too where there is a group. While the VMAC is up, what has its MAC
 * address comes to it alone and all else to both; while it is down, all comes to the interface.
 * @returns that of the interface first. @throws SystemError, with none open
 */
function openSockets(
  ports: Pick<Ports, "openIpSocket">,
  instance: VrrpInstance,
  link: Base,
  source: IpBytes,
  onDatagram: (datagram: ReceivedDatagram) => void,
  vmac: VmacStand | undefined,
): IpSocket[] {
  const { family, reach } = instance;
  const { room, unicastTtl } = instance.sockets;
  const group = reach.kind === "group" ? reach.group : null;
  const common = {
    family,
    protocol: IP_PROTOCOL.vrrp,
    source,
    group,
    unicastTtl,
    ...(room && { receiveBytes: bytesOf(room, longestAdvertBytes(instance), link.mtuBytes) }),
  };
  const open = ({ name: ifName, ifIndex }: LinkName, hears: () => boolean): IpSocket =>
    ports.openIpSocket({
      ...common,
      ifName,
      ifIndex,
      onDatagram: (datagram) => {
        if (hears()) onDatagram(datagram);
      },
    });
  if (group === null || vmac?.link === undefined) return [open(link, () => true)];
  const base = open(link, () => !vmac.isUp);
  try {
    return [base, open(vmac.link, () => vmac.isUp)];
  } catch (error) {
    base.close();
    throw error;
  }
}

/** An advert for one destination: the checksum covers the address. */
interface Letter {
  readonly destination: IpBytes;
  readonly payload: Uint8Array;
}

/** A peer that cannot be reached is no reason to leave the others without an advert. */
function sendAll(
  socket: IpSocket,
  letters: readonly Letter[],
  signed: (pdu: Uint8Array) => Uint8Array,
): void {
  let failure: unknown;
  for (const { destination, payload } of letters) {
    try {
      socket.send(signed(payload), destination);
    } catch (error) {
      failure ??= error;
    }
  }
  if (failure !== undefined) throw failure;
}

/** What we say to our peers. */
export function advertOf(
  { config, vips, authPass }: VrrpInstance,
  priority: number,
  checksum: VrrpChecksum,
): VrrpAdvert {
  const { version, vrid, adverIntervalMs } = config;
  const adverIntervalCs = adverIntervalMs / 10;
  const addresses = vips.map((vip) => vip.ip);
  if (version === 3) return { version, vrid, priority, adverIntervalCs, addresses, checksum };
  const auth: VrrpAuth =
    authPass === null
      ? { type: "none" }
      : { type: "pass", password: new TextEncoder().encode(authPass) };
  return { version, vrid, priority, adverIntervalCs, addresses, auth };
}
