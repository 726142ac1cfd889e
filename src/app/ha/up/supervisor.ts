/**
 * The parent of `ha up`: starts the process of the virtual routers and that of the checks, watches both,
 * and carries what one tells to the other. It does nothing that could block.
 */
import type { Ports } from "../../../io/ports.ts";
import type { ChildLimits } from "../../../proto/ha/child-watch.ts";
import type { VrrpState } from "../../../proto/vrrp/facts.ts";
import type { VrrpEvent } from "../../vrrp/events.ts";
import { LeaseCustody } from "./lease-custody.ts";
import type { ChildRole, FromChild, ToCheckers, ToVrrp, TrackedNews } from "./messages.ts";
import type { HaPlan } from "./plan.ts";
import { Service } from "./service.ts";
import { WatchedChild } from "./watched-child.ts";

export type HaEvent =
  | { readonly kind: "router"; readonly instance: string; readonly event: VrrpEvent }
  | { readonly kind: "tracked"; readonly news: TrackedNews }
  /** Of a child: it goes on, or another one takes its place. */
  | { readonly kind: "trouble"; readonly role: ChildRole; readonly text: string };

export interface SuperviseOptions {
  readonly plan: HaPlan;
  readonly limits: ChildLimits;
  readonly emit: (event: HaEvent) => void;
}

export class Supervisor {
  /** Why its work could not be begun; undefined at the polite end. */
  readonly ended: Promise<string | undefined>;
  readonly #plan: HaPlan;
  readonly #emit: SuperviseOptions["emit"];
  readonly #states = new Map<string, VrrpState>(); // by instance
  readonly #tracked = new Map<string, TrackedNews>(); // by kind and name
  readonly #service: Service;
  readonly #custody: LeaseCustody;
  #isRunning: boolean = false; // its routers once were
  #refusal: string | undefined;
  readonly #vrrp: WatchedChild<ToVrrp>;
  readonly #checkers: WatchedChild<ToCheckers>;

  constructor(
    { plan, limits, emit }: SuperviseOptions,
    ports: Pick<Ports, "startChild" | "clock" | "openNetlink" | "serviceManager">,
  ) {
    this.#plan = plan;
    this.#emit = emit;
    const onTrouble = (text: string): void => emit({ kind: "trouble", role: "vrrp", text });
    this.#service = new Service(ports);
    this.#custody = new LeaseCustody(plan, ports, onTrouble);
    this.#vrrp = new WatchedChild("vrrp", limits, ports, {
      greeting: () => [
        { kind: "plan", plan: this.#plan, former: this.#states },
        { kind: "tracked", news: [...this.#tracked.values()] },
      ],
      onMessage: (message) => this.#hear("vrrp", message),
      onTrouble,
      onAway: (isAway) => (isAway ? this.#custody.begin() : this.#custody.end()),
    });
    this.#checkers = new WatchedChild("checkers", limits, ports, {
      greeting: () => [{ kind: "plan", plan: this.#plan, known: [...this.#tracked.values()] }],
      onMessage: (message) => this.#hear("checkers", message),
      onTrouble: (text) => emit({ kind: "trouble", role: "checkers", text }),
    });
    this.ended = this.#vrrp.ended.then(async () => {
      this.#custody.close();
      this.#checkers.stop(); // not before: what follows the end of a router is run by it
      await this.#checkers.ended;
      return this.#refusal;
    });
  }

  start(): void {
    this.#vrrp.start();
    this.#checkers.start();
  }

  /** Politely; at once when it is said again. */
  stop(): void {
    this.#service.stopping();
    this.#vrrp.stop();
  }

  #hear(role: ChildRole, message: FromChild): void {
    switch (message.kind) {
      case "router":
        this.#follow(message.instance, message.event);
        this.#emit(message);
        this.#checkers.send(message);
        break;
      case "tracked":
        for (const news of message.news) this.#note(news);
        this.#vrrp.send(message);
        break;
      case "beat":
        if (role === "vrrp") this.#service.live();
        break;
      case "running":
        if (!this.#isRunning) this.#service.ready();
        this.#isRunning = true;
        break;
      case "leases":
        for (const lease of message.leases) this.#custody.note(lease);
        break;
      case "refused":
        if (role === "vrrp" && !this.#isRunning) this.#giveUp(message.text);
        else this.#emit({ kind: "trouble", role, text: message.text });
        break;
      case "trouble":
        this.#emit({ kind: "trouble", role, text: message.text });
    }
  }

  /** What is refused at the first start will be at the next one. */
  #giveUp(refusal: string): void {
    this.#refusal ??= refusal;
    this.stop();
  }

  #follow(instance: string, event: VrrpEvent): void {
    if (event.type !== "transition") return;
    this.#states.set(instance, event.to);
    this.#service.show(this.#states);
    if (event.to !== "master") this.#custody.drop(instance);
  }

  #note(news: TrackedNews): void {
    const key = `${news.kind} ${news.name}`;
    const former = this.#tracked.get(key)?.state ?? "unknown";
    this.#tracked.set(key, news);
    if (former !== news.state) this.#emit({ kind: "tracked", news });
  }
}
