/** From a target's name to a connection: look-up, then one address after the other. */
import { type Family, familyOf, formatIp, type IpBytes, isLinkLocalIp6 } from "../../core/addr.ts";
import { SystemError } from "../../core/errors.ts";
import type { ByteStream, LeaveBy, Limit, Ports } from "../../io/ports.ts";
import { refusalFinding } from "../../proto/check/refusals.ts";
import { formatHost, type HostTarget, type PortTarget } from "../../proto/check/targets.ts";
import type { Attempt } from "./attempt.ts";

export interface ConnectPlan extends LeaveBy {
  readonly family: Family | undefined; // of a name's addresses; both where undefined
  readonly firstOnly: boolean; // of a name's addresses none but the first is asked
}

/**
 * Of several addresses each is asked until one lets us in; a silent one has an equal share of the time
 * that is left, so that it does not hide those behind it.
 * @throws SystemError of the last that the service refused, else of the last that we could not ask
 */
export function connect(
  target: PortTarget,
  plan: ConnectPlan,
  attempt: Attempt,
  ports: Pick<Ports, "connectTcp" | "resolveName">,
): Promise<ByteStream> {
  const { ip, port } = target;
  if (ip === null) return connectByName(target, plan, attempt, ports);
  const odd = unaskable(target, ip, plan);
  if (odd !== undefined) return Promise.reject(odd);
  // Mostly so, for thousands at once: an async function for each would be felt.
  attempt.enter("connect");
  attempt.address = formatIp(ip);
  attempt.remote = { ip, port };
  return ports.connectTcp({ ...wayTo(target, plan), ip, port }, attempt.signal);
}

async function connectByName(
  target: PortTarget,
  plan: ConnectPlan,
  attempt: Attempt,
  ports: Pick<Ports, "connectTcp" | "resolveName">,
): Promise<ByteStream> {
  const { port } = target;
  const addresses = await addressesOf(target, plan, attempt, ports);
  attempt.enter("connect");
  let refusal: unknown;
  for (const [index, address] of addresses.entries()) {
    attempt.address = formatIp(address);
    attempt.remote = { ip: address, port };
    const share = attempt.share(addresses.length - index);
    try {
      return await ports.connectTcp({ ...plan, ip: address, port }, share.signal);
    } catch (error) {
      if (attempt.isOver) throw error;
      const known = error instanceof SystemError ? error : silence(error, share.signal, attempt);
      if (refusal === undefined || refusalFinding(known, "connect").verdict === "down")
        refusal = known;
    } finally {
      share.end();
    }
  }
  throw refusal;
}

function silence(error: unknown, share: Limit, { address }: Attempt): SystemError {
  if (!share.aborted) throw error;
  return new SystemError("connect", address ?? "", "ETIMEDOUT", "no answer in its share of time");
}

/** At least one. @throws SystemError where there is none, or nobody could say */
export async function addressesOf(
  target: HostTarget,
  plan: Pick<ConnectPlan, "family" | "firstOnly" | "source" | "ifName">,
  attempt: Attempt,
  ports: Pick<Ports, "resolveName">,
): Promise<readonly IpBytes[]> {
  const { host: name, ip } = target;
  const { family, firstOnly, source } = plan;
  if (ip !== null) {
    const odd = unaskable(target, ip, plan);
    if (odd !== undefined) throw odd;
    return [ip];
  }
  attempt.enter("dns");
  const wanted = source === null ? family : familyOf(source);
  const found = await ports.resolveName(name, wanted, attempt.signal);
  if (found.length === 0) throw new SystemError("look up", name, "ENOTFOUND", "no such name");
  return firstOnly ? found.slice(0, 1) : found;
}

/** The zone of an address is the interface that leads there. */
export const wayTo = <Plan extends LeaveBy>({ zone }: HostTarget, plan: Plan): Plan =>
  zone === undefined ? plan : { ...plan, ifName: zone };

/** What the kernel would refuse in words about something else. */
function unaskable(
  target: HostTarget,
  ip: IpBytes,
  { family, source, ifName }: Pick<ConnectPlan, "family" | "source" | "ifName">,
): SystemError | undefined {
  const own = familyOf(ip);
  const odd = (code: string, why: string): SystemError =>
    new SystemError("ask", formatHost(target), code, why);
  if (source !== null && familyOf(source) !== own)
    return odd(
      "other-family",
      `IPv${own}, but --source ${formatIp(source)} is IPv${familyOf(source)}`,
    );
  if (source === null && family !== undefined && family !== own)
    return odd("other-family", `IPv${own}, but -${family} is wanted`);
  if (isLinkLocalIp6(ip) && target.zone === undefined && ifName === null)
    return odd(
      "no-interface",
      `link-local: say by which interface, with -I or as ${target.host}%eth0`,
    );
  return undefined;
}
