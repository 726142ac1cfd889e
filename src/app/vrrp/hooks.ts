/** Which program of the user's follows which state, and what it is told (keepalived's `notify`). */
import { formatCidr } from "../../core/addr.ts";
import type { Ports } from "../../io/ports.ts";
import { STATE_WORDS } from "../../proto/ha/notice.ts";
import type { VrrpState } from "../../proto/vrrp/facts.ts";
import { type HookQueue, hookQueue } from "../hooks.ts";
import type { VrrpConflictEvent, VrrpTransition } from "./events.ts";
import { heldVips, type VrrpInstance } from "./instance.ts";

/** Words of the command for each occasion; `change` runs after the one of its own state. */
export type VrrpHooks = Readonly<
  Partial<Record<"master" | "backup" | "fault" | "stop" | "change" | "conflict", readonly string[]>>
>;

/** One sentence for each program that is not there, or not yet. */
export function hookCaveats(hooks: VrrpHooks, ports: Pick<Ports, "hasProgram">): string[] {
  return Object.entries(hooks).flatMap(([occasion, [program = ""]]) =>
    ports.hasProgram(program)
      ? []
      : [`--on-${occasion} ${program}: there is no such program now, or it may not be executed`],
  );
}

export interface VrrpHookRunner extends Pick<HookQueue, "drained" | "hurry"> {
  follow(event: VrrpTransition | VrrpConflictEvent): void;
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
    follow(event) {
      const { word, followers, environment, final } = occasionOf(event, hooks, instance);
      const contract = ["INSTANCE", instance.name, word, `${event.priority}`];
      for (const argv of followers) {
        if (argv !== undefined) queue.push({ argv, contract, environment, final });
      }
    },
  };
}

/** What the event is called, who follows it, and what these learn by their environment. */
interface Occasion {
  readonly word: string;
  readonly followers: readonly (readonly string[] | undefined)[];
  readonly environment: Readonly<Record<string, string>>;
  readonly final: boolean;
}

function occasionOf(
  event: VrrpTransition | VrrpConflictEvent,
  hooks: VrrpHooks,
  instance: VrrpInstance,
): Occasion {
  if (event.type === "conflict") {
    const word = event.state === "begun" ? "CONFLICT" : "CONFLICT_ENDED";
    const environment = {
      ...routerEnvironment(instance, event.priority),
      ...conflictEnvironment(event),
    };
    return { word, followers: [hooks.conflict], environment, final: false };
  }
  const state = STATE_NAMES[event.to];
  return {
    word: STATE_WORDS[event.to],
    followers: [hooks[state], hooks.change],
    environment: transitionEnvironment(instance, event),
    final: state === "stop",
  };
}

/** What those who follow a transition learn beside their arguments. */
export const transitionEnvironment = (
  instance: VrrpInstance,
  { from, to, cause, priority }: VrrpTransition,
): Record<string, string> => ({
  ...routerEnvironment(instance, priority),
  VIPKIT_STATE: STATE_WORDS[to],
  VIPKIT_FROM: from.toUpperCase(),
  VIPKIT_CAUSE: cause.kind,
});

function routerEnvironment(instance: VrrpInstance, priority: number): Record<string, string> {
  const { name, ifName, family, config } = instance;
  return {
    VIPKIT_INSTANCE: name,
    VIPKIT_INTERFACE: ifName,
    VIPKIT_VRID: `${config.vrid}`,
    VIPKIT_FAMILY: `ipv${family}`,
    VIPKIT_PRIORITY: `${priority}`,
    VIPKIT_VIPS: heldVips(instance).map(formatCidr).join(" "),
  };
}

const conflictEnvironment = ({
  state,
  conflict,
  ourMac,
}: VrrpConflictEvent): Record<string, string> => ({
  VIPKIT_STATE: "MASTER", // there is no conflict else
  VIPKIT_CONFLICT: conflict.kind,
  VIPKIT_CONFLICT_STATE: state.toUpperCase(),
  VIPKIT_CONFLICT_VIP: conflict.vip ?? "",
  VIPKIT_CONFLICT_SOURCE: conflict.source ?? "",
  VIPKIT_CONFLICT_MAC: conflict.mac,
  VIPKIT_CONFLICT_OUR_MAC: ourMac,
});

const STATE_NAMES = {
  init: "stop",
  backup: "backup",
  master: "master",
  fault: "fault",
} as const satisfies Record<VrrpState, keyof VrrpHooks>;
