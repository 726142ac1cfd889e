/** `ipvs adm`: the command line of ipvsadm(8), for scripts that were written for it. */
import { type AdmOutcome, readAdm, runAdm } from "../../app/ipvs/adm.ts";
import { IpvsKernel } from "../../app/ipvs/kernel.ts";
import { counted } from "../../core/counted.ts";
import { printable } from "../../core/printable.ts";
import { VERSION } from "../../version.ts";
import { type Context, defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { list } from "../option.ts";
import { reasonOf } from "../report.ts";
import { admManual } from "./adm-manual.ts";

export const ipvsAdm = defineCommand({
  name: "ipvs adm",
  summary: "Do what a command line of ipvsadm asks for",
  description: [
    "Takes the letters and long options of ipvsadm 1.31 as they are, so that scripts go on working. What is listed and saved looks as it does there with -n. Without any word it lists.",
  ],
  manual: admManual,
  positionals: {
    words: list({ value: "WORD", verbatim: true, describe: "As ipvsadm(8) has them" }, String),
  },
  options: {},
  examples: [
    ["ipvs adm -A -t 192.0.2.1:80 -s rr", "Add a service"],
    ["ipvs adm -a -t 192.0.2.1:80 -r 10.0.0.1:8080 -m -w 2", "Add a real server to it"],
    ["ipvs adm -L -n --stats", "List all with their counters"],
  ],
  exitStatus: {
    0: "Done.",
    1: "There is no such service to be listed.",
    2: "The words are wrong, or the kernel refuses it.",
  },
  seeAlso: ["ipvsadm(8)"],
  async run({ words }, { ports, stdout, stderr, drained, signal }) {
    const command = readAdm(words);
    if (command.kind === "help" || command.kind === "version") {
      stdout(`vipkit ${VERSION}, with the words of ipvsadm 1.31`);
      return ExitCode.ok;
    }
    const kernel = new IpvsKernel(ports);
    try {
      const tell = async (lines: string): Promise<void> => {
        stdout(lines);
        await drained();
      };
      return exitCodeOf(
        await runAdm(kernel, command, { files: ports.files, tell, signal }),
        stderr,
      );
    } finally {
      kernel.close();
    }
  },
});

function exitCodeOf(outcome: AdmOutcome, stderr: Context["stderr"]): number {
  const tell = (line: string): void => stderr(`vipkit ipvs adm: ${printable(line)}`);
  switch (outcome.kind) {
    case "done":
      return ExitCode.ok;
    case "absent":
      tell("there is no such service");
      return ExitCode.negative;
    case "restored": {
      const { lines, mistakes, refused } = outcome;
      for (const { line, column, message } of mistakes.first)
        tell(`<stdin>:${line}:${column}: ${message}`);
      if (mistakes.count > 0) tell(`${counted(mistakes.count, "mistake")}: nothing was done`);
      for (const { line, error } of refused.slice(0, MOST_TOLD))
        tell(`<stdin>:${line}: ${reasonOf(error)}`);
      if (refused.length > 0)
        tell(`${refused.length} of ${counted(lines, "command")} refused, all others done`);
      return mistakes.count + refused.length === 0 ? ExitCode.ok : ExitCode.unknown;
    }
  }
}

const MOST_TOLD = 20;
