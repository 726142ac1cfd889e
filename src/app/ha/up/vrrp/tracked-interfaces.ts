/** The interfaces that virtual routers track: up while there is a carrier. */
import type { Closable } from "../../../../io/ports.ts";
import { type InterfaceState, troubleOf } from "../../../vrrp/interface-watch.ts";
import type { Interfaces } from "../../../vrrp/interfaces.ts";
import type { TrackedNews } from "../messages.ts";
import type { HaPlan } from "../plan/plan.ts";

/** Tells how each of them is, and of every change from now on. @throws SystemError, with nothing left open */
export function trackInterfaces(
  names: ReadonlySet<string>,
  interfaces: Interfaces,
  tell: (news: TrackedNews) => void,
): Closable {
  const watches: Closable[] = [];
  const close = (): void => {
    for (const watch of watches.splice(0)) watch.close();
  };
  try {
    for (const name of names) {
      let told: TrackedNews["state"] | undefined;
      const follow = ({ link }: InterfaceState): void => {
        const state = troubleOf(link) === undefined ? "up" : "down";
        if (state === told) return;
        told = state;
        tell({ kind: "interface", name, state });
      };
      const onTrouble = (): void => {}; // it is read again soon
      watches.push(interfaces.follow(name, { onChange: follow, onTrouble }));
      follow(interfaces.stateOf(name));
    }
  } catch (error) {
    close();
    throw error;
  }
  return { close };
}

/** Those that any router tracks. */
export const interfacesTracked = ({ routers }: Pick<HaPlan, "routers">): ReadonlySet<string> =>
  new Set(
    routers.flatMap(({ trackers }) =>
      trackers.filter(({ kind }) => kind === "interface").map(({ name }) => name),
    ),
  );
