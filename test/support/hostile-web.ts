/** A server on loopback that treats each client as it is told to, and says when the client has gone. */
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { TestContext } from "node:test";

export interface HostileServer {
  readonly port: number;
  /** When all clients so far have gone, whether they said goodbye or not. */
  abandoned(): Promise<void>;
}

/** @param treat is called when the first bytes of a client are there */
export async function hostileServer(
  t: TestContext,
  treat: (client: Socket) => void,
): Promise<HostileServer> {
  const gone: Promise<unknown>[] = [];
  const clients = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    clients.add(client);
    gone.push(new Promise((resolve) => client.once("close", resolve)));
    client.on("error", () => {});
    client.once("data", () => treat(client));
    client.on("end", () => client.end());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    for (const client of clients) client.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, abandoned: async () => void (await Promise.all(gone)) };
}

/** Writes the same again and again, as fast as the client takes it. @param first is written before */
export function pour(client: Socket, text: string, first = ""): void {
  client.write(first);
  const go = (): void => {
    while (!client.destroyed && client.write(text));
  };
  client.on("drain", go);
  go();
}

/** One more byte each 10 ms, without an end. */
export function drip(client: Socket, text: string, first = ""): void {
  client.write(first);
  let at = 0;
  const timer = setInterval(() => client.write(text[at++ % text.length] ?? ""), 10);
  client.on("close", () => clearInterval(timer));
}
