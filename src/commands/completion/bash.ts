/** The completion script for bash, see "Programmable Completion" in bash(1). */
import type { Command } from "../define.ts";
import {
  type CommandWords,
  commandWords,
  firstWords,
  type Offer,
  secondWords,
} from "./vocabulary.ts";

export function bashCompletion(commands: readonly Command[]): string {
  const second = secondWords(commands).map(
    ([group, words]) => `    ${group} | 'help ${group}') offer="${plain(words)}" ;;`,
  );
  return `# bash completion for vipkit; made by: vipkit completion bash
_vipkit() {
  local offer='' path
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]}
  # bash takes --color=never for three words
  if [[ $cur == = ]]; then
    cur=''
  elif [[ $prev == = ]]; then
    prev=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  path=\${COMP_WORDS[*]:1:COMP_CWORD - 1}
  case $path in
    '' | help) offer="${plain(firstWords(commands))}" ;;
${second.join("\n")}
${commands.map((command) => commandCase(commandWords(command))).join("\n")}
  esac
  COMPREPLY=($(compgen -W "$offer" -- "$cur"))
}
_vipkit_interfaces() {
  local paths=(/sys/class/net/*)
  offer="\${paths[*]##*/}"
}
complete -F _vipkit vipkit`;
}

function commandCase({ name, options, positionals }: CommandWords): string {
  const labelsByAction = new Map<string, string[]>();
  for (const { name: long, short, keyword, offer } of options) {
    if (offer === undefined) continue;
    const labels = [`--${long}`, short && `-${short}`, keyword].filter(
      (label) => label !== undefined,
    );
    labelsByAction.set(action(offer), [...(labelsByAction.get(action(offer)) ?? []), ...labels]);
  }
  const anywhere = [
    ...positionals.flatMap((offer) => (offer.kind === "words" ? offer.words : [])),
    ...options.flatMap(({ keyword }) => keyword ?? []),
    ...options.map((option) => `--${option.name}`),
  ];
  return `    '${name}' | '${name} '*)
      case $prev in
${[...labelsByAction].map(([run, labels]) => `        ${labels.join(" | ")}) ${run} ;;`).join("\n")}
        *) offer='${anywhere.join(" ")}' ;;
      esac
      ;;`;
}

function action(offer: Offer): string {
  switch (offer.kind) {
    case "words":
      return `offer='${offer.words.join(" ")}'`;
    case "interfaces":
      return "_vipkit_interfaces";
    case "files":
      return "compopt -o default";
    case "nothing":
      return "return";
  }
}

const plain = (words: readonly (readonly [string, string])[]): string =>
  words.map(([word]) => word).join(" ");
