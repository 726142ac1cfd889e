/**
 * Something of the kernel that is read anew whenever it tells of a change or has lost count of its
 * notifications. What a notification says is never believed alone.
 */
import { SystemError } from "../../core/errors.ts";
import type { Cancel, Closable, NetlinkEvent, Ports } from "../../io/ports.ts";

export interface KernelSubject {
  readonly groups: readonly number[]; // of notifications, RTNL_GROUPS
  /** Whether this one may be of what is read. */
  concerns(event: NetlinkEvent & { readonly kind: "message" }): boolean;
  /** Reads it and hands it on; several notifications at once make one call. */
  read(): void;
  /** What `read` threw: it is called again soon. */
  onTrouble(error: SystemError): void;
}

export interface KernelWatch extends Closable {
  /** Without waiting for a notification. */
  readNow(): void;
}

export function watchKernel(
  ports: Pick<Ports, "watchNetlink" | "clock">,
  { groups, concerns, read, onTrouble }: KernelSubject,
): KernelWatch {
  const { clock } = ports;
  let due = false;
  let closed = false;
  let cancelRetry: Cancel = () => {};
  const readNow = (): void => {
    due = false;
    if (closed) return;
    cancelRetry();
    try {
      read();
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      cancelRetry = clock.at(clock.nowMs() + RETRY_MS, readNow);
      onTrouble(error);
    }
  };
  const watch = ports.watchNetlink(groups, (event) => {
    if (due || (event.kind !== "lost" && !concerns(event))) return;
    due = true;
    queueMicrotask(readNow);
  });
  return {
    readNow,
    close: () => {
      closed = true;
      cancelRetry();
      watch.close();
    },
  };
}

const RETRY_MS = 1000;
