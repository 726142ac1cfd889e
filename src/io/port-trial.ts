/** Whether a TCP port is free, before anything depends on it (node:net). */
import { createServer } from "node:net";
import { formatIp } from "../core/addr.ts";
import { failure } from "./failure.ts";
import type { Endpoint } from "./net-ports.ts";

/** @throws SystemError */
export function tryPort({ ip, port }: Endpoint): Promise<void> {
  const host = formatIp(ip);
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error) => reject(failure("listen", `${host} port ${port}`, error)));
    server.listen({ host, port }, () => server.close(() => resolve()));
  });
}
