/** A port of loopback that nobody listens to now. */
import { createServer } from "node:net";

export async function freePort(): Promise<number> {
  const trial = createServer();
  await new Promise<void>((resolve) => trial.listen(0, "127.0.0.1", resolve));
  const { port } = trial.address() as { readonly port: number };
  await new Promise((resolve) => trial.close(resolve));
  return port;
}
