/** How a command is written: the pieces that help, man page and completion have in common. */
import type { Command } from "./define.ts";
import type { Option, OptionTable } from "./option.ts";
import { globalOptions } from "./options.ts";

/** The command's own options, then those that every command has. */
export const allOptions = (command: Command): OptionTable & typeof globalOptions => ({
  ...command.options,
  ...globalOptions,
});

/** `vip add` as the parts of a command line behind `vipkit vip add`; optional ones in brackets. */
export function usageParts(command: Command): string[] {
  const options = Object.entries(command.options);
  const written = (required: boolean) =>
    options
      .filter(([, option]) => option.required === required)
      .map(([name, option]) => optionPart(name, option));
  return [
    ...Object.entries(command.positionals).map(([name, option]) => positionalPart(name, option)),
    ...written(true),
    ...written(false),
  ];
}

/** `-I, --interface IF`. Without a short form the long ones still stand below each other. */
export function optionLabel(name: string, { short, value }: Option<unknown>): string {
  const dashed = `${short === undefined ? "    " : `-${short}, `}--${name}`;
  return value === undefined ? dashed : `${dashed} ${value}`;
}

/** The description with what the table knows: must it be given, what holds without it. */
export function optionText(option: Option<unknown>): string {
  const notes = [
    option.required ? "required" : "",
    option.many ? "may be given more than once" : "",
    option.default === undefined ? "" : `default ${option.default}`,
  ].filter((note) => note !== "");
  return notes.length === 0 ? option.describe : `${option.describe} (${notes.join("; ")})`;
}

/** What a positional is called: `ADDR`. */
export const positionalLabel = (name: string, option: Option<unknown>): string =>
  option.value ?? name.toUpperCase();

function positionalPart(name: string, option: Option<unknown>): string {
  const label = `${positionalLabel(name, option)}${option.many ? "..." : ""}`;
  return option.required ? label : `[${label}]`;
}

function optionPart(name: string, { short, value, required }: Option<unknown>): string {
  const dashed = short === undefined ? `--${name}` : `-${short}`;
  const part = value === undefined ? dashed : `${dashed} ${value}`;
  return required ? part : `[${part}]`;
}
