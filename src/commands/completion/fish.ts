/** The completion script for fish, see complete(1) of fish. */
import type { Command } from "../define.ts";
import {
  type CommandWords,
  commandWords,
  firstWords,
  type Offer,
  secondWords,
} from "./vocabulary.ts";

export function fishCompletion(commands: readonly Command[]): string {
  const first = firstWords(commands).flatMap((word) => [
    offerWord("", word),
    offerWord("help", word),
  ]);
  const second = secondWords(commands).flatMap(([group, words]) =>
    words.flatMap((word) => [offerWord(group, word), offerWord(`help ${group}`, word)]),
  );
  return `# fish completion for vipkit; made by: vipkit completion fish
function __vipkit_at --description 'the words so far are exactly these'
  set -l words (commandline -opc)[2..]
  test "$words" = "$argv"
end
function __vipkit_in --description 'the words so far begin with these'
  set -l words (commandline -opc)[2..]
  string match -q -- "$argv *" "$words "
end
function __vipkit_behind --description 'the word before the cursor is this one'
  test (commandline -opc)[-1] = $argv[1]
end
complete -c vipkit -f
${[...first, ...second, ...commands.flatMap((command) => commandLines(commandWords(command)))].join("\n")}`;
}

const offerWord = (path: string, [word, about]: readonly [string, string]): string =>
  `complete -c vipkit -n ${quoted(`__vipkit_at ${path}`.trim())} -a ${word} -d ${quoted(about)}`;

function commandLines({ name, options, positionals }: CommandWords): string[] {
  const here = `__vipkit_in ${name}`;
  const written = options.flatMap(({ name: long, short, describe, keyword, offer }) => {
    const letter = short === undefined ? "" : ` -s ${short}`;
    const about = `-d ${quoted(describe)}`;
    const value = offer === undefined ? "" : ` ${behind(offer)}`;
    const lines = [`complete -c vipkit -n ${quoted(here)}${letter} -l ${long}${value} ${about}`];
    if (keyword !== undefined && offer !== undefined) {
      const after = quoted(`${here}; and __vipkit_behind ${keyword}`);
      lines.push(`complete -c vipkit -n ${quoted(here)} -a ${keyword} ${about}`);
      lines.push(`complete -c vipkit -n ${after} ${behind(offer)}`);
    }
    return lines;
  });
  const bare = positionals.flatMap((offer) =>
    offer.kind === "nothing" ? [] : [`complete -c vipkit -n ${quoted(here)} ${behind(offer)}`],
  );
  return [...written, ...bare];
}

function behind(offer: Offer): string {
  switch (offer.kind) {
    case "words":
      return `-x -a ${quoted(offer.words.join(" "))}`;
    case "interfaces":
      return "-x -a '(path basename /sys/class/net/*)'";
    case "files":
      return "-r -F";
    case "nothing":
      return "-x";
  }
}

const quoted = (text: string): string => `'${text.replace(/['\\]/g, "\\$&")}'`;
