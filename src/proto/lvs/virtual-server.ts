/**
 * A virtual server: which of its real servers are alive by their checks, whether they are enough (quorum,
 * hysteresis), and where connections are to go; keepalived.conf(5), "virtual_server".
 */
import { MOST_WEIGHT } from "../../core/netlink/ipvs-destination.ts";

export interface ServiceRules {
  readonly quorum: number; // weight of servers that is enough
  readonly hysteresis: number; // weight by which the quorum has to be passed to count, below `quorum`
  readonly isOmega: boolean; // its end is told as if all went down
  /** Gets the connections while the quorum is lost; `isInhibited`: it is there with weight 0 else. */
  readonly sorry: { readonly isInhibited: boolean } | null;
  readonly servers: readonly ServerRules[];
}

export interface ServerRules {
  readonly weight: number; // as it is configured
  readonly isInhibited: boolean; // while it is down it is there with weight 0
  readonly checks: readonly { readonly isAlpha: boolean }[]; // alpha: it counts as failed until it has succeeded
}

/** What is known by one check. `points` are added to the weight of its server. */
export interface CheckStanding {
  readonly state: "up" | "down" | "unknown";
  readonly points: number;
}

export interface ServiceStanding {
  readonly isUp: boolean; // has its quorum
  readonly checks: readonly (readonly CheckStanding[])[]; // of each server
}

export type ServiceChange =
  /** `first`: it was not alive before, for nobody knew. */
  | {
      readonly kind: "server";
      readonly server: number;
      readonly isUp: boolean;
      readonly cause: "start" | "first" | "check" | "stop";
    }
  | {
      readonly kind: "weight";
      readonly server: number;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: "quorum";
      readonly isUp: boolean;
      readonly cause: "start" | "change" | "stop";
      readonly weight: number; // of all that are alive
      readonly threshold: number; // that it passed, or no longer has
    };

export interface Destination {
  readonly server: number | "sorry";
  readonly weight: number; // 0: it keeps the connections that it has
}

const UNKNOWN: CheckStanding = { state: "unknown", points: 0 };

export class VirtualServer {
  readonly #rules: ServiceRules;
  readonly #checks: CheckStanding[][];
  readonly #isNew: boolean;
  #isUp: boolean;

  /** @param known where one before it was */
  constructor(rules: ServiceRules, known?: ServiceStanding) {
    this.#rules = rules;
    this.#isNew = known === undefined;
    this.#isUp = known?.isUp ?? false;
    this.#checks = rules.servers.map(({ checks }, server) =>
      checks.map((_, check) => known?.checks[server]?.[check] ?? UNKNOWN),
    );
  }

  get standing(): ServiceStanding {
    return { isUp: this.#isUp, checks: this.#checks.map((checks) => [...checks]) };
  }

  /** Of all servers that are alive. */
  get weight(): number {
    return this.#rules.servers.reduce(
      (sum, _, server) => sum + (this.isAlive(server) ? this.weightOf(server) : 0),
      0,
    );
  }

  isAlive(server: number): boolean {
    const { checks = [] } = this.#rules.servers[server] ?? {};
    return checks.every(({ isAlpha }, check) => {
      const { state } = this.#checks[server]?.[check] ?? UNKNOWN;
      return state === "up" || (state === "unknown" && !isAlpha);
    });
  }

  weightOf(server: number): number {
    const { weight = 0 } = this.#rules.servers[server] ?? {};
    const points = this.#checks[server]?.reduce((sum, one) => sum + one.points, 0) ?? 0;
    return Math.min(Math.max(weight + points, 0), MOST_WEIGHT);
  }

  /** Before the first result. */
  start(): ServiceChange[] {
    if (!this.#isNew) return this.#settle("change");
    const alive = this.#rules.servers.flatMap((_, server): ServiceChange[] =>
      this.isAlive(server) ? [{ kind: "server", server, isUp: true, cause: "start" }] : [],
    );
    return [...alive, ...this.#settle("start")];
  }

  /** A check came to a result. @param points that it adds to the weight while it is up */
  note(server: number, check: number, state: "up" | "down", points = 0): ServiceChange[] {
    const own = this.#checks[server];
    const before = own?.[check];
    if (own === undefined || before === undefined) return [];
    const [wasAlive, from] = [this.isAlive(server), this.weightOf(server)];
    own[check] = { state, points: state === "up" ? points : 0 };
    const [isUp, to] = [this.isAlive(server), this.weightOf(server)];
    const changes: ServiceChange[] = [];
    if (from !== to) changes.push({ kind: "weight", server, from, to });
    const isAlpha = this.#rules.servers[server]?.checks[check]?.isAlpha === true;
    if (isUp !== wasAlive) changes.push({ kind: "server", server, isUp, cause: "check" });
    else if (before.state === "unknown" && state === "down" && isAlpha)
      changes.push({ kind: "server", server, isUp, cause: "first" });
    return [...changes, ...this.#settle("change")];
  }

  /** Of all, with omega; nothing follows it. */
  stop(): ServiceChange[] {
    return this.#rules.isOmega ? this.end() : [];
  }

  /** Of this one; likewise. Servers to which no connections go are not told of, as keepalived does not. */
  end(): ServiceChange[] {
    const { servers } = this.#rules;
    const alive = servers.flatMap((_, server): ServiceChange[] =>
      this.#isServing && this.isAlive(server)
        ? [{ kind: "server", server, isUp: false, cause: "stop" }]
        : [],
    );
    this.#isUp = false;
    const threshold = this.#rules.quorum - this.#rules.hysteresis;
    return [...alive, { kind: "quorum", isUp: false, cause: "stop", weight: 0, threshold }];
  }

  /**
   * Where connections are to go now.
   * @param weigh the weight of a server that gets some, of that which it has; where nothing is left to any the
   *   sorry server gets them
   */
  destinations(weigh = (_server: number, weight: number): number => weight): Destination[] {
    const { servers, sorry } = this.#rules;
    const isServing = this.#isServing;
    const real = servers.flatMap(({ isInhibited }, server): Destination[] => {
      if (isServing && this.isAlive(server))
        return [{ server, weight: weigh(server, this.weightOf(server)) }];
      return isInhibited ? [{ server, weight: 0 }] : [];
    });
    const isUp = this.#isUp && real.some(({ weight }) => weight > 0);
    if (sorry === null || (isUp && !sorry.isInhibited)) return real;
    return [...real, { server: "sorry", weight: isUp ? 0 : 1 }];
  }

  /** Real servers get the connections, and not the sorry server. */
  get #isServing(): boolean {
    return this.#isUp || this.#rules.sorry === null;
  }

  #settle(cause: "start" | "change"): ServiceChange[] {
    const { quorum, hysteresis, sorry } = this.#rules;
    const { weight } = this;
    const threshold = this.#isUp ? quorum - hysteresis : quorum + hysteresis;
    const isEnough = weight > 0 && weight >= threshold;
    const isTold = isEnough !== this.#isUp || (cause === "start" && sorry !== null);
    this.#isUp = isEnough;
    return isTold ? [{ kind: "quorum", isUp: isEnough, cause, weight, threshold }] : [];
  }
}
