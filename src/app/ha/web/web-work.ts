/** The process that shows a running `ha up` over HTTP: a client of its control socket, like any other. */
import { SystemError } from "../../../core/errors.ts";
import type { Cancel, Closable, Endpoint, Ports } from "../../../io/ports.ts";
import type { FromChild, ToWeb } from "../up/messages.ts";
import type { Work } from "../up/process.ts";
import { Site, type SiteOptions } from "./site.ts";

export interface WebOptions extends SiteOptions {
  readonly at: Endpoint;
}

export function webWork(
  options: WebOptions,
  ports: Ports,
  tell: (message: FromChild) => void,
): Work<ToWeb> {
  const site = new Site(options, ports);
  let server: Closable | undefined;
  let cancel: Cancel = () => {};
  let isRefused: boolean = false;
  let isOver: boolean = false;
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const open = async (): Promise<void> => {
    try {
      const opened = await ports.serveWeb(options.at, (request) => site.answer(request));
      if (isOver) opened.close();
      else server = opened;
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      if (!isRefused) tell({ kind: "trouble", text: `${error.message}: tried again until it can` });
      isRefused = true;
      cancel = ports.clock.at(ports.clock.nowMs() + RETRY_MS, () => void open());
    }
  };
  return {
    ended,
    hear: () => void open(),
    answer: async () => ({ error: "this is the process of the web server" }),
    stop: end,
    abandon: end,
    close: () => {
      isOver = true;
      cancel();
      server?.close();
    },
  };
}

const RETRY_MS = 1000;
