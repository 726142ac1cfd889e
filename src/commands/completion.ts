/** `vipkit completion`: a completion script for the user's shell, made from the definitions. */
import { defineCommand } from "./define.ts";
import { ExitCode } from "./exit-code.ts";
import { choice } from "./option.ts";

export const completion = defineCommand({
  name: "completion",
  summary: "Print a completion script for a shell",
  description: ["Prints a script that makes the shell complete vipkit's commands and options."],
  positionals: {
    shell: choice(["bash", "zsh", "fish"], { value: "SHELL", required: true, describe: "Shell" }),
  },
  options: {},
  examples: [["completion bash", "Print the script for bash"]],
  async run({ shell }, ctx) {
    ctx.stdout(shell);
    return ExitCode.ok;
  },
});
