/** What `ha drain` and `ha weight` have in common: a weight is set by hand in a running `ha up`. */
import { askWeight, type WeighedServer } from "../../app/ha/ask.ts";
import { formatJson } from "../../core/json.ts";
import { printable } from "../../core/printable.ts";
import type { Context } from "../define.ts";
import { text } from "../option.ts";
import { handWeightText } from "./server-text.ts";

export const realServerPositional = {
  server: text({
    value: "SERVER",
    required: true,
    describe: "Real server: ADDR:PORT, ADDR for all its ports, or as ha status names it",
  }),
};

export const HAND_WEIGHT_EXIT = {
  0: "It is so, in each virtual server that has this real server.",
  1: "No virtual server has it.",
  2: "Cannot tell: no ha up runs here, or it does not answer.",
} as const;

export const HAND_WEIGHT_RECORD =
  "-j prints one object: weight (null: undone) and servers, each with server and service, as ha status names them.";

/** @param weight null: undone. @returns those that have it, none being a no */
export async function setHandWeight(
  socket: string,
  server: string,
  weight: number | null,
  json: boolean,
  { ports, stdout, stderr }: Pick<Context, "ports" | "stdout" | "stderr">,
): Promise<readonly WeighedServer[]> {
  const servers = await askWeight(socket, server, weight, ports);
  if (json) stdout(formatJson({ weight, servers }));
  else if (servers.length === 0) stderr(`no virtual server of ha up has ${printable(server)}`);
  else
    for (const one of servers)
      stdout(printable(`${one.server} of ${one.service} has ${handWeightText(weight)}`));
  return servers;
}
