/** Whether a host answers echo requests. */
import { type Family, familyOf, formatIp, type IpBytes, isLinkLocalIp6 } from "../../core/addr.ts";
import { UsageError } from "../../core/errors.ts";
import type { Ports } from "../../io/ports.ts";
import type { PingPeer } from "../../proto/check/ping.ts";
import type { CheckFinding } from "../../proto/check/result.ts";
import type { HostTarget } from "../../proto/check/targets.ts";
import type { Attempt, Prober } from "./attempt.ts";
import { addressesOf } from "./connect.ts";
import { EchoExchange, type EchoPlan } from "./echo-exchange.ts";

export interface IcmpPlan extends EchoPlan {
  readonly family: Family | undefined; // of a name's addresses; both where undefined
  readonly firstOnly: boolean; // of a name's addresses none but the first is asked
}

type PingPorts = Pick<Ports, "clock" | "openPing" | "resolveName">;

/**
 * With a socket for each family of these targets: what is not allowed at all is told once.
 * @throws UsageError, SystemError
 */
export function icmpProber(
  targets: readonly HostTarget[],
  plan: IcmpPlan,
  ports: PingPorts,
): Prober<HostTarget> {
  for (const target of targets) refuseOdd(target, plan);
  const prober = new IcmpProber(plan, ports);
  try {
    for (const { ip } of targets) if (ip !== null) prober.open(familyOf(ip));
  } catch (error) {
    prober.close();
    throw error;
  }
  return prober;
}

function refuseOdd({ host, ip }: HostTarget, { family, ifName }: IcmpPlan): void {
  if (ip === null) return;
  if (family !== undefined && familyOf(ip) !== family)
    throw new UsageError(`${host} is no IPv${family} address, which -${family} or --source wants`);
  if (isLinkLocalIp6(ip) && ifName === null)
    throw new UsageError(`${host} is link-local: say by which interface, with -I`);
}

class IcmpProber implements Prober<HostTarget> {
  readonly #plan: IcmpPlan;
  readonly #ports: PingPorts;
  readonly #exchanges = new Map<Family, EchoExchange>();
  readonly #peers = new Map<string, PingPeer>(); // by address
  readonly nameOf = ({ host }: HostTarget): string => host;

  constructor(plan: IcmpPlan, ports: PingPorts) {
    this.#plan = plan;
    this.#ports = ports;
  }

  /** Without it a family is opened when it is first asked for. @throws SystemError */
  open(family: Family): EchoExchange {
    const open = this.#exchanges.get(family);
    if (open !== undefined) return open;
    const exchange = new EchoExchange(family, this.#plan, this.#ports);
    this.#exchanges.set(family, exchange);
    return exchange;
  }

  probe({ host, ip }: HostTarget, attempt: Attempt): Promise<CheckFinding> {
    if (ip === null) return this.#askName(host, attempt);
    attempt.enter("echo");
    return new Promise((resolve) => this.#ask(ip, host, attempt, resolve));
  }

  async #askName(host: string, attempt: Attempt): Promise<CheckFinding> {
    const target = { host, ip: null };
    const ips = await addressesOf(target, this.#plan, attempt, this.#ports);
    attempt.enter("echo");
    return await this.#askAll(ips, attempt);
  }

  close(): void {
    for (const exchange of this.#exchanges.values()) exchange.close();
  }

  /** All at once: one that is silent must not take the time of the others. Up as soon as one answers. */
  async #askAll(ips: readonly IpBytes[], attempt: Attempt): Promise<CheckFinding> {
    return await new Promise((resolve) => {
      let left = ips.length;
      let worst: CheckFinding | undefined; // what somebody says counts more than what we could not ask
      for (const ip of ips) {
        const address = formatIp(ip);
        this.#ask(ip, address, attempt, (finding) => {
          left -= 1;
          if (finding.verdict === "up") attempt.address = address;
          if (worst === undefined || finding.verdict !== "unknown") worst = finding;
          if (finding.verdict === "up" || left === 0) resolve(worst);
        });
      }
    });
  }

  #ask(
    ip: IpBytes,
    address: string,
    attempt: Attempt,
    tell: (finding: CheckFinding) => void,
  ): void {
    const peer = this.#peerOf(ip, address);
    const exchange = this.open(familyOf(ip));
    attempt.address = address;
    attempt.facts = () => exchange.factsOf(peer);
    exchange.ask(peer, attempt.deadlineMs, this.#ports.clock.nowMs(), tell);
  }

  #peerOf(ip: IpBytes, address: string): PingPeer {
    const known = this.#peers.get(address);
    if (known !== undefined) return known;
    const peer = { ip, duplicates: 0, late: 0 };
    this.#peers.set(address, peer);
    return peer;
  }
}
