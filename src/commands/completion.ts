/** `completion`: a script that teaches the user's shell the commands and options of vipkit. */
import { bashCompletion } from "./completion/bash.ts";
import { fishCompletion } from "./completion/fish.ts";
import { zshCompletion } from "./completion/zsh.ts";
import { defineCommand } from "./define.ts";
import { ExitCode } from "./exit-code.ts";
import { choice } from "./option.ts";

export const completion = defineCommand({
  name: "completion",
  summary: "Print a completion script for a shell",
  description: [
    "Prints a script that makes the shell complete groups, commands, options, their choices and the names of interfaces. It is made from the same definitions as the help, and starts no vipkit while you type.",
    "bash reads it with source; zsh wants a file _vipkit in a folder of its fpath; fish reads files in ~/.config/fish/completions.",
  ],
  positionals: {
    shell: choice(["bash", "fish", "zsh"], {
      value: "SHELL",
      required: true,
      describe: "bash, fish or zsh",
    }),
  },
  options: {},
  examples: [
    ["completion bash", "To be used as: source <(vipkit completion bash)"],
    ["completion zsh", "To be used as: vipkit completion zsh > ~/.zfunc/_vipkit"],
    ["completion fish", "To be used as: vipkit completion fish | source"],
  ],
  exitStatus: { 0: "The script was printed." },
  seeAlso: ["bash(1)", "fish(1)", "zshcompsys(1)"],
  async run({ shell }, ctx) {
    const script = { bash: bashCompletion, fish: fishCompletion, zsh: zshCompletion }[shell];
    ctx.stdout(script(await ctx.commands()));
    return ExitCode.ok;
  },
});
