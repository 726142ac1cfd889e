/**
 * Something of the kernel that is read anew whenever it tells of a change or has lost count of its
 * notifications. What a notification says is never believed alone.
 */
import type { SystemError } from "../../core/errors.ts";
import type { Closable, NetlinkEvent, Ports } from "../../io/ports.ts";
import { retried } from "./retried.ts";

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
  let due = false;
  const reading = retried(ports.clock, read, onTrouble);
  const readNow = (): void => {
    due = false;
    reading.run();
  };
  const watch = ports.watchNetlink(groups, (event) => {
    if (due || (event.kind !== "lost" && !concerns(event))) return;
    due = true;
    queueMicrotask(readNow);
  });
  return {
    readNow,
    close: () => {
      reading.close();
      watch.close();
    },
  };
}
