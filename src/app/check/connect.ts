/** From a target's name to a connection: look-up, then one address after the other. */
import { type Family, familyOf, formatIp, type IpBytes } from "../../core/addr.ts";
import { SystemError } from "../../core/errors.ts";
import type { ByteStream, LeaveBy, Ports } from "../../io/ports.ts";
import type { HostTarget, PortTarget } from "../../proto/check/targets.ts";
import type { Attempt } from "./attempt.ts";

export interface ConnectPlan extends LeaveBy {
  readonly family: Family | undefined; // of a name's addresses; both where undefined
  readonly firstOnly: boolean; // of a name's addresses none but the first is asked
}

/**
 * Of several addresses each is asked until one lets us in.
 * @throws SystemError of the last that was refused
 */
export async function connect(
  { host, ip, port }: PortTarget,
  plan: ConnectPlan,
  attempt: Attempt,
  ports: Pick<Ports, "connectTcp" | "resolveName">,
): Promise<ByteStream> {
  const addresses = await addressesOf({ host, ip }, plan, attempt, ports);
  attempt.enter("connect");
  let refusal: unknown;
  for (const address of addresses) {
    attempt.address = formatIp(address);
    try {
      return await ports.connectTcp({ ...plan, ip: address, port }, attempt.signal);
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

/** At least one. @throws SystemError */
export async function addressesOf(
  { host: name, ip }: HostTarget,
  { family, firstOnly, source }: ConnectPlan,
  attempt: Attempt,
  ports: Pick<Ports, "resolveName">,
): Promise<readonly IpBytes[]> {
  if (ip !== null) return [ip];
  attempt.enter("dns");
  const wanted = family ?? (source === null ? undefined : familyOf(source));
  const found = await ports.resolveName(name, wanted, attempt.signal);
  if (found.length === 0) throw new SystemError("look up", name, "ENOTFOUND", "no such name");
  return firstOnly ? found.slice(0, 1) : found;
}
