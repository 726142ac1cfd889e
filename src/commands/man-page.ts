/** Man pages in roff, see man(7), made from the definitions of the commands. */
import { VERSION } from "../version.ts";
import type { Command } from "./define.ts";
import { EXIT_MEANINGS } from "./exit-code.ts";
import type { Option } from "./option.ts";
import { globalOptions } from "./options.ts";
import { optionText, positionalLabel, usageParts } from "./usage.ts";

export interface ManPage {
  readonly fileName: string;
  readonly roff: string;
}

/** Every page there is: the overview and one for each command. */
export const manPages = (commands: readonly Command[]): ManPage[] => [
  { fileName: "vipkit.1", roff: overview(commands) },
  ...commands.map((command) => ({ fileName: `${pageName(command)}.8`, roff: page(command) })),
];

function page(command: Command): string {
  const { positionals, options, examples, seeAlso = [] } = command;
  const { manual = {}, files = {}, environment = {} } = command;
  return roff([
    title(pageName(command), 8),
    section("NAME", [`${escaped(pageName(command))} \\- ${escaped(command.summary)}`]),
    section("SYNOPSIS", synopsis(command)),
    section("DESCRIPTION", [
      ...paragraphs(command.description),
      ...Object.entries(manual).flatMap(([heading, texts]) => subsection(heading, texts)),
    ]),
    section("OPTIONS", [
      ...Object.entries(positionals).flatMap(([name, option]) =>
        tagged(italic(positionalLabel(name, option)), optionText(option)),
      ),
      ...optionList({ ...options, ...globalOptions }),
    ]),
    section("EXIT STATUS", exitList({ ...EXIT_MEANINGS, ...command.exitStatus })),
    section("EXAMPLES", exampleList(examples)),
    section("FILES", wordList(files)),
    section("ENVIRONMENT", wordList(environment)),
    section("SEE ALSO", [references(["vipkit(1)", ...seeAlso])]),
  ]);
}

function overview(commands: readonly Command[]): string {
  return roff([
    title("vipkit", 1),
    section("NAME", ["vipkit \\- Keep services reachable"]),
    section("SYNOPSIS", [
      ".B vipkit",
      `${italic("GROUP COMMAND")} [${italic("OPTION")}]...`,
      ".br",
      ".B vipkit help",
      `[${italic("GROUP")} [${italic("COMMAND")}]]`,
      ".br",
      ".B vipkit \\-\\-version",
    ]),
    section("DESCRIPTION", paragraphs(ABOUT)),
    section(
      "COMMANDS",
      commands.flatMap((command) => tagged(bold(`vipkit ${command.name}`), command.summary)),
    ),
    section("OPTIONS", ["Every command has these.", ...optionList(globalOptions)]),
    section("EXIT STATUS", exitList(EXIT_MEANINGS)),
    section("ENVIRONMENT", wordList({ NO_COLOR: "Set and not empty: no colour by default." })),
    section("SEE ALSO", [references(commands.map((command) => `${pageName(command)}(8)`))]),
  ]);
}

const pageName = ({ name }: Command): string => `vipkit-${name.replace(" ", "-")}`;

const roff = (sections: readonly (readonly string[])[]): string =>
  `${sections.flat().join("\n")}\n`;

/** No date: a page is as old as its version. */
const title = (name: string, number: number): string[] => [
  '.\\" Made from the definition of the command by npm run gen; do not edit.',
  `.TH ${escaped(name.toUpperCase())} ${number} "" "vipkit ${VERSION}" "vipkit manual"`,
];

const section = (heading: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`.SH ${heading}`, ...lines];

const subsection = (heading: string, texts: readonly string[]): string[] => [
  `.SS ${escaped(heading)}`,
  ...paragraphs(texts),
];

/** Ragged and without hyphenation: an option is never torn apart. */
const synopsis = (command: Command): string[] => [
  ".nh",
  ".ad l",
  `.B ${escaped(`vipkit ${command.name}`)}`,
  ...usageParts(command).map((part) => escaped(part).replaceAll(" ", "\\~")),
  ".ad",
  ".hy",
];

const paragraphs = (texts: readonly string[]): string[] =>
  texts.flatMap((text, index) => (index === 0 ? sentences(text) : [".PP", ...sentences(text)]));

/** One sentence a line: roff then sets the right space behind each. */
const sentences = (text: string): string[] => text.split(/(?<=[.?!]) (?=[A-Z])/).map(escaped);

const tagged = (tag: string, text: string): string[] => [".TP", tag, ...sentences(text)];

const optionList = (options: Readonly<Record<string, Option<unknown>>>): string[] =>
  Object.entries(options).flatMap(([name, option]) => {
    const names = option.short === undefined ? [`--${name}`] : [`-${option.short}`, `--${name}`];
    const value = option.value === undefined ? "" : ` ${italic(option.value)}`;
    const keyword = option.keyword === undefined ? "" : `, ${bold(option.keyword)}${value}`;
    return tagged(`${names.map(bold).join(", ")}${value}${keyword}`, `${optionText(option)}.`);
  });

const exitList = (meanings: Readonly<Record<number, string>>): string[] =>
  Object.entries(meanings).flatMap(([status, meaning]) => tagged(bold(status), meaning));

const exampleList = (examples: Command["examples"]): string[] =>
  examples.flatMap(([line, explanation], index) => [
    ...(index === 0 ? [] : [".PP"]),
    `${escaped(explanation)}:`,
    ".PP",
    ".RS 4",
    ".nf",
    escaped(`vipkit ${line}`),
    ".fi",
    ".RE",
  ]);

const wordList = (words: Readonly<Record<string, string>>): string[] =>
  Object.entries(words).flatMap(([word, meaning]) => tagged(bold(word), meaning));

/** `arping(8)`, the name in bold, as man pages refer to each other. */
const references = (pages: readonly string[]): string =>
  pages
    .map((name) => name.replace(/^(.+)(\(.+\))$/, (_, word, rest) => bold(word) + rest))
    .join(", ");

const bold = (text: string): string => `\\fB${escaped(text)}\\fR`;
const italic = (text: string): string => `\\fI${escaped(text)}\\fR`;

/** Text that roff neither obeys nor prettifies: dashes stay what a shell wants, quotes too. */
const escaped = (text: string): string =>
  text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("'", "\\(aq")
    .replace(/^\./, "\\&.");

const ABOUT = [
  "vipkit is a set of commands for people who keep services reachable: an address that moves to another host when its own dies (VRRP), virtual addresses, and announcements of where an address lives. It understands keepalived and routers on the wire.",
  "stdout is the answer, stderr is warnings and progress. With --json there is one JSON document for one answer and one line for each record of a stream; errors are JSON on stderr: error (usage, system or bug), code, message, hint, command, exit_code.",
  "A duration carries its unit: 1s, 250ms, 1m30s. A bare number is refused.",
];
