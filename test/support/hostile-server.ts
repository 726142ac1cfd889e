/** Servers that a check must get away from, each in one way; ports of loopback that the kernel chooses. */
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { TestContext } from "node:test";

export interface LoopbackServer {
  readonly port: number;
  /** What each client that has gone left behind: how it went, and what it sent. */
  readonly gone: { readonly how: "fin" | "rst"; readonly sent: string }[];
  /** Until so many have gone. */
  whenGone(count: number): Promise<void>;
}

/** @param run with each client */
export async function serveLoopback(
  t: TestContext,
  run: (socket: Socket) => void,
): Promise<LoopbackServer> {
  const sockets = new Set<Socket>();
  const gone: LoopbackServer["gone"] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    let sent = "";
    let how: "fin" | "rst" = "fin";
    socket.on("data", (bytes) => {
      sent += bytes.toString("latin1");
    });
    socket.on("end", () => socket.end());
    socket.on("error", () => {
      how = "rst";
    });
    socket.on("close", () => {
      sockets.delete(socket);
      gone.push({ how, sent });
      server.emit("gone");
    });
    run(socket);
  });
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    gone,
    async whenGone(count) {
      while (gone.length < count) await once(server, "gone");
    },
  };
}

/** How a hostile server behaves to each client. */
export const HOSTILE: Readonly<Record<string, (socket: Socket) => void>> = {
  silent: () => {},
  dripping: (socket) => {
    const timer = setInterval(() => socket.write("x"), 20);
    socket.on("close", () => clearInterval(timer));
  },
  endless: (socket) => {
    const line = "y".repeat(65_536);
    const more = (): void => {
      while (!socket.destroyed && socket.write(line));
    };
    socket.on("drain", more);
    more();
  },
  zeros: (socket) => void socket.write(Buffer.alloc(1000)),
  escapes: (socket) => void socket.write("\x1b]0;owned\x07\x9b2J\r\n"),
  leaving: (socket) => void socket.end(),
  cutting: (socket) => void socket.resetAndDestroy(),
};
