/** The `resolveName` port: getaddrinfo(3), so that /etc/hosts and nsswitch.conf count. */
import { type Family, type IpBytes, isMappedIp4 } from "../core/addr.ts";
import { SystemError } from "../core/errors.ts";
import { LookUps } from "./look-ups.ts";
import { accepted, native, READABLE } from "./native.ts";
import type { ResolveName } from "./ports.ts";
import { AF_INET, AF_INET6, LITTLE_ENDIAN } from "./sockaddr.ts";

/** The look-up itself cannot be stopped: who waits for it is let go, and the process may end before it. */
export const resolveName: ResolveName = async (name, family, signal) => [
  ...(await LOOK_UPS.find(name, family, signal)),
];

function ask(name: string, family: Family | undefined): Promise<IpBytes[]> {
  return new Promise((resolve, reject) => {
    const domain = family === undefined ? 0 : family === 4 ? AF_INET : AF_INET6;
    const bytes = new TextEncoder().encode(name);
    const fd = accepted(native().lookUp(bytes, domain), "look up", name);
    const onEnd = (): void => {
      const came = native().recvmmsg(fd, scratch, scratch.length);
      native().unwatch(watch);
      native().close(fd);
      const [reply] = typeof came === "number" ? [] : came;
      try {
        resolve(addressesOf(reply?.bytes ?? new Uint8Array(), name));
      } catch (error) {
        reject(error);
      }
    };
    const watch = accepted(native().watch(fd, READABLE, onEnd), "watch", name);
  });
}

/** `struct reply` of native/name.c. @throws SystemError */
function addressesOf(reply: Uint8Array, name: string): IpBytes[] {
  const [head, rest] = [reply.subarray(0, 4), reply.subarray(4)];
  const error =
    head.length < 4 ? EAI_FAIL : new DataView(head.slice().buffer).getInt32(0, LITTLE_ENDIAN);
  if (error !== 0) {
    const [code, words] = ERRORS[error] ?? [`EAI${error}`, "the look-up failed"];
    throw new SystemError("look up", name, code, words);
  }
  return Array.from({ length: rest.length / 16 }, (_, n) => {
    const ip = rest.slice(16 * n, 16 * (n + 1));
    return isMappedIp4(ip) ? ip.slice(12) : ip;
  });
}

const EAI_FAIL = -4;
/** EAI_* of netdb.h. The first ones say that somebody knows, and what. */
const ERRORS: Readonly<Record<number, readonly [code: string, words: string]>> = {
  [-2]: ["ENOTFOUND", "no such name"], // EAI_NONAME
  [-5]: ["ENODATA", "the name has no address"], // EAI_NODATA
  [-9]: ["ENODATA", "the name has no address of this family"], // EAI_ADDRFAMILY
  [-3]: ["EAI_AGAIN", "no name server could say"],
  [EAI_FAIL]: ["EAI_FAIL", "the name server failed"],
};

/** A thread each. */
const LOOK_UPS = new LookUps(ask, 64);
const scratch = new Uint8Array(8192);
