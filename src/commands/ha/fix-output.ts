/** What `--fix` and `ha fmt` have changed or would change, told to people. */
import type { FileRewrite } from "../../app/ha/rewrite-file.ts";
import { unifiedDiff } from "../../config/unified-diff.ts";
import { printable } from "../../core/printable.ts";
import type { Context } from "../define.ts";

/** As patch(1) reads it; a terminal obeys nothing of it. */
export function tellDiff(
  { path, lines, rewrite }: FileRewrite,
  { stdout, columns }: Pick<Context, "stdout" | "columns">,
): void {
  for (const line of unifiedDiff(path, lines, rewrite)) {
    stdout(columns === undefined ? line : line.split("\t").map(printable).join("\t"));
  }
}

/** Whether a file stands in the directory of another one or below. */
export function isBelow(path: string, main: string): boolean {
  const directory = main.slice(0, main.lastIndexOf("/") + 1);
  return (
    path.startsWith(directory) &&
    !path.slice(directory.length).split("/").includes("..") &&
    (directory !== "" || !path.startsWith("/"))
  );
}
