/** The process that runs the virtual routers: nothing else, so that nothing else can delay an advert. */
import type { Ports } from "../../../../io/ports.ts";
import type { FromChild, ToVrrp } from "../messages.ts";
import { ownProcess } from "../own-process.ts";
import type { Work } from "../process.ts";
import { LeaseNews } from "./lease-news.ts";
import { Routers } from "./routers.ts";

export function vrrpWork(
  ports: Ports,
  tell: (message: FromChild) => void,
  live: () => void,
): Work<ToVrrp> {
  let routers: Routers | undefined;
  const leaseNews = new LeaseNews();
  let isMaintained = false;
  let hasToldRunning = false;
  let end: (result: Promise<void> | undefined) => void;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const become = ownProcess("vrrp", ports, (text) => tell({ kind: "trouble", text }));
  return {
    ended,
    hear(message) {
      if (message.kind === "tracked") routers?.note(message.news);
      else if (message.kind === "maintenance") {
        isMaintained = message.isOn;
        routers?.maintain(isMaintained);
      } else if (routers !== undefined) {
        become(message.plan);
        routers.apply(message.plan, () => tell({ kind: "applied" }));
      } else {
        end(
          (async () => {
            const { plan, former } = message;
            become(plan);
            routers = new Routers(plan, former, ports, tell, live);
            routers.maintain(isMaintained);
            routers.run();
            tell({ kind: "applied" });
            await routers.ended;
          })(),
        );
      }
    },
    answer: async (question) => {
      if (question.kind !== "router") return { error: "this is the process of the routers" };
      return (await routers?.answer(question)) ?? { error: "no such router runs" };
    },
    beat() {
      if (routers !== undefined && !hasToldRunning) tell({ kind: "running" });
      hasToldRunning = routers !== undefined;
      const heard = routers?.all.flatMap(({ heardNews }) => heardNews ?? []) ?? [];
      if (heard.length > 0) tell({ kind: "heard", heard });
      const leases = leaseNews.of(routers?.all ?? []);
      if (leases.length > 0) tell({ kind: "leases", leases });
    },
    stop: () => (routers === undefined ? end(undefined) : routers.stop()),
    abandon: () => routers?.abandon(),
    close: () => routers?.close(),
  };
}
