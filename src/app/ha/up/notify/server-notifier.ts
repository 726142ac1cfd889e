/** What follows changes of virtual and real servers: programs, then FIFOs, then mails. */
import type { Ports } from "../../../../io/ports.ts";
import {
  serverLine,
  serverMail,
  serviceLine,
  serviceMail,
} from "../../../../proto/lvs/server-notice.ts";
import type { ServiceChange } from "../../../../proto/lvs/virtual-server.ts";
import { type HookQueue, hookQueue } from "../../../hooks.ts";
import type { LvsPlan, PlannedServer, PlannedService, UpDownHooks } from "../plan/lvs-plan.ts";
import type { ServerChannels } from "./notifier.ts";

type Wishes = Pick<LvsPlan, "tellsFirst" | "mailsChecks">;

export class ServerNotifier {
  readonly #channels: () => ServerChannels | undefined;
  readonly #ports: Pick<Ports, "clock" | "runProgram">;
  readonly #onTrouble: (line: string) => void;
  /** One that hangs delays those of its own server alone. */
  readonly #queues = new Map<string, HookQueue>();
  #plan: Wishes = { tellsFirst: false, mailsChecks: false };

  constructor(
    channels: () => ServerChannels | undefined,
    ports: Pick<Ports, "clock" | "runProgram">,
    onTrouble: (line: string) => void,
  ) {
    this.#channels = channels;
    this.#ports = ports;
    this.#onTrouble = onTrouble;
  }

  go(plan: Wishes): void {
    this.#plan = plan;
  }

  tell(service: PlannedService, change: ServiceChange): void {
    if (change.kind === "weight") return;
    const { isUp, cause } = change;
    const isFinal = cause === "stop";
    const state = isUp ? "UP" : "DOWN";
    if (change.kind === "quorum") {
      this.#run(service, service.key, isUp, isFinal, {
        VIPKIT_SERVICE: service.label,
        VIPKIT_STATE: state,
      });
      this.#channels()?.line(serviceLine(service.label, isUp));
      if (service.isMailed) {
        const why = isFinal ? "Shutting down" : quorumText(change);
        this.#channels()?.mail((router) => serviceMail(service.label, isUp, why, router));
      }
      return;
    }
    const server = service.servers[change.server];
    if (server === undefined || (cause === "start" && !this.#plan.tellsFirst)) return;
    const environment = { VIPKIT_SERVICE: service.label, VIPKIT_SERVER: server.label };
    const key = `${service.key} ${server.label}`;
    this.#run(server, key, isUp, isFinal, { ...environment, VIPKIT_STATE: state });
    this.#channels()?.line(serverLine(server.label, service.label, isUp));
  }

  /** Behind what changed by it. @param isNews the server is up or down since then */
  tellChecked(
    service: PlannedService,
    server: PlannedServer,
    isUp: boolean,
    why: string,
    isNews: boolean,
  ): void {
    if (!server.isMailed || !(isNews || this.#plan.mailsChecks)) return;
    this.#channels()?.mail((router) => serverMail(server.label, service.label, isUp, why, router));
  }

  /** Resolves when all programs have ended, or were given up for they took too long. */
  async finish(): Promise<void> {
    const { clock } = this.#ports;
    const cancel = clock.at(clock.nowMs() + PATIENCE_MS, () => this.hurry());
    await Promise.all(Array.from(this.#queues.values(), (queue) => queue.drained()));
    cancel();
  }

  hurry(): void {
    for (const queue of this.#queues.values()) queue.hurry();
  }

  #run(
    { hooks, label }: { readonly hooks: UpDownHooks; readonly label: string },
    key: string,
    isUp: boolean,
    final: boolean,
    environment: Readonly<Record<string, string>>,
  ): void {
    const program = isUp ? hooks.up : hooks.down;
    if (program === null) return;
    const { argv, user } = program;
    const queue = this.#queues.get(key) ?? this.#queueOf(key, label);
    queue.push({ argv, contract: [], environment, final, ...(user !== null && { user }) });
  }

  #queueOf(key: string, label: string): HookQueue {
    const queue = hookQueue(this.#ports, (line) => this.#onTrouble(`${label}: ${line}`));
    this.#queues.set(key, queue);
    return queue;
  }
}

const quorumText = ({
  isUp,
  weight,
  threshold,
}: Extract<ServiceChange, { readonly kind: "quorum" }>): string =>
  isUp
    ? `Its servers have weight ${weight}: ${threshold} is enough`
    : `Its servers have weight ${weight} left: ${threshold} is needed`;

const PATIENCE_MS = 3000;
