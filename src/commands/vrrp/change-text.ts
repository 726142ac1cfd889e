/** A change that `vrrp sniff --follow` tells of, as a line for people. */
import type { Change } from "../../app/sniff/sniff.ts";
import { routerName } from "../../app/sniff/sniff.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { printable } from "../../core/printable.ts";
import { formatTimeOfDayMs } from "../../core/timestamp.ts";
import type { Paint } from "../define.ts";

/** `12:00:01.000123Z  eth0 vrid 51 IPv4  10.0.0.3 is master  priority=100 cause=silence ...`. */
export function changeLine(change: Change, paint: Paint): string {
  const { text, mood } = words(change);
  const painted = mood === undefined ? printable(text) : paint[mood](printable(text));
  return `${formatTimeOfDayMs(change.atMs)}  ${printable(routerName(change))}  ${painted}`;
}

interface Words {
  readonly text: string;
  readonly mood?: keyof Paint;
}

function words(change: Change): Words {
  switch (change.kind) {
    case "new-master": {
      const { source, priority, cause, former, silentMs, addresses } = change;
      const after = former === null ? "" : ` former=${former}`;
      const silent = silentMs === null ? "" : ` silent=${formatDurationMs(silentMs)}`;
      const list = addresses.slice(0, MOST_NAMED).join(",");
      const text = `${source} is master  priority=${priority} cause=${cause}${after}${silent} addresses=${list}`;
      return { text, mood: "green" };
    }
    case "second-master": {
      const { source, priority, beside } = change;
      return { text: `SECOND MASTER ${source} priority=${priority} beside ${beside}`, mood: "red" };
    }
    case "single-master": {
      const { source, former, lastedMs } = change;
      const text = `${source} is the only master again  former=${former} lasted=${formatDurationMs(lastedMs)}`;
      return { text, mood: "green" };
    }
    case "two-groups":
      return {
        text: `VRID used by two groups: ${change.source} and ${change.beside} have no address in common`,
        mood: "red",
      };
    case "resigned":
      return { text: `${change.source} resigned`, mood: "yellow" };
    case "lost": {
      const silent = formatDurationMs(change.silentMs);
      return {
        text: `LOST: nobody is master  last=${change.source} silent=${silent}`,
        mood: "red",
      };
    }
    case "recovered": {
      const silent = formatDurationMs(change.silentMs);
      return {
        text: `recovered: ${change.source} is heard again  silent=${silent}`,
        mood: "green",
      };
    }
    case "mac":
      return { text: `spoofed? ${change.source} MAC ${change.from} -> ${change.to}`, mood: "red" };
    case "addresses":
      return { text: `${change.source} addresses ${change.from} -> ${change.to}`, mood: "yellow" };
    case "priority":
    case "interval":
    case "version":
    case "auth":
      return {
        text: `${change.source} ${change.kind} ${change.from} -> ${change.to}`,
        mood: "yellow",
      };
    case "verdict": {
      if (change.reasons.length === 0) return { text: `${change.source} adverts are right again` };
      const reasons = change.reasons.map((reason) => reason.text).join("; ");
      return { text: `${change.source} ${reasons}`, mood: "red" };
    }
    case "claimed":
      return { text: `${change.address} claimed by ${change.mac}, not the master`, mood: "red" };
  }
}

const MOST_NAMED = 8;
