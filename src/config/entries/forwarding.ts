/** How IPVS hands packets to a real server: `NAT`, `DR`, or `TUN` with the kind of tunnel. */
import { oneOf, port, present } from "../arguments.ts";
import { BAD_TUNNEL } from "../codes/lvs.ts";
import { type Argument, keyword } from "../keyword.ts";
import { readOptions, refuseOption, usageOf } from "../options.ts";

const TUNNEL = {
  type: keyword("Kind of the tunnel", oneOf("ipip", "gue", "gre"), { default: "ipip" }),
  port: keyword("UDP port of gue", port),
  nocsum: keyword("Sends no checksum, as is the default", present),
  csum: keyword("Sends a checksum", present),
  remcsum: keyword("Lets the other end compute the checksum", present),
} as const;

export interface Forwarding {
  readonly method: "NAT" | "DR" | "TUN";
  readonly type: "ipip" | "gue" | "gre"; // of TUN
  readonly port: number | null; // of gue
  readonly checksum: "nocsum" | "csum" | "remcsum";
}

const method = oneOf("NAT", "DR", "TUN");

export function formatForwarding({ method: how, type, port: to, checksum }: Forwarding): string {
  if (how !== "TUN" || type === "ipip") return how;
  return [how, "type", type, ...(to === null ? [] : ["port", to]), checksum].join(" ");
}

export const forwarding: Argument<Forwarding> = {
  usage: `${method.usage} ${usageOf(TUNNEL)}`,
  table: TUNNEL,
  format: formatForwarding,
  read(reading) {
    const said = method.read(reading);
    const { values, isWhole } = readOptions(reading, TUNNEL, () => false);
    const unknown = reading.peek();
    if (said === undefined || !isWhole) {
      reading.takeAll();
      return undefined;
    }
    if (unknown !== undefined) {
      reading.takeAll();
      return refuseOption(reading, unknown, TUNNEL, "a forwarding method");
    }
    const type = values.type?.value ?? "ipip";
    const checksums = [values.nocsum, values.csum, values.remcsum];
    const checksum = (["nocsum", "csum", "remcsum"] as const)[checksums.findIndex(Boolean)];
    const refuse = (what: string): undefined =>
      reading.refuse(BAD_TUNNEL, reading.span, `${type} ${what}`);
    if (type === "gue" && values.port === null) return refuse("needs a port");
    if (type !== "gue" && values.port !== null) return refuse("has no port");
    if (type === "ipip" && checksum !== undefined) return refuse("has no checksum");
    if (type === "gre" && checksum === "remcsum") return refuse("has no remote checksum");
    return { method: said, type, port: values.port?.value ?? null, checksum: checksum ?? "nocsum" };
  },
};
