/** The completion script for zsh, see _arguments and _describe in zshcompsys(1). */
import type { Command } from "../define.ts";
import {
  type CommandWords,
  commandWords,
  firstWords,
  type Offer,
  secondWords,
} from "./vocabulary.ts";

export function zshCompletion(commands: readonly Command[]): string {
  const second = secondWords(commands).map(([group, words]) => level(group, words));
  return `#compdef vipkit
# zsh completion for vipkit; made by: vipkit completion zsh
_vipkit() {
  local -a offer
  [[ $words[2] == help ]] && (( CURRENT > 2 )) && shift words && (( CURRENT-- ))
  if (( CURRENT == 2 )); then
    offer=(
${described(firstWords(commands))}
    )
    _describe 'command' offer
    return
  fi
  if (( CURRENT == 3 )); then
    case $words[2] in
${second.join("\n")}
    esac
  fi
  case "$words[2,3]" in
${commands.map((command) => commandCase(commandWords(command))).join("\n")}
  esac
}
_vipkit_interfaces() {
  compadd -- /sys/class/net/*(N:t)
}
if [[ $funcstack[1] == _vipkit ]]; then
  _vipkit "$@"
else
  compdef _vipkit vipkit
fi`;
}

const level = (
  group: string,
  words: readonly (readonly [string, string])[],
): string => `      ${group})
        offer=(
${described(words)}
        )
        _describe 'command' offer
        return
        ;;`;

const described = (words: readonly (readonly [string, string])[]): string =>
  words.map(([word, about]) => `      ${quoted(`${word}:${about}`)}`).join("\n");

function commandCase({ name, options, positionals }: CommandWords): string {
  const length = name.split(" ").length;
  const pattern = length === 1 ? `${quoted(name)}\\ *` : quoted(name);
  const lines = options.map(({ name: long, short, describe, repeatable, offer }) => {
    const about = `[${describe.replace(/[[\]\\:]/g, "\\$&")}]`;
    const value = offer === undefined ? "" : `: :${action(offer)}`;
    const names = short === undefined ? [`--${long}`] : [`-${short}`, `--${long}`];
    const others = repeatable ? "*" : `(${names.join(" ")})`;
    return names
      .map((dashed) => {
        const joined = offer !== undefined && dashed.startsWith("--") ? `${dashed}=` : dashed;
        return quoted(`${others}${joined}${about}${value}`);
      })
      .join(" ");
  });
  const bare = positionals.map((offer, index) =>
    quoted(`${index + 1 < positionals.length ? index + 1 : "*"}: :${action(offer)}`),
  );
  return `    ${pattern})
      ${length === 1 ? "shift words; (( CURRENT-- ))" : "shift 2 words; (( CURRENT -= 2 ))"}
      _arguments -s \\
${[...lines, ...bare].map((line) => `        ${line}`).join(" \\\n")}
      ;;`;
}

function action(offer: Offer): string {
  switch (offer.kind) {
    case "words":
      return `(${offer.words.join(" ")})`;
    case "interfaces":
      return "_vipkit_interfaces";
    case "files":
      return "_files";
    case "nothing":
      return " ";
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
