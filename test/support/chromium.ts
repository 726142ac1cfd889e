/** A headless Chromium, spoken with by its DevTools protocol over a pipe. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

/** Why there is none, in one line. */
export const chromiumMissing = (): string | false =>
  spawnSync("chromium", ["--version"]).status === 0 ? false : "needs chromium";

export interface Screen {
  readonly width: number;
  readonly height: number;
  readonly scheme: "light" | "dark";
}

export class Chromium implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #profile = mkdtempSync(join(tmpdir(), "vipkit-chromium-"));
  readonly #open = new Map<number, (message: Answer) => void>();
  /** What the page complains of: errors of scripts, what its policy forbids. */
  readonly complaints: string[] = [];
  #session: string | undefined;
  #latest = 0;

  private constructor() {
    const words = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
    const quiet = ["--no-first-run", "--disable-background-networking", "--disable-sync"];
    this.#child = spawn(
      "chromium",
      [...words, ...quiet, `--user-data-dir=${this.#profile}`, "--remote-debugging-pipe"],
      { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] },
    );
    let rest = "";
    const output = this.#child.stdio[4] as Readable;
    output.setEncoding("utf8").on("data", (chunk: string) => {
      const messages = (rest + chunk).split("\0");
      rest = messages.pop() ?? "";
      for (const message of messages) this.#hear(JSON.parse(message));
    });
    (this.#child.stdio[3] as Writable).on("error", () => {}); // it has ended
  }

  /** @param url of the page that it shows */
  static async open(url: string, screen: Screen): Promise<Chromium> {
    const chromium = new Chromium();
    const { targetId } = await chromium.#ask("Target.createTarget", { url: "about:blank" });
    const attached = await chromium.#ask("Target.attachToTarget", { targetId, flatten: true });
    chromium.#session = attached.sessionId;
    for (const domain of ["Page", "Runtime", "Log"]) await chromium.#ask(`${domain}.enable`);
    await chromium.resize(screen);
    await chromium.#ask("Page.navigate", { url });
    return chromium;
  }

  async resize({ width, height, scheme }: Screen): Promise<void> {
    const size = { width, height, deviceScaleFactor: 1, mobile: false };
    await this.#ask("Emulation.setDeviceMetricsOverride", size);
    const features = [{ name: "prefers-color-scheme", value: scheme }];
    await this.#ask("Emulation.setEmulatedMedia", { features });
  }

  /** What an expression is in the page; a promise is waited for. */
  async value<T>(expression: string): Promise<T> {
    const question = { expression, returnByValue: true, awaitPromise: true };
    const { result, exceptionDetails } = await this.#ask("Runtime.evaluate", question);
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return result?.value as T;
  }

  /** Resolves when an expression is true in the page. */
  async until(expression: string): Promise<void> {
    await this.value(`new Promise((resolve) => {
      const look = () => ((${expression}) ? resolve(true) : setTimeout(look, 20));
      look();
    })`);
  }

  /** PNG, of the whole page. */
  async screenshot(): Promise<Uint8Array> {
    const whole = { format: "png", captureBeyondViewport: true };
    const { cssContentSize } = await this.#ask("Page.getLayoutMetrics");
    const clip = { x: 0, y: 0, ...cssContentSize, scale: 1 };
    const { data } = await this.#ask("Page.captureScreenshot", { ...whole, clip });
    return Buffer.from(data ?? "", "base64");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#send({ id: 0, method: "Browser.close" });
    await ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  async #ask(method: string, params: object = {}): Promise<Result> {
    this.#latest += 1;
    const id = this.#latest;
    const session = this.#session === undefined ? {} : { sessionId: this.#session };
    const { result, error } = await new Promise<Answer>((resolve) => {
      this.#open.set(id, resolve);
      this.#send({ id, method, params, ...session });
    });
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  }

  #send(message: object): void {
    (this.#child.stdio[3] as Writable).write(`${JSON.stringify(message)}\0`);
  }

  #hear(message: Answer): void {
    if (message.id !== undefined) this.#open.get(message.id)?.(message);
    else if (message.method === "Runtime.exceptionThrown" || message.method === "Log.entryAdded")
      this.complaints.push(JSON.stringify(message.params));
  }
}

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: object;
  readonly result?: Result;
  readonly error?: { readonly message: string };
}

interface Result {
  readonly targetId?: string;
  readonly sessionId?: string;
  readonly data?: string;
  readonly cssContentSize?: { readonly width: number; readonly height: number };
  readonly result?: { readonly value?: unknown };
  readonly exceptionDetails?: object;
}
