/** `runVrrp` on fake ports: what it told, what it sent, which addresses it holds. */
import type { VrrpEvent } from "../../src/app/vrrp/events.ts";
import type { VrrpInstance, VrrpSecrets } from "../../src/app/vrrp/instance.ts";
import { runVrrp } from "../../src/app/vrrp/run.ts";
import { formatCidr } from "../../src/core/addr.ts";
import { FakePorts } from "./fake-ports.ts";
import { vrrpInstance } from "./vrrp.ts";
import { sentText } from "./wire-text.ts";

export class FakeRun {
  readonly ports: FakePorts;
  readonly events: VrrpEvent[] = [];
  readonly stop = new AbortController();
  readonly urgent = new AbortController();
  /** Has the secrets read anew, as SIGHUP does; they are what `secrets` gives then. */
  reload: () => void = () => {};
  secrets: () => VrrpSecrets = () => ({ authPass: null, hmac: null });
  readonly ended: Promise<void>;

  /** Without a survey unless `force` is false. */
  constructor(
    changes: Partial<VrrpInstance> = {},
    {
      ports = new FakePorts(),
      force = true,
      recordDirectory = null,
    }: { ports?: FakePorts; force?: boolean; recordDirectory?: string | null } = {},
  ) {
    this.ports = ports;
    const options = {
      instance: vrrpInstance(changes),
      force,
      signal: this.stop.signal,
      urgent: this.urgent.signal,
      emit: (event: VrrpEvent) => this.events.push(event),
      reload: {
        subscribe: (reload: () => void) => {
          this.reload = reload;
        },
        read: () => this.secrets(),
      },
      recordDirectory,
    };
    this.ended = runVrrp(options, ports);
    this.ended.catch(() => {}); // a test that awaits it sees the error all the same
  }

  /** Lets `ms` of virtual time go by. */
  async pass(ms = 0): Promise<void> {
    await this.ports.clock.pass(ms);
  }

  /** Transitions as `BACKUP>MASTER cause`, other events as their text. */
  get told(): string[] {
    return this.events.map((event) => {
      switch (event.type) {
        case "transition":
          return `${event.from}>${event.to} ${event.cause.kind}`;
        case "advert-rejected":
          return `rejected ${event.reason} ${event.source} ${event.count}`;
        case "priority":
          return `priority ${event.from}>${event.to}`;
        case "verify":
          return `verify ${event.host} ${event.verdict} ${event.sends} ${event.took_ms}`;
        case "conflict":
          return `conflict ${event.state} ${event.conflict.kind} ${event.conflict.mac}`;
        case "stall":
          return `stall ${event.durationMs} ${event.count}`;
        default:
          return `${event.type}: ${event.text}`;
      }
    });
  }

  /** What was sent since the last look. */
  takeSent(): string[] {
    return this.ports.sent.splice(0).map(sentText);
  }

  get addresses(): string[] {
    return this.ports.kernel.addresses.map(formatCidr);
  }
}
