/** The `startTls` port. */
import type { Ports } from "./ports.ts";

export const startTls: Ports["startTls"] = async () => {
  throw new Error("not there yet");
};
