/** Whether the kernel tells this test of processes. */
import { SystemError } from "../../src/core/errors.ts";
import { watchProcesses } from "../../src/io/process-watch.ts";

/** Why it does not, in one line; false when it does. Usable as the `skip` of a test. */
export function processEventsMissing(): string | false {
  try {
    watchProcesses(() => {}).close();
    return false;
  } catch (error) {
    if (error instanceof SystemError) return error.message;
    throw error;
  }
}
