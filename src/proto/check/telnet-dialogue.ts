/** How a telnet server is checked: every option is refused, and a prompt is waited for (RFC 854, RFC 855). */
import {
  type Dialogue,
  type DialogueFact,
  type DialogueOrder,
  excerpt,
  MOST_BYTES,
} from "./dialogue.ts";
import { down, up } from "./result.ts";

export class TelnetDialogue implements Dialogue {
  readonly farewell = null;
  readonly #prompt: RegExp;
  readonly #decoder = new TextDecoder();
  readonly #refused = new Set<number>(); // verb and option: one refusal is enough (RFC 1143)
  #state: "text" | "iac" | "verb" | "sub" | "sub-iac" = "text";
  #verb = 0;
  #tail = ""; // the end of what was said, as people would read it
  #bytes = 0; // of all

  constructor(prompt: RegExp) {
    this.#prompt = prompt;
  }

  get awaited(): string {
    return `waiting for a prompt, ${this.#heard}`;
  }

  handle(fact: DialogueFact): readonly DialogueOrder[] {
    if (fact.kind === "closed")
      return [finish(down("L7RSP", `connection closed without a prompt, ${this.#heard}`))];
    if (fact.kind !== "received") return [];
    this.#bytes += fact.bytes.length;
    if (this.#bytes > MOST_BYTES) {
      const most = `${MOST_BYTES / 1024} KiB`;
      return [finish(down("L7RSP", `more than ${most} without a prompt, ${this.#heard}`))];
    }
    const { text, replies } = this.#read(fact.bytes);
    const said = this.#decoder.decode(Uint8Array.from(text), { stream: true });
    this.#tail = (this.#tail + said).slice(-MOST_TAIL);
    const orders: DialogueOrder[] =
      replies.length === 0 ? [] : [{ kind: "send", bytes: Uint8Array.from(replies) }];
    const plain = readable(this.#tail);
    if (!this.#prompt.test(plain)) return orders;
    const prompt = excerpt(lastLine(plain));
    const facts = { prompt, options_refused: this.#refused.size };
    return [...orders, finish(up("L7OK", `prompt ${prompt}`, facts))];
  }

  get #heard(): string {
    const line = lastLine(readable(this.#tail));
    return line === "" ? "heard no text" : `heard last: ${excerpt(line)}`;
  }

  /** Takes the commands out of the text. */
  #read(bytes: Uint8Array): { readonly text: number[]; readonly replies: number[] } {
    const [text, replies]: [number[], number[]] = [[], []];
    for (const byte of bytes) {
      switch (this.#state) {
        case "text":
          if (byte === IAC) this.#state = "iac";
          else text.push(byte);
          break;
        case "iac":
          if (byte === IAC) text.push(byte);
          this.#verb = byte;
          this.#state = byte >= WILL && byte < IAC ? "verb" : byte === SB ? "sub" : "text";
          break;
        case "verb":
          replies.push(...this.#refuse(byte));
          this.#state = "text";
          break;
        case "sub":
          if (byte === IAC) this.#state = "sub-iac";
          break;
        case "sub-iac":
          this.#state = byte === SE ? "text" : "sub";
          break;
      }
    }
    return { text, replies };
  }

  #refuse(option: number): readonly number[] {
    const key = this.#verb * 256 + option;
    const answer = this.#verb === WILL ? DONT : this.#verb === DO ? WONT : undefined;
    if (answer === undefined || this.#refused.has(key)) return [];
    this.#refused.add(key);
    return [IAC, answer, option];
  }
}

const finish = (finding: ReturnType<typeof up>): DialogueOrder => ({ kind: "finish", finding });

/** Without NUL and the control sequences of ECMA-48, which colour a prompt. */
const readable = (text: string): string => text.replace(CONTROLS, "");

const lastLine = (text: string): string =>
  text
    .trimEnd()
    .split(/[\r\n]+/)
    .at(-1)
    ?.trim() ?? "";

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /\0|\x1b\[[0-?]*[ -/]*[@-~]/g;
const [SE, SB, WILL, WONT, DO, DONT, IAC] = [240, 250, 251, 252, 253, 254, 255] as const;
const MOST_TAIL = 4096; // characters
