/** The syslog daemon by /dev/log, and whether a descriptor leads to the journal of systemd (systemd.exec(5)). */
import { fstatSync } from "node:fs";
import { SystemError } from "../core/errors.ts";
import { DatagramSocket } from "./datagram-socket.ts";
import { AF_UNIX } from "./sockaddr.ts";
import { SOCK_DGRAM } from "./socket-numbers.ts";

/** By a socket of its own: one that was kept would stay with a daemon that was started anew. */
export function sendSyslog(datagram: Uint8Array, path = "/dev/log"): boolean {
  let socket: DatagramSocket | undefined;
  try {
    socket = new DatagramSocket(AF_UNIX, SOCK_DGRAM, 0, path);
    socket.send(datagram, { family: "unix-path", path });
    return true;
  } catch (error) {
    if (error instanceof SystemError) return false; // nobody is there, or it has too much to read
    throw error;
  } finally {
    socket?.close();
  }
}

/** @param said of JOURNAL_STREAM: device and inode; who has it may have another descriptor there */
export function isJournal(said: string | undefined, fd: number): boolean {
  const [, device, inode] = /^(\d+):(\d+)$/.exec(said ?? "") ?? [];
  if (device === undefined || inode === undefined) return false;
  try {
    const { dev, ino } = fstatSync(fd, { bigint: true });
    return dev === BigInt(device) && ino === BigInt(inode);
  } catch {
    return false; // it is closed
  }
}
