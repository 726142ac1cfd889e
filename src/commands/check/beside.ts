/** Files that are written beside the report: a full disk must not hide that a service is down. */
import { SystemError } from "../../core/errors.ts";
import type { Context } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { reportError } from "../report.ts";

/**
 * @param status the exit status where all is written
 * @throws SystemError of `write`, where that is all that there is to tell; else it is a warning
 */
export async function writeBeside(
  status: number,
  write: () => Promise<void>,
  { stderr }: Pick<Context, "stderr">,
  [command, isJson]: readonly [command: string, isJson: boolean],
): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (status === ExitCode.ok || !(error instanceof SystemError)) throw error;
    stderr(reportError(error, command, isJson).line);
  }
}
