/** The `resolveName` port: getaddrinfo(3), so that /etc/hosts and nsswitch.conf count. */
import { lookup } from "node:dns/promises";
import { parseIp } from "../core/addr.ts";
import { SystemError } from "../core/errors.ts";
import type { ResolveName } from "./ports.ts";

/** The look-up itself cannot be stopped: who waits for it is let go. */
export const resolveName: ResolveName = async (name, family, signal) => {
  signal.throwIfAborted();
  let stop = (): void => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
  });
  signal.addEventListener("abort", stop);
  try {
    const found = await Promise.race([lookup(name, { all: true, family: family ?? 0 }), stopped]);
    return found.flatMap(({ address }) => parseIp(address) ?? []);
  } catch (error) {
    if (signal.aborted) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? "EAI_FAIL";
    throw new SystemError("look up", name, code, WORDS[code] ?? "");
  } finally {
    signal.removeEventListener("abort", stop);
  }
};

const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: "no such name",
  EAI_NONAME: "no such name",
  EAI_AGAIN: "no name server could say",
  EAI_FAIL: "the name server failed",
};
