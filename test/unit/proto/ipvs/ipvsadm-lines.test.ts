import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Mistakes, readIpvsadmLines } from "../../../../src/proto/ipvs/ipvsadm-lines.ts";

function read(text: string) {
  const mistakes = new Mistakes();
  const commands = [...readIpvsadmLines(text, mistakes)];
  return {
    commands: commands.map(({ command, line, column }) => `${line}:${column} ${command.kind}`),
    mistakes: mistakes.first.map(({ line, column, message }) => `${line}:${column} ${message}`),
    count: mistakes.count,
  };
}

test("each line is a command, what is empty or a comment none", () => {
  const { commands, count } = read(
    "# all\n\n-A -t 10.0.0.1:80\r\n  ipvsadm -Z # now\n\t-C\nipvsadm\n",
  );
  assert.deepEqual(commands, ["3:1 add-service", "4:11 zero", "5:2 clear"]);
  assert.equal(count, 0);
});

test("a mistake has the place of its word, and the lines behind it are read all the same", () => {
  const { commands, mistakes } = read("ipvsadm -A -t 80\n-A -t 10.0.0.1:80 -w 5\n-D\n-C\n-A -t\n");
  assert.deepEqual(commands, ["4:1 clear"]);
  assert.deepEqual(mistakes, [
    '1:15 --tcp-service "80" is no address with a port: 192.0.2.1:80 or [2001:db8::1]:80',
    "2:22 --weight does not go with --add-service",
    "3:1 --delete-service: which service? -t, -u, --sctp-service or -f",
    "5:4 --tcp-service needs a value",
  ]);
});

test("of many mistakes the first are told and all counted, none with a long line in it", () => {
  const { mistakes, count } = read("foo\n".repeat(100_000));
  assert.deepEqual([mistakes.length, count], [20, 100_000]);
  assert.deepEqual(read(`-A ${"x".repeat(5000)}\n`).mistakes, [
    "1:4097 longer than any line of ipvsadm",
  ]);
});

test("no text throws", () => {
  const word = fc.constantFrom(
    ...["-A", "-a", "-t", "10.0.0.1:80", "-r", "-p", "-M", "64", "-f", "5", "-6", "-b", "=", "--"],
    ...["-i", "--tun-type", "gue", "\u0000", "#", "-", "--set", "ipvsadm", "\n", "-w", "__proto__"],
  );
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(word).map((all) => all.join(" ")),
  );
  fc.assert(fc.property(text, (one) => void read(one)));
});
