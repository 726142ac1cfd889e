/**
 * Ties one virtual router to its interface as it is now: its sockets are opened anew whenever the
 * interface, its MAC, its VMAC or our source address is another one.
 */
import { formatIp, formatMac, type IpBytes } from "../../core/addr.ts";
import { SystemError } from "../../core/errors.ts";
import type { Link } from "../../core/netlink/rtnl-link.ts";
import type { Closable, Ports } from "../../io/ports.ts";
import { HmacSigner, HmacVerifier } from "../../proto/vrrp/hmac.ts";
import type { AdvertStandard } from "../../proto/vrrp/receive.ts";
import { isEthernet } from "../announcements.ts";
import type { VrrpInstance } from "./instance.ts";
import type { AdvertListener } from "./listener.ts";
import type { Place } from "./place.ts";
import { openVrrpTransport, type VrrpTransport } from "./transport.ts";
import type { VmacLink } from "./vmac.ts";

export class Attachment implements Closable {
  readonly #ports: Ports;
  #instance: VrrpInstance;
  readonly #vmac: VmacLink | undefined;
  readonly #listener: AdvertListener;
  readonly #verifier: HmacVerifier | null;
  readonly #signer: HmacSigner | undefined;
  #key = ""; // changes with whatever the sockets depend on
  #place: Place | undefined;
  // Made once: an object spread anew for every advert costs V8 memory that it is slow to give back.
  #standard: AdvertStandard | undefined;
  #transport: VrrpTransport | undefined;

  constructor(
    ports: Ports,
    instance: VrrpInstance,
    vmac: VmacLink | undefined,
    listener: AdvertListener,
  ) {
    this.#vmac = vmac;
    this.#ports = ports;
    this.#instance = instance;
    this.#listener = listener;
    const { hmac } = instance;
    this.#verifier = hmac && new HmacVerifier(hmac);
    this.#signer = hmac === null || hmac.mode === "receive-only" ? undefined : new HmacSigner(hmac);
  }

  /** Undefined while there are no sockets; another object whenever they are others. */
  get place(): Place | undefined {
    return this.#place;
  }

  /** Undefined while there are no sockets. */
  get transport(): VrrpTransport | undefined {
    return this.#transport;
  }

  /** @returns whether the sockets are other ones now. @throws SystemError, with no sockets then */
  moveTo(link: Link | undefined, source: IpBytes | null): boolean {
    const vmac = this.#vmac;
    vmac?.moveTo(link);
    const key =
      link && source
        ? `${link.ifIndex} ${formatMac(link.mac)} ${formatIp(source)} ${vmac?.link?.ifIndex}`
        : "";
    if (key === this.#key) return false;
    this.close();
    if (link === undefined || source === null) return false;
    if (!isEthernet(link)) {
      throw new SystemError(
        "take part on",
        link.name,
        "not-ethernet",
        "is no Ethernet interface now",
      );
    }
    this.#standard = this.#standardFor(source);
    this.#transport = openVrrpTransport(
      this.#ports,
      this.#instance,
      link,
      source,
      (datagram) => {
        if (this.#standard !== undefined) this.#listener.hear(datagram, this.#standard);
      },
      this.#signer,
      vmac,
    );
    this.#place = { link, source, mac: this.#instance.vmac?.mac ?? link.mac };
    this.#key = key;
    return true;
  }

  /** Goes by other keys, another password or priority from now on, with the sockets that it has. */
  renew(instance: VrrpInstance): void {
    this.#instance = instance;
    if (instance.hmac !== null) {
      this.#verifier?.renew(instance.hmac);
      this.#signer?.renew(instance.hmac);
    }
    if (this.#place !== undefined) this.#standard = this.#standardFor(this.#place.source);
    this.#transport?.renew(instance);
  }

  close(): void {
    this.#transport?.close();
    this.#transport = undefined;
    this.#place = undefined;
    this.#key = "";
  }

  /** Takes away what it made to stand on, when nothing is held there any more. @throws SystemError */
  dismantle(): void {
    this.#vmac?.close();
  }

  #standardFor(source: IpBytes): AdvertStandard {
    const { config, vips, authPass, reach } = this.#instance;
    const addresses = vips.map((vip) => vip.ip);
    return { ...config, source, addresses, authPass, reach, hmac: this.#verifier };
  }
}
