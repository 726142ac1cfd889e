/** The process that started us to speak with us by messages (node:process, `send`). */
import type { Parent } from "./child-ports.ts";

/** Undefined where we are nobody's child. */
export function parentOfThis(): Parent | undefined {
  if (process.send === undefined) return undefined;
  return {
    send: (message) => {
      if (process.connected) process.send?.(message, undefined, undefined, () => {});
    },
    deliver: (message) =>
      new Promise((resolve) => {
        if (process.connected) process.send?.(message, undefined, undefined, () => resolve());
        else resolve();
      }),
    listen: (onMessage, onGone) => {
      const hear = (message: unknown): void => onMessage(Object(message));
      process.on("message", hear);
      process.on("disconnect", onGone);
      return {
        close: () => {
          process.off("message", hear);
          process.off("disconnect", onGone);
          if (process.connected) process.disconnect();
        },
      };
    },
  };
}
