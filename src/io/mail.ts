/** Sends one mail to the server of a configuration (RFC 5321), with the package nodemailer. */
import { connect, type Socket } from "node:net";
import { createTransport } from "nodemailer";
import { SystemError } from "../core/errors.ts";
import { failure } from "./failure.ts";
import type { Mail, MailServer } from "./notice-ports.ts";
import type { Limit } from "./ports.ts";

export async function sendMail(
  { from, to, subject, text }: Mail,
  { host, port, helo, limitMs }: MailServer,
  signal: Limit,
): Promise<void> {
  signal.throwIfAborted();
  const socket = connect({ host, port });
  socket.on("error", () => {}); // it is told by the transport, or below
  socket.setTimeout(limitMs, () => socket.destroy(new Error("it does not answer")));
  const stop = (): void => void socket.destroy(new Error("given up"));
  signal.addEventListener("abort", stop);
  try {
    const connection = await connected(socket);
    const transport = createTransport({
      getSocket: (_, found) => found(null, { connection }),
      host,
      port,
      name: helo,
      secure: port === SMTPS,
      // Encrypted where the server can: whoever it is, for a plain connection would not tell that either.
      tls: { rejectUnauthorized: port === SMTPS },
      greetingTimeout: limitMs,
      socketTimeout: limitMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    await transport.sendMail({ from, to: [...to], subject, text, xMailer: "vipkit" });
    socket.unref(); // a farewell keeps nobody
  } catch (error) {
    socket.destroy();
    signal.throwIfAborted();
    throw refusal(`${host} port ${port}`, error);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

const connected = (socket: Socket): Promise<Socket> =>
  new Promise((resolve, reject) => {
    socket.once("connect", () => resolve(socket));
    socket.once("error", reject);
  });

function refusal(server: string, error: unknown): SystemError {
  const { code = "no-answer", message } = error as NodeJS.ErrnoException;
  if (/^E[A-Z]+$/.test(code) && (error as { syscall?: string }).syscall !== undefined)
    return failure("mail to", server, error);
  return new SystemError("mail to", server, code, message.slice(0, MOST_LETTERS));
}

const SMTPS = 465;
const MOST_LETTERS = 200; // of what the server says
