/** A web server without an outside: the test is the browser. */
import { formatIp } from "../../src/core/addr.ts";
import { SystemError } from "../../src/core/errors.ts";
import { contentHash } from "../../src/io/content-hash.ts";
import { exposeMetrics } from "../../src/io/exposition.ts";
import type { Endpoint, OnWebRequest, WebAnswer, WebFeed, WebPorts } from "../../src/io/ports.ts";

export class FakeWeb implements WebPorts {
  /** Why nothing can be listened to from now on: errno name. */
  refuse: string | undefined;
  readonly served = new Map<string, OnWebRequest>(); // by ADDR:PORT
  readonly exposeMetrics = exposeMetrics;
  readonly contentHash = contentHash;

  readonly tryPort = async ({ ip, port }: Endpoint): Promise<void> => {
    if (this.refuse !== undefined)
      throw new SystemError("listen", `${formatIp(ip)} port ${port}`, this.refuse);
  };

  readonly serveWeb = async (at: Endpoint, onRequest: OnWebRequest) => {
    await this.tryPort(at);
    const place = `${formatIp(at.ip)}:${at.port}`;
    this.served.set(place, onRequest);
    return { close: () => void this.served.delete(place) };
  };

  async ask(path: string): Promise<WebAnswer | WebFeed> {
    const [onRequest] = this.served.values();
    if (onRequest === undefined) throw new Error("nothing is served");
    return await onRequest({ path });
  }

  /** What is no feed. */
  async get(path: string): Promise<WebAnswer> {
    const answer = await this.ask(path);
    if ("onOpen" in answer) throw new Error(`${path} is a feed`);
    return answer;
  }
}
