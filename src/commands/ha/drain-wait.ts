/** Waits until the real servers that `ha drain` drains have no connections left, and shows how many they have. */

import { sleep } from "../../app/check/sleep.ts";
import { askHaStatus, type WeighedServer } from "../../app/ha/ask.ts";
import type { Connections } from "../../app/ha/up/servers/ipvs-port.ts";
import { SystemError } from "../../core/errors.ts";
import { formatJson } from "../../core/json.ts";
import type { Context } from "../define.ts";
import { connectionsText } from "../ipvs/connections-text.ts";
import { RedrawnLine } from "../redrawn-line.ts";

/** @returns whether none is left in time. @throws SystemError `no-ipvs` where nobody knows; the reason of the signal */
export async function awaitDrained(
  socket: string,
  servers: readonly WeighedServer[],
  timeoutMs: number,
  json: boolean,
  { ports, stdout, signal, columns }: Pick<Context, "ports" | "stdout" | "signal" | "columns">,
): Promise<boolean> {
  const { clock } = ports;
  const overMs = clock.nowMs() + timeoutMs;
  const line = columns === undefined || json ? undefined : new RedrawnLine(stdout, columns);
  for (let last = ""; ; ) {
    const all = await connectionsOf(socket, servers, ports);
    const text = json ? formatJson(sumOf(all)) : connectionsText(all);
    if (line !== undefined) line.show(text);
    else if (text !== last) stdout(text);
    last = text;
    const { active, inactive, persistent } = sumOf(all);
    if (active + inactive + persistent === 0) return true;
    if (clock.nowMs() >= overMs) return false;
    await sleep(Math.min(clock.nowMs() + LOOK_MS, overMs), clock, signal);
  }
}

async function connectionsOf(
  socket: string,
  servers: readonly WeighedServer[],
  ports: Context["ports"],
): Promise<readonly Connections[]> {
  const { services } = await askHaStatus(socket, ports);
  return servers.flatMap(({ server, service }) => {
    const own = services?.find((one) => one.service === service)?.servers ?? [];
    const found = own.filter((one) => one.file_server === server); // by a name it may be several
    const all = found.flatMap(({ connections }) => connections ?? []);
    if (found.length > 0 && all.length === found.length) return all;
    throw new SystemError(
      "count connections",
      server,
      "no-ipvs",
      "ha up does not tell: see ha status",
    );
  });
}

const sumOf = (all: readonly Connections[]): Connections => ({
  active: all.reduce((sum, one) => sum + one.active, 0),
  inactive: all.reduce((sum, one) => sum + one.inactive, 0),
  persistent: all.reduce((sum, one) => sum + one.persistent, 0),
});

const LOOK_MS = 500;
