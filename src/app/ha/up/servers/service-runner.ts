/** A virtual server at work: the checks of its real servers, and what follows from their results. */
import type { Cancel, Closable, Ports } from "../../../../io/ports.ts";
import {
  type CheckStanding,
  type ServiceChange,
  VirtualServer,
} from "../../../../proto/lvs/virtual-server.ts";
import { NEVER } from "../../../../proto/machine.ts";
import type { PlannedCheck, PlannedServer, PlannedService } from "../plan/lvs-plan.ts";
import type { Connections, IpvsPort } from "./ipvs-port.ts";
import { type CheckOutcome, type LatestResult, ServerCheck } from "./server-check.ts";
import {
  checkKey,
  type DestinationRecord,
  type KnownServers,
  type ServerEvent,
} from "./server-events.ts";
import { serverProbe } from "./server-probe.ts";
import type { ServiceSteering, Targets } from "./service-steering.ts";

/** A check of one of its servers. */
export interface CheckedPlace {
  readonly server: number;
  readonly check: number;
}

export interface ServiceWitness {
  readonly onEvent: (event: ServerEvent) => void;
  readonly onChange: (change: ServiceChange) => void;
  /** Behind the changes. @param isNews the server is up or down since then */
  readonly onChecked: (server: number, isAlive: boolean, why: string, isNews: boolean) => void;
  readonly onKnown: (key: string, standing: CheckStanding) => void;
  readonly onQuorum: (isUp: boolean) => void;
}

export class ServiceRunner implements Closable {
  readonly service: PlannedService;
  readonly machine: VirtualServer;
  readonly #ipvs: IpvsPort;
  readonly #witness: ServiceWitness;
  readonly #steering: ServiceSteering;
  readonly #ports: Ports;
  readonly #checks: ReadonlyMap<string, ServerCheck>;
  #isSuspended: boolean = false;
  #hasEnded: boolean = false;
  #pointed = "";
  #cancel: Cancel = () => {};

  constructor(
    service: PlannedService,
    known: KnownServers,
    ports: Ports,
    ipvs: IpvsPort,
    steering: ServiceSteering,
    witness: ServiceWitness,
  ) {
    this.service = service;
    this.#ports = ports;
    this.#ipvs = ipvs;
    this.#steering = steering;
    this.#witness = witness;
    const isUp = known.quorums.get(service.key);
    const checks = service.servers.map((server) =>
      server.checks.map((check) => known.checks.get(checkKey(service, server, check)) ?? UNKNOWN),
    );
    this.machine = new VirtualServer(service, isUp === undefined ? undefined : { isUp, checks });
    this.#checks = new Map(this.#planned().flatMap((place) => this.#checkAt(place, checks)));
  }

  /** @param random 0..1, evenly */
  start(random: () => number): void {
    this.#follow(this.machine.start());
    this.#witness.onQuorum(this.machine.standing.isUp);
    for (const check of this.#checks.values()) check.start(random());
  }

  get isSuspended(): boolean {
    return this.#isSuspended;
  }

  /** Nothing is asked, and all stays as it is. */
  suspend(isSuspended: boolean): void {
    if (isSuspended === this.#isSuspended) return;
    this.#isSuspended = isSuspended;
    const { label: service } = this.service;
    this.#witness.onEvent({ type: "suspended", service, suspended: isSuspended });
    for (const check of this.#checks.values()) check.pause(isSuspended);
  }

  /** A tracked file has another number. */
  hearFile(file: string, value: number): void {
    for (const place of this.#planned()) {
      const { probe } = this.#plannedAt(place);
      if (probe.by !== "file" || probe.file !== file) continue;
      const points = probe.factor * value;
      const isDown = probe.factor === 0 ? value !== 0 : points <= LEAST_POINTS;
      const detail = `the value is ${value}`;
      const { state } = this.machine.standing.checks[place.server]?.[place.check] ?? UNKNOWN;
      const is = isDown ? "down" : "up";
      this.#note(place, { state: is, points, detail, isNews: is !== state });
    }
  }

  get destinations(): readonly DestinationRecord[] {
    return recordsOf(this.targets);
  }

  get targets(): Targets {
    return this.#steering.targets(this.service, this.machine, this.#ports.clock.nowMs());
  }

  /** Null: it is that of the file and the checks. */
  handWeightOf(server: number): number | null {
    return this.#steering.byHand.get(this.#serverAt(server).fileLabel) ?? null;
  }

  /** Of its servers, where one has a weight by hand; null else, and where IPVS is not there. */
  get connections(): readonly Connections[] | null {
    return this.#steering.byHand.size === 0 ? null : this.#ipvs.connections(this.service);
  }

  /** Weights that are set by hand may be others. */
  steer(): void {
    this.#point();
  }

  latestAt(place: CheckedPlace): LatestResult | undefined {
    return this.#checks.get(placeKey(place))?.latest;
  }

  /** Told where it is told at all; nothing follows it. */
  stop(): void {
    this.close();
    this.#follow(this.machine.stop());
  }

  /** It is in no plan any more: its servers and its quorum go, which is told. */
  remove(): void {
    this.close();
    this.#follow(this.machine.end());
  }

  close(): void {
    this.#hasEnded = true;
    this.#cancel();
    for (const check of this.#checks.values()) check.close();
  }

  #planned(): CheckedPlace[] {
    return this.service.servers.flatMap(({ checks }, server) =>
      checks.map((_, check) => ({ server, check })),
    );
  }

  #serverAt(server: number): PlannedServer {
    return this.service.servers[server] as PlannedServer;
  }

  #plannedAt({ server, check }: CheckedPlace): PlannedCheck {
    return this.#serverAt(server).checks[check] as PlannedCheck;
  }

  #checkAt(
    place: CheckedPlace,
    known: readonly (readonly CheckStanding[])[],
  ): readonly (readonly [string, ServerCheck])[] {
    const planned = this.#plannedAt(place);
    const { probe } = planned;
    if (probe.by === "file") return [];
    const { state } = known[place.server]?.[place.check] ?? UNKNOWN;
    const weight = this.#serverAt(place.server).weight;
    const told = (outcome: CheckOutcome): void => {
      const points = outcome.points === null ? 0 : outcome.points - weight;
      this.#note(place, { ...outcome, points });
    };
    const failed = (detail: string): void => this.#tellCheck(place, "down", detail, true);
    const asking = serverProbe(planned, probe, this.#ports);
    const { rise } = this.#steering;
    const own = new ServerCheck(planned, asking, { state, rise }, this.#ports, told, failed);
    return [[placeKey(place), own]];
  }

  #note(place: CheckedPlace, outcome: CheckOutcome & { readonly points: number }): void {
    const { state, points, detail, isNews } = outcome;
    const { server, check } = place;
    const planned = this.#plannedAt(place);
    const before = this.machine.standing.checks[server]?.[check] ?? UNKNOWN;
    if (!isNews && before.points === points) return;
    const was = this.machine.isAlive(server);
    // Up as it counted already: nobody learns anything by that.
    const isTold = isNews && !(before.state === "unknown" && state === "up" && !planned.isAlpha);
    if (isTold) this.#tellCheck(place, state, detail, false);
    const changes = this.machine.note(server, check, state, points);
    const key = checkKey(this.service, this.#serverAt(server), planned);
    this.#witness.onKnown(key, { state, points });
    const [{ label }, nowMs] = [this.#serverAt(server), this.#ports.clock.nowMs()];
    if (!this.machine.isAlive(server)) this.#steering.note(label, "down", nowMs);
    else if (!was && before.state === "down") this.#steering.note(label, "back", nowMs);
    const why = `${planned.kind} ${state === "up" ? "succeeded" : "failed"}: ${detail}`;
    this.#follow(changes);
    const isAlive = this.machine.isAlive(server);
    if (isTold) this.#witness.onChecked(server, isAlive, why, isAlive !== was);
  }

  #tellCheck(place: CheckedPlace, state: "up" | "down", detail: string, again: boolean): void {
    const { label: service } = this.service;
    const { label: server } = this.#serverAt(place.server);
    const { kind: check } = this.#plannedAt(place);
    this.#witness.onEvent({ type: "check", service, server, check, state, again, detail });
  }

  #follow(changes: readonly ServiceChange[]): void {
    for (const change of changes) {
      this.#witness.onEvent(this.#eventOf(change));
      this.#witness.onChange(change);
      if (change.kind === "quorum") this.#witness.onQuorum(change.isUp);
    }
    this.#point();
  }

  #point(): void {
    const { targets } = this;
    const destinations = recordsOf(targets);
    const pointed = JSON.stringify(destinations);
    if (pointed !== this.#pointed) {
      this.#pointed = pointed;
      this.#ipvs.point(targets.service, targets.destinations);
      this.#witness.onEvent({ type: "destinations", service: this.service.label, destinations });
    }
    this.#later();
  }

  /** Points anew when there may be something else to point to. */
  #later(): void {
    const { clock } = this.#ports;
    this.#cancel();
    const nextMs = this.#steering.nextMs(clock.nowMs());
    if (nextMs === NEVER || this.#hasEnded) return;
    this.#cancel = clock.at(nextMs, () => {
      const { targets } = this;
      if (this.#steering.isDraining)
        this.#steering.look(targets, this.#ipvs.connections(targets.service), clock.nowMs());
      this.#point();
    });
  }

  #eventOf(change: ServiceChange): ServerEvent {
    const { label: service } = this.service;
    if (change.kind === "quorum") {
      const { cause, weight, threshold } = change;
      return { type: "quorum", service, state: upOrDown(change.isUp), cause, weight, threshold };
    }
    const { label: server } = this.#serverAt(change.server);
    if (change.kind === "weight") {
      return { type: "weight", service, server, from: change.from, to: change.to };
    }
    return { type: "server", service, server, state: upOrDown(change.isUp), cause: change.cause };
  }
}

const recordsOf = ({ service, destinations }: Targets): DestinationRecord[] =>
  destinations.map(({ server, weight }) => {
    const own = server === "sorry" ? service.sorry : service.servers[server];
    return { server: own?.label ?? "", weight, sorry: server === "sorry" };
  });

const upOrDown = (isUp: boolean): "up" | "down" => (isUp ? "up" : "down");

const placeKey = ({ server, check }: CheckedPlace): string => `${server} ${check}`;

const UNKNOWN: CheckStanding = { state: "unknown", points: 0 };
const LEAST_POINTS = -(2 ** 31);
