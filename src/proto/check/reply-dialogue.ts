/** Conversations of commands and coded replies: one line is said, one reply is heard (RFC 5321, RFC 959). */
import { type Dialogue, type DialogueFact, type DialogueOrder, excerpt } from "./dialogue.ts";
import { type CodedLines, type Reply, ReplyReader } from "./reply-reader.ts";
import { type CheckFinding, down } from "./result.ts";

/** What a script wants next: a reply, to what it says or to nothing; or TLS. */
export type ReplyStep =
  | { readonly kind: "ask"; readonly line: string | null; readonly awaited: string }
  | { readonly kind: "start-tls" };

/** Gets the reply to each `ask`, the one before again after `start-tls`. */
export type ReplyScript = Generator<ReplyStep, CheckFinding, Reply>;

/** Says a line. @param awaited as it is told: it may keep a secret back */
export function* ask(
  line: string | null,
  awaited = `the reply to ${line ?? "nothing"}`,
): Generator<ReplyStep, Reply, Reply> {
  return yield { kind: "ask", line, awaited };
}

/** @param expect that it must have. @returns what it says, or why it will not do */
export function bannerOf(greeting: Reply, expect: RegExp | null): string | CheckFinding {
  if (greeting.code !== 220) return refusedReply(greeting, "the connection is");
  const banner = greeting.lines.join("\n");
  if (expect === null || expect.test(banner)) return banner;
  return down("L7STS", `another greeting: ${excerpt(banner)}`, { banner });
}

/** Over to TLS, where the service consents. @returns its refusal */
export function* goOverToTls(
  command: string,
  consent: number,
  facts: CheckFinding["facts"],
): Generator<ReplyStep, CheckFinding | undefined, Reply> {
  const reply = yield* ask(command);
  if (reply.code !== consent) return refusedReply(reply, command, facts);
  yield { kind: "start-tls" };
  return undefined;
}

/** 4xx and 5xx say no; another code than the wanted one makes no sense here. @param to what it replies */
export function refusedReply(
  reply: Reply,
  to: string,
  facts: CheckFinding["facts"] = {},
): CheckFinding {
  const text = excerpt(`${reply.code} ${reply.lines.join(" ")}`.trim());
  return reply.code >= 400
    ? down("L7STS", `${to} refused: ${text}`, { ...facts, code: reply.code })
    : down("L7RSP", `${to} answered by ${text}`, { ...facts, code: reply.code });
}

export class ReplyDialogue implements Dialogue {
  readonly farewell = lineOf("QUIT");
  awaited = "waiting for a connection";
  readonly #script: ReplyScript;
  readonly #reader: ReplyReader;
  #last: Reply = { code: 0, lines: [] };
  #isDone: boolean = false;

  constructor(script: ReplyScript, coded: CodedLines) {
    this.#script = script;
    this.#reader = new ReplyReader(coded);
  }

  handle(fact: DialogueFact): readonly DialogueOrder[] {
    if (this.#isDone) return [];
    switch (fact.kind) {
      case "connected":
        return this.#goOn();
      case "secured":
        return this.#goOn();
      case "closed":
        return this.#end(down("L7RSP", `connection closed, ${this.awaited}`));
      case "received":
        return this.#hear(fact.bytes);
    }
  }

  #hear(bytes: Uint8Array): readonly DialogueOrder[] {
    const replies = this.#reader.take(bytes);
    if (typeof replies === "string") return this.#end(down("L7RSP", replies));
    const [reply, another] = replies;
    if (reply === undefined) return [];
    // Before TLS begins this would be somebody else's text, taken for the server's own (RFC 3207).
    if (another !== undefined || this.#reader.isAmid)
      return this.#end(down("L7RSP", `more was said than asked for, behind ${reply.code}`));
    this.#last = reply;
    return this.#goOn();
  }

  #goOn(): readonly DialogueOrder[] {
    const next = this.#script.next(this.#last);
    if (next.done === true) return this.#end(next.value);
    const step = next.value;
    if (step.kind === "start-tls") {
      this.awaited = "waiting for the TLS handshake";
      return [step];
    }
    this.awaited = `waiting for ${step.awaited}`;
    return step.line === null ? [] : [{ kind: "send", bytes: lineOf(step.line) }];
  }

  #end(finding: CheckFinding): readonly DialogueOrder[] {
    this.#isDone = true;
    return [{ kind: "finish", finding }];
  }
}

function lineOf(text: string): Uint8Array {
  return new TextEncoder().encode(`${text}\r\n`);
}
