/** All virtual servers of the process of the checks, from plan to plan. */
import { type IpBytes, includesIp } from "../../../../core/addr.ts";
import { isSameValue } from "../../../../core/same-value.ts";
import type { Cancel, Closable, Ports } from "../../../../io/ports.ts";
import type { CheckStanding } from "../../../../proto/lvs/virtual-server.ts";
import type { VrrpState } from "../../../../proto/vrrp/facts.ts";
import type { ServerChannels } from "../notify/notifier.ts";
import { ServerNotifier } from "../notify/server-notifier.ts";
import type { LvsPlan, PlannedServer, PlannedService } from "../plan/lvs-plan.ts";
import { Balancer } from "./balancer.ts";
import type { HandWeight } from "./hand-weights.ts";
import type { IpvsMemory } from "./ipvs-memory.ts";
import { watchLocalAddresses } from "./local-addresses.ts";
import {
  forget,
  forgetUnplanned,
  type KnownServers,
  type ServerEvent,
  type ServerNews,
} from "./server-events.ts";
import { type ServiceRecord, serviceRecord } from "./server-status.ts";
import { ServiceRunner } from "./service-runner.ts";
import type { ServerCare } from "./service-steering.ts";
import { Steering } from "./steering.ts";

export interface ServersWitness {
  /** By which others are told, where there is a way. */
  readonly channels: () => ServerChannels | undefined;
  readonly onNews: (news: ServerNews) => void;
  readonly onTrouble: (text: string) => void;
}

export class VirtualServers implements Closable {
  readonly #ports: Ports;
  readonly #random: () => number;
  readonly #witness: ServersWitness;
  readonly #notifier: ServerNotifier;
  readonly #steering: Steering;
  readonly #balancer: Balancer;
  readonly #runners = new Map<string, ServiceRunner>(); // by key
  readonly #files = new Map<string, number>(); // the numbers of tracked files
  readonly #checks = new Map<string, CheckStanding>(); // all that is known, as the quorums
  readonly #quorums = new Map<string, boolean>();
  #untold = nothing(); // to be told in the next turn
  #addresses: Closable | undefined;
  #cancel: Cancel | undefined;
  #hasBegun: boolean = false;

  /** @param random 0..1, evenly */
  constructor(ports: Ports, random: () => number, care: ServerCare, witness: ServersWitness) {
    this.#ports = ports;
    this.#steering = new Steering(care);
    this.#random = random;
    this.#witness = witness;
    this.#notifier = new ServerNotifier(witness.channels, ports, witness.onTrouble);
    this.#balancer = new Balancer(ports, {
      onMemory: (ipvs) => {
        this.#untold.ipvs = ipvs;
        this.#later();
      },
      onTrouble: witness.onTrouble,
    });
  }

  /** What is the same in both plans goes on untouched. @param known by a process before this one */
  apply(plan: LvsPlan, known: KnownServers): void {
    if (!this.#hasBegun) {
      for (const [key, standing] of known.checks) this.#checks.set(key, standing);
      for (const [key, isUp] of known.quorums) this.#quorums.set(key, isUp);
    }
    this.#hasBegun = true;
    this.#notifier.go(plan);
    const former = new Map(this.#runners);
    this.#runners.clear();
    for (const service of plan.services) {
      const { key } = service;
      const running = former.get(key);
      former.delete(key);
      const isSame = running !== undefined && isSameValue(running.service, service);
      if (!isSame && running !== undefined) {
        running.close();
        this.#steering.of(service).replace(running.targets, service, this.#ports.clock.nowMs());
      }
      this.#runners.set(key, isSame ? running : this.#begin(service));
    }
    for (const runner of former.values()) runner.remove();
    this.#balancer.go(plan, known.ipvs);
    const mine = { checks: this.#checks, quorums: this.#quorums };
    const forgotten = forgetUnplanned(mine, plan);
    forget(this.#untold, forgotten);
    this.#untold.forgotten.push(...forgotten);
    if (this.#untold.forgotten.length > 0) this.#later();
    this.#steering.keep(plan);
    this.#watchAddresses();
  }

  get records(): readonly ServiceRecord[] {
    const nowMs = this.#ports.clock.nowMs();
    return this.#all.map((runner) => serviceRecord(runner, nowMs));
  }

  /** @param weights all that are set by hand */
  weigh(weights: readonly HandWeight[]): void {
    this.#steering.weigh(weights);
    for (const runner of this.#all) runner.steer();
  }

  /** Why connections are not led as they should be. */
  get ipvsTrouble(): string | null {
    return this.#balancer.trouble;
  }

  /** @param states of all virtual routers, whenever one has another */
  hearStates(states: ReadonlyMap<string, VrrpState>): void {
    this.#balancer.hear(states);
  }

  hearFile(name: string, value: number): void {
    this.#files.set(name, value);
    for (const runner of this.#all) runner.hearFile(name, value);
  }

  /** What is told at the end is told before it returns; resolves when the programs have ended. @param empties IPVS of what is ours */
  finish(empties: boolean): Promise<void> {
    this.#balancer.end(empties);
    for (const runner of this.#all) runner.stop();
    this.#flush();
    return this.#notifier.finish();
  }

  hurry(empties: boolean): void {
    this.#balancer.end(empties);
    this.#notifier.hurry();
  }

  close(): void {
    for (const runner of this.#all) runner.close();
    this.#cancel?.();
    this.#addresses?.close();
    this.#balancer.close();
    this.#notifier.hurry();
  }

  get #all(): ServiceRunner[] {
    return [...this.#runners.values()];
  }

  /** Those that are suspended without their address ask nobody before it is known. */
  #watchAddresses(): void {
    this.#addresses?.close();
    this.#addresses = undefined;
    const suspending = this.#all.filter(({ service }) => service.suspendedWithout !== null);
    if (suspending.length === 0) return;
    const tell = (addresses: readonly IpBytes[]): void => {
      for (const runner of suspending) {
        const { suspendedWithout: ip } = runner.service;
        if (ip !== null) runner.suspend(!includesIp(addresses, ip));
      }
    };
    this.#addresses = watchLocalAddresses(this.#ports, tell, this.#witness.onTrouble);
  }

  #begin(service: PlannedService): ServiceRunner {
    const onEvent = (event: ServerEvent): void => {
      this.#untold.events.push(event);
      this.#later();
    };
    const known = { checks: this.#checks, quorums: this.#quorums };
    const runner = new ServiceRunner(
      service,
      known,
      this.#ports,
      this.#balancer,
      this.#steering.of(service),
      {
        onEvent,
        onChange: (change) => this.#notifier.tell(service, change),
        onChecked: (index, isAlive, why, isNews) => {
          const server = service.servers[index] as PlannedServer;
          this.#notifier.tellChecked(service, server, isAlive, why, isNews);
        },
        onKnown: (key, standing) => {
          this.#checks.set(key, standing);
          this.#untold.checks.set(key, standing);
          this.#later();
        },
        onQuorum: (isUp) => {
          this.#quorums.set(service.key, isUp);
          this.#untold.quorums.set(service.key, isUp);
          this.#later();
        },
      },
    );
    runner.start(this.#random);
    for (const [name, value] of this.#files) runner.hearFile(name, value);
    return runner;
  }

  #later(): void {
    const { clock } = this.#ports;
    this.#cancel ??= clock.at(clock.nowMs(), () => this.#flush());
  }

  #flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const { events, forgotten, ...known } = this.#untold;
    this.#untold = nothing();
    this.#witness.onNews({ events, known, forgotten });
  }
}

interface Untold {
  readonly events: ServerEvent[];
  readonly forgotten: string[];
  readonly checks: Map<string, CheckStanding>;
  readonly quorums: Map<string, boolean>;
  ipvs?: IpvsMemory;
}

const nothing = (): Untold => ({
  events: [],
  forgotten: [],
  checks: new Map(),
  quorums: new Map(),
});
