import assert from "node:assert/strict";
import { test } from "node:test";
import { readIpvsadmWords, WordFault } from "../../../../src/proto/ipvs/ipvsadm-words.ts";

const read = (line: string) => {
  const { command, given, bare } = readIpvsadmWords(line.split(" "));
  return [
    command,
    ...[...given].map(([name, { text }]) => (text === "" ? name : `${name}=${text}`)),
    ...bare.map(({ text }) => text),
  ].join(" ");
};

function faultOf(words: readonly string[]): string {
  try {
    readIpvsadmWords(words);
  } catch (error) {
    assert.ok(error instanceof WordFault);
    return `${error.at}: ${error.message}`;
  }
  return "none";
}

const SAME: readonly (readonly [line: string, meaning: string])[] = [
  ["-L -n", "list list numeric"],
  ["-ln", "list list numeric"],
  ["-n -L", "list numeric list"],
  ["--list --numeric", "list list numeric"],
  ["-At10.0.0.1:80 -srr", "add-service add-service tcp-service=10.0.0.1:80 scheduler=rr"],
  ["-A -t x -p", "add-service add-service tcp-service=x persistent"],
  ["-A -t x -p 5", "add-service add-service tcp-service=x persistent=5"],
  ["-A -t x -p5", "add-service add-service tcp-service=x persistent=5"],
  ["-A -t x -p=5", "add-service add-service tcp-service=x persistent=5"],
  ["-A -t x --persistent=5", "add-service add-service tcp-service=x persistent=5"],
  ["-A -t x -p -o", "add-service add-service tcp-service=x persistent ops"],
  ["-A --pe= -t x", "add-service add-service pe tcp-service=x"],
  ["-A -t -5", "add-service add-service tcp-service=-5"],
  ["--set 1 2 3", "set set 1 2 3"],
];

test("words are read as popt reads them for ipvsadm", () => {
  for (const [line, meaning] of SAME) assert.equal(read(line), meaning, line);
});

const FAULTS: readonly (readonly [line: string, fault: string])[] = [
  ["-n", "1: no command: -A, -a, -L or another of ipvsadm(8)"],
  ["foo", "0: no command: -A, -a, -L or another of ipvsadm(8)"],
  ["-L --foo", '1: no such option "--foo"'],
  ["-L --stat", '1: no such option "--stat" (did you mean stats?)'],
  ["-L -z", '1: no such option -"z"'],
  ["-L --stats=5", "1: --stats takes no value"],
  ["-A -t", "1: --tcp-service needs a value"],
  ["-A -t x -t y", "3: --tcp-service is given twice"],
  ["-A -t x -u y", "3: --udp-service and --tcp-service exclude each other"],
  ["-a -t x -m -g", "4: --gatewaying and --masquerading exclude each other"],
  ["-A -L", "1: --list and --add-service exclude each other"],
  ["-C -n", "1: --numeric does not go with --clear"],
  ["-S --daemon", "1: --daemon does not go with --save"],
  ["-d -t x -r y -m", "5: --masquerading does not go with --delete-server"],
  ["-A -t x y", '3: "y" is a word too many'],
  ["--set 1 2 3 4", '4: "4" is a word too many'],
];

test("a fault names its word and what is wrong", () => {
  for (const [line, fault] of FAULTS) assert.equal(faultOf(line.split(" ")), fault, line);
  assert.equal(faultOf(["-A", "-s", "r\0"]), '2: "r\\u0000" has a zero byte');
  assert.equal(faultOf([]), "0: no command: -A, -a, -L or another of ipvsadm(8)");
});
