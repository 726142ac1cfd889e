/** Help at the terminal: short, for people. The man pages say the same with every detail. */
import { VERSION } from "../version.ts";
import type { Command } from "./define.ts";
import { GROUPS } from "./groups.ts";
import { allOptions, optionLabel, optionText, positionalLabel, usageParts } from "./usage.ts";

/** What there is; with a group only its commands. */
export function overviewHelp(commands: readonly Command[], group?: string): string {
  const shown = commands.filter(({ name }) => group === undefined || name.startsWith(`${group} `));
  const subject =
    group === undefined
      ? `vipkit ${VERSION}: keeps services reachable`
      : `vipkit ${group}: ${GROUPS[group]}`;
  const rows = shown.map(({ name, summary }) => [name, summary] as const);
  return paragraphs(
    subject,
    `Usage: vipkit ${group ?? "GROUP"} COMMAND [options]`,
    columns(rows),
    `vipkit help ${group ?? "GROUP"} COMMAND explains one of them; so does its man page.`,
  );
}

export function commandHelp(command: Command): string {
  const { name, summary, description, positionals, examples } = command;
  const bare = Object.entries(positionals).map(
    ([key, option]) => [positionalLabel(key, option), optionText(option)] as const,
  );
  const options = Object.entries(allOptions(command)).map(
    ([key, option]) => [optionLabel(key, option), optionText(option)] as const,
  );
  return paragraphs(
    `vipkit ${name}: ${summary}`,
    `Usage: ${usageLine(command)}`,
    wrap(description[0] ?? "", WIDTH).join("\n"),
    bare.length === 0 ? "" : columns(bare),
    `Options:\n${columns(options)}`,
    `Examples:\n${examples.map(([line, why]) => `  vipkit ${line}\n      ${why}`).join("\n")}`,
    `More: man vipkit-${name.replace(" ", "-")}`,
  );
}

/** `vipkit vip add ADDR... -I IF [options]`: the optional ones follow below. */
function usageLine(command: Command): string {
  const needed = usageParts(command).filter((part) => !part.startsWith("[-"));
  return ["vipkit", command.name, ...needed, "[options]"].join(" ");
}

const paragraphs = (...texts: readonly string[]): string =>
  texts.filter((text) => text !== "").join("\n\n");

/** Labels left, text right, wrapped; a label that is too long stands on its own line. */
function columns(rows: readonly (readonly [label: string, text: string])[]): string {
  const longest = Math.max(...rows.map(([label]) => label.length));
  const indent = Math.min(longest, LABEL_WIDTH) + 4;
  return rows
    .map(([label, text]) => {
      const wrapped = wrap(text, WIDTH - indent).join(`\n${" ".repeat(indent)}`);
      const head = `  ${label}`;
      return head.length + 2 <= indent
        ? head.padEnd(indent) + wrapped
        : `${head}\n${" ".repeat(indent)}${wrapped}`;
    })
    .join("\n");
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

const WIDTH = 80; // columns
const LABEL_WIDTH = 28;
