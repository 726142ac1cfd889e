/** Which program of the user's follows which state, and what it is told (keepalived's `notify`). */
import { formatCidr } from "../../core/addr.ts";
import type { Ports } from "../../io/ports.ts";
import type { VrrpState } from "../../proto/vrrp/facts.ts";
import { type HookQueue, hookQueue } from "../hooks.ts";
import type { VrrpTransition } from "./events.ts";
import { heldVips, type VrrpInstance } from "./instance.ts";

/** Words of the command for each occasion; `change` runs after the one of its own state. */
export type VrrpHooks = Readonly<
  Partial<Record<"master" | "backup" | "fault" | "stop" | "change", readonly string[]>>
>;

export interface VrrpHookRunner extends Pick<HookQueue, "drained" | "hurry"> {
  follow(transition: VrrpTransition): void;
}

export function vrrpHookRunner(
  hooks: VrrpHooks,
  instance: VrrpInstance,
  ports: Pick<Ports, "clock" | "runProgram">,
  onTrouble: (line: string) => void,
): VrrpHookRunner {
  const queue = hookQueue(ports, onTrouble);
  return {
    drained: () => queue.drained(),
    hurry: () => queue.hurry(),
    follow(transition) {
      const state = STATE_NAMES[transition.to];
      const contract = ["INSTANCE", instance.name, state.toUpperCase(), `${transition.priority}`];
      const environment = environmentOf(transition, instance);
      const final = state === "stop";
      for (const argv of [hooks[state], hooks.change]) {
        if (argv !== undefined) queue.push({ argv, contract, environment, final });
      }
    },
  };
}

function environmentOf(
  { from, to, cause, priority }: VrrpTransition,
  instance: VrrpInstance,
): Record<string, string> {
  const { name, ifName, family, config } = instance;
  return {
    VIPKIT_INSTANCE: name,
    VIPKIT_INTERFACE: ifName,
    VIPKIT_VRID: `${config.vrid}`,
    VIPKIT_FAMILY: `ipv${family}`,
    VIPKIT_STATE: STATE_NAMES[to].toUpperCase(),
    VIPKIT_FROM: from.toUpperCase(),
    VIPKIT_CAUSE: cause.kind,
    VIPKIT_PRIORITY: `${priority}`,
    VIPKIT_VIPS: heldVips(instance).map(formatCidr).join(" "),
  };
}

/** keepalived calls the end of an instance STOP. */
const STATE_NAMES = {
  init: "stop",
  backup: "backup",
  master: "master",
  fault: "fault",
} as const satisfies Record<VrrpState, keyof VrrpHooks>;
