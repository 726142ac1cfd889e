/** The sync daemons in the words of ipvsadm(8). */

import { parseIp } from "../../core/addr.ts";
import type { DaemonRole, IpvsDaemon } from "../../core/netlink/ipvs-daemon.ts";
import { quoted } from "../../core/printable.ts";
import { numberOf } from "./ipvsadm-values.ts";
import { type IpvsadmLine, type Word, WordFault } from "./ipvsadm-words.ts";

/** @throws WordFault */
export function daemonOf({ command, given }: IpvsadmLine): IpvsDaemon {
  const { text, at } = given.get(command) as Word;
  const role = ROLES.find((one) => one === text);
  if (role === undefined) throw new WordFault(at, `${quoted(text)} is neither master nor backup`);
  const number = (name: string, min: number, max: number): number => {
    const word = given.get(name);
    return word === undefined ? 0 : numberOf(word, name, min, max);
  };
  const group = given.get("mcast-group");
  const ip = group === undefined ? null : parseIp(group.text);
  if (group !== undefined && !ip)
    throw new WordFault(group.at, `--mcast-group ${quoted(group.text)} is no address`);
  return {
    role,
    ifName: given.get("mcast-interface")?.text ?? "eth0",
    syncId: number("syncid", 0, 255),
    maxBytes: number("sync-maxlen", 1, 65_535 - 20 - 8),
    group: ip ?? null,
    port: number("mcast-port", 1, 65_535),
    ttl: number("mcast-ttl", 1, 255),
  };
}

const ROLES: readonly DaemonRole[] = ["master", "backup"];
