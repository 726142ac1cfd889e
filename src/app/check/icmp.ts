/** Whether a host answers echo requests. */
import { type Family, familyOf, formatIp, type IpBytes, isLinkLocalIp6 } from "../../core/addr.ts";
import { UsageError } from "../../core/errors.ts";
import type { Ports } from "../../io/ports.ts";
import type { PingPeer } from "../../proto/check/ping.ts";
import type { CheckFinding } from "../../proto/check/result.ts";
import { formatHost, type HostTarget } from "../../proto/check/targets.ts";
import type { Attempt, Prober } from "./attempt.ts";
import { addressesOf, wayTo } from "./connect.ts";
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
    for (const target of targets) if (target.ip !== null) prober.open(familyOf(target.ip), target);
  } catch (error) {
    prober.close();
    throw error;
  }
  return prober;
}

function refuseOdd({ host, ip, zone }: HostTarget, { family, ifName }: IcmpPlan): void {
  if (ip === null) return;
  if (family !== undefined && familyOf(ip) !== family)
    throw new UsageError(`${host} is no IPv${family} address, which -${family} or --source wants`);
  if (isLinkLocalIp6(ip) && zone === undefined && ifName === null)
    throw new UsageError(
      `${host} is link-local: say by which interface, with -I or as ${host}%eth0`,
    );
}

class IcmpProber implements Prober<HostTarget> {
  readonly #plan: IcmpPlan;
  readonly #ports: PingPorts;
  readonly #exchanges = new Map<string, EchoExchange>(); // by family and interface
  readonly #peers = new Map<string, PingPeer>(); // by address
  readonly nameOf = formatHost;

  constructor(plan: IcmpPlan, ports: PingPorts) {
    this.#plan = plan;
    this.#ports = ports;
  }

  /** Without it a family is opened when it is first asked for. @throws SystemError */
  open(family: Family, target: HostTarget): EchoExchange {
    const key = `${family} ${target.zone ?? ""}`;
    const open = this.#exchanges.get(key);
    if (open !== undefined) return open;
    const exchange = new EchoExchange(family, wayTo(target, this.#plan), this.#ports);
    this.#exchanges.set(key, exchange);
    return exchange;
  }

  probe(target: HostTarget, attempt: Attempt): Promise<CheckFinding> {
    const { ip } = target;
    if (ip === null) return this.#askName(target, attempt);
    attempt.enter("echo");
    return new Promise((resolve) => this.#ask(target, ip, attempt, resolve));
  }

  async #askName(target: HostTarget, attempt: Attempt): Promise<CheckFinding> {
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
        this.#ask({ host: address, ip }, ip, attempt, (finding) => {
          left -= 1;
          if (finding.verdict === "up") attempt.address = address;
          if (worst === undefined || finding.verdict !== "unknown") worst = finding;
          if (finding.verdict === "up" || left === 0) resolve(worst);
        });
      }
    });
  }

  #ask(
    target: HostTarget,
    ip: IpBytes,
    attempt: Attempt,
    tell: (finding: CheckFinding) => void,
  ): void {
    const peer = this.#peerOf(ip, formatHost(target));
    const exchange = this.open(familyOf(ip), target);
    attempt.address = target.host;
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
