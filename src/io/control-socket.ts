/**
 * The `ControlSockets` port on unix stream sockets (unix(7)): `NAME.sock` in one directory, for its
 * owner alone. No client can hold anything up: lines, clients and waiting times are bounded.
 */
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { SystemError } from "../core/errors.ts";
import { failure } from "./failure.ts";
import type { Closable, ControlSockets } from "./ports.ts";

type OnRequest = Parameters<ControlSockets["serve"]>[1];

/** @param directory is made, for all to read, when the first instance is served */
export function controlSockets(directory: string): ControlSockets {
  const pathOf = (name: string): string => `${directory}/${name}${SUFFIX}`;
  return {
    serve: async (name, onRequest) => {
      attempt("mkdir", directory, () => makeDirectory(directory));
      return await serve(pathOf(name), onRequest);
    },
    ask: (name, request, limitMs) => ask(pathOf(name), request, limitMs),
    follow: (name, request, onLine, signal) => follow(pathOf(name), request, onLine, signal),
    names: () => listNames(directory),
  };
}

async function serve(path: string, onRequest: OnRequest): Promise<Closable> {
  const clients = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    clients.add(socket);
    socket.once("close", () => clients.delete(socket));
    attend(socket, onRequest);
  });
  server.maxConnections = MAX_CLIENTS;
  try {
    await listen(server, path);
  } catch (error) {
    if (codeOf(error) !== "EADDRINUSE") throw failure("listen", path, error);
    if (await isServed(path)) {
      throw new SystemError("listen", path, "already-running", "another process has this name");
    }
    attempt("unlink", path, () => rmSync(path, { force: true }));
    await listen(server, path).catch((again) => {
      throw failure("listen", path, again);
    });
  }
  return {
    close: () => {
      server.close(); // takes the path away
      for (const client of clients) client.destroy();
    },
  };
}

/** One request of bounded length within bounded time; then the client is the handler's. */
function attend(socket: Socket, onRequest: OnRequest): void {
  let received = "";
  let closed = false;
  const limit = setTimeout(() => socket.destroy(), CLIENT_LIMIT_MS);
  socket.once("close", () => clearTimeout(limit));
  socket.setEncoding("utf8");
  socket.on("error", () => {}); // it is gone, "close" follows
  socket.on("data", (chunk: string) => {
    if (closed) return;
    received += chunk;
    const end = received.indexOf("\n");
    if (end < 0 && received.length <= MAX_REQUEST) return;
    closed = true;
    socket.pause(); // more is not wanted
    if (end < 0 || end > MAX_REQUEST) return void socket.destroy();
    onRequest(received.slice(0, end), {
      send: (line) => {
        if (socket.writableLength > MAX_UNREAD) socket.destroy();
        else socket.write(`${line}\n`);
      },
      stream: async (lines) => {
        for (const line of lines) {
          if (socket.destroyed) return;
          await new Promise<void>((resolve) => void socket.write(`${line}\n`, () => resolve()));
        }
      },
      end: () => socket.end(() => socket.destroy()),
      keep: (onGone) => {
        clearTimeout(limit);
        socket.once("close", onGone);
        socket.once("end", () => socket.destroy());
        socket.resume(); // else its end is not seen
      },
    });
  });
  socket.once("end", () => {
    if (!closed) socket.destroy();
  });
}

/** In this turn of the loop, so that the mask holds for nothing else: the path is its owner's from the start. */
function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    const mask = process.umask(0o177);
    server.listen({ path, backlog: MAX_CLIENTS }, () => {
      server.off("error", reject);
      resolve();
    });
    process.umask(mask);
  });
}

/** Whether a process still listens: the kernel refuses a connection to what a dead one left. */
function isServed(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", (error) => resolve(!ABANDONED.includes(codeOf(error))));
  });
}

async function ask(path: string, request: string, limitMs: number): Promise<string> {
  const enough = new AbortController();
  const limit = setTimeout(() => enough.abort(), limitMs);
  let answer: string | undefined;
  const onLine = (line: string): void => {
    answer ??= line;
    enough.abort();
  };
  try {
    await follow(path, request, onLine, enough.signal);
  } finally {
    clearTimeout(limit);
  }
  if (answer !== undefined) return answer;
  throw new SystemError("ask", path, "no-answer", "the process does not answer");
}

function follow(
  path: string,
  request: string,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let rest = "";
    const socket = connect(path);
    const leave = (): void => void socket.destroy();
    signal.addEventListener("abort", leave, { once: true });
    socket.once("close", () => {
      signal.removeEventListener("abort", leave);
      resolve();
    });
    socket.setEncoding("utf8");
    socket.once("connect", () => socket.write(`${request}\n`));
    socket.on("error", (error) => {
      const gone = ABANDONED.includes(codeOf(error));
      reject(gone ? notRunning(path) : failure("ask", path, error));
    });
    socket.on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(line);
    });
  });
}

function listNames(directory: string): string[] {
  try {
    return readdirSync(directory)
      .flatMap((file) => (file.endsWith(SUFFIX) ? [file.slice(0, -SUFFIX.length)] : []))
      .sort();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw failure("read", directory, error);
  }
}

const notRunning = (path: string): SystemError =>
  new SystemError("ask", path, "not-running", "no process answers here");

/** Not with its parents: Node.js then calls a read-only file system one without them. */
function makeDirectory(path: string): void {
  try {
    mkdirSync(path, 0o755);
  } catch (error) {
    // Another instance may have made it at the same moment.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

function attempt(op: string, subject: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    throw failure(op, subject, error);
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "unknown";

const SUFFIX = ".sock";
const ABANDONED = ["ECONNREFUSED", "ENOENT"];
const MAX_CLIENTS = 16;
const MAX_REQUEST = 4096; // characters
const MAX_UNREAD = 65_536; // bytes
const CLIENT_LIMIT_MS = 5000; // to send the request and to read the answer
