/** The process that runs what may be slow: programs of the user's, by which routers and servers are judged, and that follow what becomes of them. */
import type { Ports } from "../../../../io/ports.ts";
import type { VrrpState } from "../../../../proto/vrrp/facts.ts";
import { FileWatch } from "../../../file-watch.ts";
import type { FromChild, ToCheckers, TrackedNews } from "../messages.ts";
import { Notifier } from "../notify/notifier.ts";
import { ownProcess } from "../own-process.ts";
import type { Work } from "../process.ts";
import { AmendedPlan } from "../servers/amended-plan.ts";
import type { ServerCare } from "../servers/service-steering.ts";
import { VirtualServers } from "../servers/virtual-servers.ts";
import { TrackedThings } from "./tracked-things.ts";

export interface CheckersOutside {
  /** 0..1, evenly */
  readonly random: () => number;
  /** `runProgram` for each vrrp_script: some may need no process of their own. */
  readonly runScript: Ports["runProgram"];
  readonly care: ServerCare;
  readonly keepsIpvs: boolean; // at the end virtual servers stay in IPVS
}

export function checkersWork(
  ports: Ports,
  { random, runScript, keepsIpvs, care }: CheckersOutside,
  tell: (message: FromChild) => void,
): Work<ToCheckers> {
  const news = (one: TrackedNews): void => {
    tell({ kind: "tracked", news: [one] });
    if (one.kind === "file") servers.hearFile(one.name, Number(one.state));
  };
  const trouble = (text: string): void => tell({ kind: "trouble", text });
  const files = new FileWatch(ports, () => tell({ kind: "files-changed" }));
  const tracked = new TrackedThings(ports, runScript, news, trouble);
  const become = ownProcess("checkers", ports, trouble);
  let notifier: Notifier | undefined;
  let states = new Map<string, VrrpState>(); // of virtual routers
  const servers = new VirtualServers(ports, random, care, {
    channels: () => notifier?.servers,
    onNews: (told) => tell({ kind: "servers", news: told }),
    onTrouble: trouble,
  });
  const amended = new AmendedPlan(care, ports, {
    onPlan: (plan, known) => servers.apply(plan, known),
    onTrouble: trouble,
  });
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    ended,
    hear(message) {
      if (message.kind === "weights") {
        servers.weigh(message.weights);
        return;
      }
      if (message.kind !== "plan") {
        notifier?.hear(message);
        if (message.kind === "router" && message.event.type === "transition") {
          states.set(message.instance, message.event.to);
          servers.hearStates(states);
        }
        return;
      }
      const { plan, known, watched } = message;
      states = new Map(message.states);
      servers.hearStates(states);
      become(plan);
      if (notifier === undefined) notifier = new Notifier(plan, message.states, ports, trouble);
      else notifier.amend(plan);
      servers.weigh(message.weights);
      amended.go(plan.lvs, message.servers);
      tracked.apply(plan, known);
      files.follow(watched);
    },
    answer: async ({ kind }) => {
      if (kind === "scripts") return { scripts: tracked.scripts };
      if (kind === "services") return { services: servers.records, ipvs: servers.ipvsTrouble };
      return { error: "this is the process of the checks" };
    },
    stop: () => {
      amended.close();
      void Promise.all([servers.finish(!keepsIpvs), notifier?.finish()]).then(end);
    },
    abandon() {
      servers.hurry(!keepsIpvs);
      notifier?.hurry();
    },
    close: () => {
      files.close();
      tracked.close();
      amended.close();
      servers.close();
      notifier?.close();
    },
  };
}
