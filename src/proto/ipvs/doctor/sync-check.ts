/** The sync daemons, by which another balancer knows of the connections when it takes over. */
import { shellWord } from "../../../core/shell-word.ts";
import { doubtful, type Finding, failed, well } from "../../doctor/finding.ts";
import type { IpvsFacts } from "./facts.ts";

/** Nothing where none runs. */
export function syncFindings(facts: IpvsFacts): Finding[] {
  const { daemons, setting } = facts;
  if (daemons.length === 0) return [];
  const harms = daemons.flatMap(({ role, ifName }) => {
    const link = facts.links.find(({ name }) => name === ifName);
    if (link?.running === true) return [];
    const why = link === undefined ? "is not there" : "is down or has no carrier";
    const fix = link === undefined ? [] : [`ip link set dev ${shellWord(ifName)} up`];
    return [failed("sync", `the ${role} uses ${ifName}, which ${why}`, ...fix)];
  });
  if (setting("net/ipv4/vs/sync_version") === "0") {
    const seen =
      "sync_version is 0: the old messages have no IPv6, no marks and no engines of persistence, and all balancers need the same";
    harms.push(doubtful("sync", seen, "sysctl -w net/ipv4/vs/sync_version=1"));
  }
  if (harms.length > 0) return harms;
  const running = daemons.map(({ role, ifName, syncId }) => `${role} on ${ifName} (id ${syncId})`);
  const [first] = setting("net/ipv4/vs/sync_threshold")?.split(/\s+/) ?? [];
  const when = first === undefined ? "" : `; a connection is told after ${first} packets`;
  return [well("sync", `${running.join(", ")}${when}`)];
}
