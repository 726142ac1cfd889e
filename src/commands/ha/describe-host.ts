/** `ha check --describe-host`: what `--as-host` reads on another host. */
import { checkConfiguration } from "../../app/ha/check-configuration.ts";
import { describeHost } from "../../app/ha/describe-host.ts";
import { programsOf } from "../../config/rules/programs.ts";
import { SystemError } from "../../core/errors.ts";
import { formatJson } from "../../core/json.ts";
import type { Context } from "../define.ts";
import { namesOf, type Reading, wishOf, withStdin } from "./conf-options.ts";

/** @param given whose programs are described. @throws SystemError where one of them cannot be read */
export async function tellHost(
  given: readonly string[],
  configId: string | undefined,
  json: boolean,
  ctx: Context,
): Promise<void> {
  const paths = namesOf(given);
  const files = await withStdin(paths, ctx);
  const wish = wishOf(configId, ctx.ports);
  const programs = paths.flatMap((path) => {
    if (given.length === 0 && !isThere(path, files)) return [];
    const { configuration, unread } = checkConfiguration(path, wish, files);
    for (const error of unread) throw error;
    return programsOf(configuration).map(({ name }) => name);
  });
  const host = await describeHost([...new Set(programs)], ctx.ports, ctx.signal);
  if (json) return ctx.stdout(formatJson(host));
  const { stringify } = await import("yaml");
  ctx.stdout(stringify(host, { lineWidth: 0 }).trimEnd());
}

/** A host may be described before it has a configuration. */
function isThere(path: string, files: Pick<Reading, "read">): boolean {
  try {
    files.read(path);
    return true;
  } catch (error) {
    if (error instanceof SystemError && error.code === "ENOENT") return false;
    throw error;
  }
}
