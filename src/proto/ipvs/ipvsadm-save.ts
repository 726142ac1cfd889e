/** The table as `ipvsadm -S -n` writes it and `ipvsadm -R` reads it: a line for each service and each destination. */
import type { IpvsDestination, TunnelChecksum } from "../../core/netlink/ipvs-destination.ts";
import {
  hostNetmask,
  type IpvsService,
  type ServiceId,
  serviceFamily,
} from "../../core/netlink/ipvs-service.ts";
import { maskText } from "./fields.ts";
import { schedulerFlagNames } from "./scheduler-flags.ts";
import { destinationKey, type IpvsTable } from "./table.ts";

/** @param withThresholds which ipvsadm reads and does not write */
export function formatIpvsadmSave(table: IpvsTable, withThresholds: boolean): string[] {
  return [...table.values()].flatMap(({ service, destinations }) => {
    const words = serviceWords(service.id);
    return [
      `-A ${words} ${schedulingWords(service)}`,
      ...destinations.map((one) => {
        const thresholds = withThresholds ? thresholdWords(one) : "";
        const tunnel = tunnelWords(one);
        const forwarding = `${FORWARDINGS[one.forwarding.by]} -w ${one.weight}`;
        return `-a ${words} -r ${destinationKey(one)} ${forwarding}${thresholds}${tunnel}`;
      }),
    ];
  });
}

/** `-t 10.0.0.1:80`, `-f 5 -6`. */
export function serviceWords(id: ServiceId): string {
  if (id.by === "fwmark") return `-f ${id.mark}${id.family === 6 ? " -6" : ""}`;
  return `${PROTOCOLS[id.protocol]} ${destinationKey(id)}`;
}

function schedulingWords(service: IpvsService): string {
  const { id, scheduler, schedulerFlags, onePacket, persistence } = service;
  const words = ["-s", scheduler];
  if (persistence !== null) {
    const { timeoutS, netmask, engine } = persistence;
    words.push("-p", `${timeoutS}`);
    if (netmask !== hostNetmask(serviceFamily(id))) words.push("-M", netmaskText(id, netmask));
    if (engine !== null) words.push("--pe", engine);
  }
  if (onePacket) words.push("-o");
  if (schedulerFlags !== 0)
    words.push("-b", schedulerFlagNames(scheduler, schedulerFlags).join(","));
  return words.join(" ");
}

/** `255.255.255.0`, or a length. */
export const netmaskText = (id: ServiceId, netmask: number): string =>
  serviceFamily(id) === 6 ? `${netmask}` : maskText(netmask);

const thresholdWords = ({ upperThreshold, lowerThreshold }: IpvsDestination): string =>
  `${upperThreshold === 0 ? "" : ` -x ${upperThreshold}`}${lowerThreshold === 0 ? "" : ` -y ${lowerThreshold}`}`;

function tunnelWords({ forwarding }: IpvsDestination): string {
  if (forwarding.by !== "tunnel") return "";
  const { type, port, checksum } = forwarding;
  const [ofGue, ofBoth] = [` --tun-port ${port}`, ` ${CHECKSUMS[checksum]}`];
  return ` --tun-type ${type}${type === "gue" ? ofGue : ""}${type === "ipip" ? "" : ofBoth}`;
}

const PROTOCOLS = { tcp: "-t", udp: "-u", sctp: "--sctp-service" } as const;
const FORWARDINGS = { masq: "-m", tunnel: "-i", direct: "-g", local: "-g", bypass: "-g" } as const;
const CHECKSUMS: Readonly<Record<TunnelChecksum, string>> = {
  none: "--tun-nocsum",
  sum: "--tun-csum",
  remote: "--tun-remcsum",
};
