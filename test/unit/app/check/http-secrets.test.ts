import assert from "node:assert/strict";
import { test } from "node:test";
import { authorizationOf, type HttpSecrets } from "../../../../src/app/check/http-secrets.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const NONE: HttpSecrets = {
  user: undefined,
  userFile: undefined,
  bearer: undefined,
  bearerFile: undefined,
  insecure: false,
};
const ports = new FakePorts();
ports.secretFiles.set("user", { text: "me:sécret\n", mode: 0o600 });
ports.secretFiles.set("token", { text: "abc.def\n", mode: 0o600 });
ports.secretFiles.set("open", { text: "me:x\n", mode: 0o644 });
const of = (given: Partial<HttpSecrets>) => authorizationOf({ ...NONE, ...given }, ports);

test("a user is Basic, a token Bearer, of a file the first line", () => {
  assert.equal(of({}), null);
  assert.equal(of({ user: "me:secret" }), "Basic bWU6c2VjcmV0");
  assert.equal(of({ userFile: "user" }), "Basic bWU6c8OpY3JldA==");
  assert.equal(of({ bearer: "abc" }), "Bearer abc");
  assert.equal(of({ bearerFile: "token" }), "Bearer abc.def");
});

test("two of them, a user without a password and a token of two lines are refused unquoted", () => {
  assert.throws(() => of({ user: "a:b", bearer: "c" }), /only one/);
  assert.throws(
    () => of({ user: "s3cret" }),
    ({ message }) => !message.includes("s3cret"),
  );
  assert.throws(
    () => of({ bearer: "s3cret\r\nX: y" }),
    ({ message }) => !/s3cret/.test(message),
  );
});

test("a file that others can read is refused, unless that is accepted", () => {
  assert.throws(() => of({ userFile: "open" }), /chmod 600/);
  assert.equal(of({ userFile: "open", insecure: true }), "Basic bWU6eA==");
});
