/** The ports bound to this machine. Adapters load the native code they need at their first use. */
import { SystemClock } from "./clock.ts";
import { openIpSocket } from "./ip-socket.ts";
import { claimName } from "./name-claim.ts";
import { enterNetns } from "./netns.ts";
import { openPacketSocket } from "./packet-socket.ts";
import type { Ports } from "./ports.ts";

/** To be called once, before anything is opened. @param netns name or path of the namespace to work in */
export function systemPorts(netns: string | undefined): Ports {
  if (netns !== undefined) enterNetns(netns);
  return {
    clock: new SystemClock(),
    claimName,
    openIpSocket,
    openPacketSocket,
    openNetlink: missing,
    watchNetlink: missing,
    runProgram: missing,
    readSysctl: missing,
  };
}

function missing(): never {
  throw new Error("this adapter is not written yet");
}
