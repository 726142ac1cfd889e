/**
 * The sockets of one virtual router on its interface as it is now: adverts out and in, announcements
 * out. It is opened anew when the interface or the source address has changed.
 */
import type { IpBytes } from "../core/addr.ts";
import { IP_PROTOCOL } from "../core/wire/carrier.ts";
import {
  encodeVrrp,
  type VrrpAdvert,
  type VrrpAuth,
  type VrrpChecksum,
} from "../core/wire/vrrp.ts";
import type { Closable, Ports, ReceivedDatagram } from "../io/ports.ts";
import type { HmacSigner } from "../proto/vrrp-hmac.ts";
import { type AnnouncingLink, openAnnouncer } from "./announcements.ts";
import type { VrrpInstance } from "./vrrp-instance.ts";

export interface VrrpTransport extends Closable {
  /** @throws SystemError */
  sendAdvert(priority: number, checksum: VrrpChecksum): void;
  /** Every virtual address `times` over. @throws SystemError */
  announce(times: number): void;
}

type Outside = Pick<Ports, "clock" | "openIpSocket" | "openPacketSocket" | "readSysctl">;

/**
 * Nothing stays open when a part of it cannot be opened.
 * @param signer outlives the sockets: the sequence of our adverts must not begin anew with them
 * @throws SystemError
 */
export function openVrrpTransport(
  ports: Outside,
  instance: VrrpInstance,
  link: AnnouncingLink,
  source: IpBytes,
  onDatagram: (datagram: ReceivedDatagram) => void,
  signer?: HmacSigner,
): VrrpTransport {
  const group = VRRP_GROUP[instance.family];
  const ips = instance.vips.map((vip) => vip.ip);
  const announcer = openAnnouncer(ports, link, ips);
  const adverts = new Map<string, Uint8Array>();
  const encoded = (priority: number, checksum: VrrpChecksum): Uint8Array => {
    const key = `${priority} ${checksum}`;
    const known = adverts.get(key);
    if (known !== undefined) return known;
    const carrier = { source, destination: group };
    const made = encodeVrrp(advertOf(instance, priority, checksum), carrier);
    adverts.set(key, made);
    return made;
  };
  const signed = (pdu: Uint8Array): Uint8Array =>
    signer === undefined ? pdu : signer.sign(pdu, source, ports.clock.wallMs());
  signed(encoded(instance.config.priority, "pseudo-header")); // made now: a takeover is not to wait for it
  try {
    const socket = ports.openIpSocket({
      family: instance.family,
      protocol: IP_PROTOCOL.vrrp,
      ifName: link.name,
      ifIndex: link.ifIndex,
      source,
      group,
      onDatagram,
    });
    return {
      sendAdvert: (priority, checksum) => socket.send(signed(encoded(priority, checksum)), group),
      announce: (times) => {
        announcer.announce(times);
      },
      close: () => {
        socket.close();
        announcer.close();
      },
    };
  } catch (error) {
    announcer.close();
    throw error;
  }
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

/** RFC 9568 sections 5.1.1.2 and 5.1.2.2: 224.0.0.18 and ff02::12. */
export const VRRP_GROUP = {
  4: Uint8Array.of(224, 0, 0, 18),
  6: Uint8Array.of(0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x12),
} as const;
