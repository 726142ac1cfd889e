/**
 * A small SMTP server on loopback, which keeps the mails that it is given (RFC 5321). As a program, with
 * its port, it prints their subjects.
 */
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { fileURLToPath } from "node:url";

export interface ReceivedMail {
  readonly commands: readonly string[]; // EHLO, MAIL, RCPT
  readonly headers: ReadonlyMap<string, string>; // by lower-case name
  readonly text: string;
}

export class FakeMailServer implements AsyncDisposable {
  readonly mails: ReceivedMail[] = [];
  onMail: (mail: ReceivedMail) => void = () => {};
  /** What it answers to DATA from now on, instead of taking the mail. */
  refusal: string | undefined;
  /** Answers nothing at all. */
  isSilent: boolean = false;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor() {
    this.#server = createServer((socket) => this.#serve(socket));
  }

  static async open(port = 0): Promise<FakeMailServer> {
    const one = new FakeMailServer();
    await once(one.#server.listen(port, "127.0.0.1"), "listening");
    return one;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("it does not listen");
    return address.port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => {}).on("close", () => this.#sockets.delete(socket));
    if (this.isSilent) return;
    const commands: string[] = [];
    let data: string[] | undefined;
    let rest = "";
    socket.write("220 mail.example.test\r\n");
    socket.on("data", (bytes) => {
      const lines = `${rest}${bytes}`.split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (data !== undefined && line === ".") {
          const mail = mailOf(commands.splice(0), data);
          this.mails.push(mail);
          this.onMail(mail);
          data = undefined;
          socket.write("250 taken\r\n");
        } else if (data !== undefined) data.push(line);
        else if (line === "DATA" && this.refusal === undefined) {
          data = [];
          socket.write("354 go on\r\n");
        } else if (line === "DATA") socket.write(`${this.refusal}\r\n`);
        else if (line === "QUIT") socket.end("221 bye\r\n");
        else {
          commands.push(line);
          socket.write("250 yes\r\n");
        }
      }
    });
  }
}

function mailOf(commands: readonly string[], data: readonly string[]): ReceivedMail {
  const end = data.indexOf("");
  const headers = data.slice(0, end).map((line) => {
    const [, name = "", value = ""] = /^([^:]+): (.*)$/.exec(line) ?? [];
    return [name.toLowerCase(), value] as const;
  });
  return { commands, headers: new Map(headers), text: data.slice(end + 1).join("\n") };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await FakeMailServer.open(Number(process.argv[2]));
  const print = (line = ""): boolean => process.stdout.write(`${line}\n`);
  server.onMail = ({ headers }) => void print(headers.get("subject"));
  print("listening");
}
