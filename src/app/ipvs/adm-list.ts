/** What command lines of ipvsadm(8) show, read from the kernel. */
import { decodeInfo, getInfo } from "../../core/netlink/ipvs-info.ts";
import type { ServiceId } from "../../core/netlink/ipvs-service.ts";
import type { Limit, Ports } from "../../io/ports.ts";
import type { Listing } from "../../proto/ipvs/ipvsadm-command.ts";
import {
  formatIpvsadmConnection,
  ipvsadmConnectionsTitle,
} from "../../proto/ipvs/ipvsadm-facts.ts";
import { formatIpvsadmList, type Listed } from "../../proto/ipvs/ipvsadm-list.ts";
import { sortedDestinations, sortedServices } from "../../proto/ipvs/ipvsadm-order.ts";
import { type IpvsTable, serviceKey, tableOf } from "../../proto/ipvs/table.ts";
import type { IpvsKernel } from "./kernel.ts";

/** @returns undefined where there is no such service. @throws SystemError */
export function listServices(kernel: IpvsKernel, listing: Listing): string[] | undefined {
  const { id } = listing;
  if (id !== null) {
    const one = serviceOf(kernel, id);
    return one && formatIpvsadmList(arranged([one], listing.sorted), listing);
  }
  const named = { op: "ipvs list", subject: "kernel", request: getInfo() };
  const [info] = kernel.ask(named, decodeInfo);
  const { version = "", connectionTableSize = 0 } = info ?? {};
  return [
    `IP Virtual Server version ${version} (size=${connectionTableSize})`,
    ...formatIpvsadmList(arranged(kernel.read(), listing.sorted), listing),
  ];
}

/** In the order of ipvsadm. @throws SystemError */
export const sortedTable = (kernel: IpvsKernel): IpvsTable =>
  tableOf(
    arranged(kernel.read(), true).map(({ service, destinations }) => ({
      service,
      destinations: destinations.map(({ destination }) => destination),
    })),
  );

/** However many there are. @param tell told some lines, before more are read. @throws SystemError */
export async function listConnections(
  withEngines: boolean,
  { files }: Pick<Ports, "files">,
  tell: (lines: string) => Promise<void>,
  signal: Limit,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  await tell(`IPVS connection entries\n${ipvsadmConnectionsTitle(withEngines)}`);
  const onChunk = async (bytes: Uint8Array): Promise<void> => {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop() as string;
    const told = lines.flatMap((line) => formatIpvsadmConnection(line, withEngines) ?? []);
    if (told.length > 0) await tell(told.join("\n"));
  };
  await files.read(CONNECTIONS, onChunk, signal);
  signal.throwIfAborted();
}

function serviceOf(kernel: IpvsKernel, id: ServiceId): Listed | undefined {
  const key = serviceKey(id);
  const found = kernel.services().find(({ service }) => serviceKey(service.id) === key);
  const destinations = kernel.destinations(id);
  return found && destinations && { ...found, destinations };
}

function arranged(services: readonly Listed[], isSorted: boolean): readonly Listed[] {
  if (!isSorted) return services;
  return sortedServices(services, ({ service }) => service.id).map((one) => ({
    ...one,
    destinations: sortedDestinations(one.destinations, ({ destination }) => destination),
  }));
}

/** Of the network namespace of this thread. */
const CONNECTIONS = "/proc/thread-self/net/ip_vs_conn";
