/**
 * Connections that we are done with (tcp(7)): we have said that nothing more comes, and wait until the other
 * end says so too. To close at once while something still comes would answer with RST.
 */
import { native } from "./native.ts";

/** Takes over a descriptor; nobody waits for it, and it does not keep the process alive. */
export function sayGoodbye(fd: number): void {
  if (native().shutdown(fd, SHUT_WR) < 0) {
    native().close(fd);
    return;
  }
  leaving.push({ fd, untilMs: performance.now() + GOODBYE_MS, unreadBytes: 0 });
  // Rather cut off one than run out of descriptors.
  if (leaving.length > MOST_LEAVING) native().close((leaving.shift() as Leaving).fd);
  pauseMs = SHORTEST_PAUSE_MS;
  if (timer === undefined) arm();
}

interface Leaving {
  readonly fd: number;
  readonly untilMs: number;
  unreadBytes: number; // that were read away
}

/** Asks each by turns, ever less often: to have the event loop watch each would cost more than its whole check. */
function sweep(): void {
  const nowMs = performance.now();
  const left = leaving.filter((one) => {
    if (nowMs < one.untilMs && !hasGone(one)) return true;
    native().close(one.fd);
    return false;
  });
  if (left.length === leaving.length) pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  leaving = left;
  timer = undefined;
  if (left.length > 0) arm();
}

function arm(): void {
  timer = setTimeout(sweep, pauseMs).unref();
}

/** Reads away what has come, and sees whether that was the end. */
function hasGone(one: Leaving): boolean {
  const bytes = native().recv(one.fd, scratch);
  if (bytes === -EAGAIN) return false;
  one.unreadBytes += bytes;
  return bytes <= 0 || one.unreadBytes > MOST_UNREAD_BYTES;
}

const GOODBYE_MS = 1000;
const MOST_LEAVING = 512;
const MOST_UNREAD_BYTES = 1 << 20;
const SHORTEST_PAUSE_MS = 4;
const LONGEST_PAUSE_MS = 100;
const SHUT_WR = 1;
const EAGAIN = 11;

let leaving: Leaving[] = [];
let timer: NodeJS.Timeout | undefined;
let pauseMs = SHORTEST_PAUSE_MS;
const scratch = new Uint8Array(65_536);
