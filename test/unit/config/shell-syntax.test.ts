/** Commands that somebody wrote for a shell, which there is none. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readConf } from "../../support/conf.ts";

const found = (script: string): string[] =>
  readConf("vrrp_script s {", `script ${script}`, "}").found.filter((line) =>
    line.includes("vk240"),
  );

test("operators, redirections and what a shell replaces are told, once for a command", () => {
  const AT = "a.conf:2:8 vk240";
  assert.deepEqual(found('"/bin/a x | /bin/b > /c"'), [
    `${AT} '|' is an argument of /bin/a: no shell reads the command of 'script'`,
  ]);
  for (const syntax of ["&& b", "|| b", "; b", "> /c", ">>/c", "2>&1", "&>/c", "< /c", "x; b"]) {
    assert.equal(found(`"/bin/a ${syntax}"`).length, 1, syntax);
  }
  for (const syntax of ["$(cat", "`cat", "$HOME", "&"]) {
    assert.equal(found(`"/bin/a ${syntax}"`).length, 1, syntax);
  }
  assert.deepEqual(found('"LANG=C /bin/a"'), [
    `${AT} 'LANG=C' is taken for the program: no shell reads the command of 'script'`,
  ]);
});

test("what a program may want as it is, and what a shell gets, is not", () => {
  const plain = [
    `"/bin/sh -c 'a | b > /c'"`,
    `"/bin/grep -E a|b /c"`,
    `"/bin/grep '|' /c"`,
    `"/bin/a http://h/?x=1&y=2"`,
    `"/usr/bin/find /x -exec ls {} ;"`,
    "</dev/tcp/127.0.0.1/80",
    "/bin/a",
  ];
  for (const command of plain) assert.deepEqual(found(command), [], command);
});
