/** `ha fmt`: lays a keepalived.conf out, without changing a word that keepalived reads. */
import { type FileRewrite, formatFile, writeRewrite } from "../../app/ha/rewrite-file.ts";
import { hasEscapes, rewritten } from "../../config/text-lines.ts";
import { SystemError, UsageError } from "../../core/errors.ts";
import { printable } from "../../core/printable.ts";
import { type Context, defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { flag } from "../option.ts";
import { quietOption } from "../options.ts";
import { eachFile, filesPositional, namesOf, STDIN, withStdin } from "./conf-options.ts";
import { tellDiff } from "./fix-output.ts";

export const haFmt = defineCommand({
  name: "ha fmt",
  summary: "Lay a keepalived.conf out in one form",
  description: [
    "Indents each FILE by four blanks for a block, puts one blank between words and before braces, an opening brace behind its keyword and the braces of a block of several lines at the ends of lines, and takes away empty lines that follow another one or stand at the end. Comments stay. Without FILE it is /etc/keepalived/keepalived.conf; - goes from standard input to standard output.",
    "What keepalived reads stays the same: the file is read before and after, and stays as it is where one word would differ, or where a brace matches none. Definitions of several lines are left alone inside, so are commands with quotes or backslashes; braces beside definitions and behind @ID stay on their lines. Included files are not followed: name them.",
  ],
  positionals: filesPositional,
  options: {
    check: flag({ describe: "Change nothing, name the files that would be changed" }),
    diff: flag({ describe: "Change nothing, print what would be changed as a unified diff" }),
    ...quietOption,
  },
  examples: [
    ["ha fmt keepalived.conf", "Write it anew, in one form"],
    ["ha fmt --check keepalived.conf", "Whether it is in that form, for a build server"],
    ["ha fmt --diff -", "What would be changed of a text from a pipe"],
  ],
  exitStatus: {
    0: "Each FILE is laid out. With --check or --diff: none would be changed.",
    1: "With --check or --diff: one at least would be changed.",
    2: "A FILE cannot be read, written, or laid out.",
  },
  files: { "/etc/keepalived/keepalived.conf": "Laid out where no FILE is given." },
  seeAlso: ["vipkit-ha-check(8)", "keepalived.conf(5)"],
  async run({ files: given, check, diff, quiet }, ctx) {
    const paths = namesOf(given);
    if (paths.includes(STDIN) && paths.length > 1) throw new UsageError("- stands alone");
    const files = await withStdin(paths, ctx);
    return eachFile(paths, { name: "ha fmt", json: false }, ctx, (path) => {
      const laid = formatFile(path, files);
      const isOther = laid.rewrite.size > 0;
      if (diff && !quiet) tellDiff(laid, ctx);
      else if (check && !quiet && isOther) ctx.stdout(printable(path));
      if (check || diff) return isOther ? ExitCode.negative : ExitCode.ok;
      if (path === STDIN) print(laid, ctx);
      else writeRewrite(laid, ctx.ports.configurationFiles);
      return ExitCode.ok;
    });
  },
});

function print({ lines, rewrite }: FileRewrite, { stdout }: Context): void {
  if (lines.some(hasEscapes)) {
    throw new SystemError("lay out", "standard input", "no-utf8", "is no UTF-8: name the file");
  }
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(rewritten(lines, rewrite));
  if (text !== "") stdout(text.replace(/\n$/, ""));
}
