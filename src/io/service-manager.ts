/** systemd as it is told how a service is: datagrams to the socket of NOTIFY_SOCKET (sd_notify(3)). */
import { SystemError } from "../core/errors.ts";
import { DatagramSocket } from "./datagram-socket.ts";
import type { ServiceManager } from "./ports.ts";
import { AF_UNIX, type Sockaddr } from "./sockaddr.ts";
import { SOCK_DGRAM } from "./socket-numbers.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Undefined where the environment names none that we could speak with. */
export function serviceManagerOf(env: Environment, pid: number): ServiceManager | undefined {
  const { NOTIFY_SOCKET: name = "", WATCHDOG_USEC, WATCHDOG_PID } = env;
  const rest = name.slice(1);
  if (!/^[@/]./.test(name) || new TextEncoder().encode(name).length > MAX_BYTES) return undefined;
  const address: Sockaddr =
    name[0] === "@" ? { family: "unix", abstractName: rest } : { family: "unix-path", path: name };
  const isMeant = WATCHDOG_PID === undefined || WATCHDOG_PID === `${pid}`;
  const watchdogUs = isMeant ? Number(WATCHDOG_USEC) : Number.NaN;
  return {
    watchdogMs: watchdogUs > 0 ? watchdogUs / 1000 : null,
    tell: (text) => sendTo(address, text),
  };
}

/** Seldom, and by a socket of its own: one that was kept would stay with a manager that is gone. */
function sendTo(address: Sockaddr, text: string): void {
  let socket: DatagramSocket | undefined;
  try {
    socket = new DatagramSocket(AF_UNIX, SOCK_DGRAM, 0, "the service manager");
    socket.send(new TextEncoder().encode(text), address);
  } catch (error) {
    if (!(error instanceof SystemError)) throw error; // who is not there need not be told
  } finally {
    socket?.close();
  }
}

const MAX_BYTES = 107; // struct sockaddr_un
