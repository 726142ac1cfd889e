/** A plan whose real servers are where their names have them now, and not at the addresses of the file. */
import { familyOf, formatIp, type IpBytes, sameIp } from "../../../../core/addr.ts";
import type { LvsPlan, PlannedCheck, PlannedProbe, PlannedServer } from "./lvs-plan.ts";

/** A real server that is asked for by name: `--server-name 10.0.0.5=web1.example.com`. */
export interface ServerName {
  readonly ip: IpBytes; // of the file
  readonly name: string;
}

/** Where a name is now: at one address or several, at least at one. */
export interface ServerPlace extends ServerName {
  readonly ips: readonly IpBytes[];
}

/** A name with several addresses is as many real servers, each as the file has the one. */
export const relocated = (plan: LvsPlan, places: readonly ServerPlace[]): LvsPlan => ({
  ...plan,
  services: plan.services.map((service) => ({
    ...service,
    servers: service.servers.flatMap((server) => {
      const place = places.find(({ ip }) => isAt(ip, server));
      return place === undefined ? [server] : place.ips.map((ip) => moved(server, place, ip));
    }),
  })),
});

export const isAt = (ip: IpBytes, { label }: Pick<PlannedServer, "label">): boolean =>
  label.startsWith(`[${formatIp(ip)}]:`);

function moved(server: PlannedServer, from: ServerName, ip: IpBytes): PlannedServer {
  const port = server.label.slice(formatIp(from.ip).length + "[]".length);
  const checks = server.checks.map((check) => movedCheck(check, from, ip));
  const placeless: Placeless = server;
  return { ...placeless, label: `[${formatIp(ip)}]${port}`, checks, ipvs: { ...server.ipvs, ip } };
}

/** What is the same wherever it is. By their names, so that nothing new goes with it unseen. */
type Placeless = Pick<PlannedServer, "fileLabel" | "weight" | "isInhibited" | "isMailed" | "hooks">;

/** One that goes to another address than that of the server goes on to. */
function movedCheck(check: PlannedCheck, from: ServerName, ip: IpBytes): PlannedCheck {
  const { probe } = check;
  if (!("ip" in probe) || !sameIp(probe.ip, from.ip)) return check;
  return { ...check, probe: movedProbe({ ...probe, ip }, from, ip) };
}

/** Its pages are asked for at the new address, and a certificate may be for the name. */
function movedProbe(
  probe: PlannedProbe,
  { ip: former, name }: ServerName,
  ip: IpBytes,
): PlannedProbe {
  if (probe.by !== "http") return probe;
  const [own, next] = [hostOf(former), hostOf(ip)];
  const pages = probe.pages.map((page) => {
    const isOwn = page.host === own || page.host.startsWith(`${own}:`);
    const host = isOwn ? `${next}${page.host.slice(own.length)}` : page.host;
    return { ...page, host, certificateName: page.certificateName ?? name };
  });
  return { ...probe, pages };
}

const hostOf = (ip: IpBytes): string => (familyOf(ip) === 4 ? formatIp(ip) : `[${formatIp(ip)}]`);
