/**
 * Run inside a client host as `node probe-client.js ADDRESS`: opens a TCP connection to a closed port every
 * 10 ms. The refusal proves that somebody holds the address, and costs neither privilege nor a server.
 * Prints `ask MS` and `answer MS` (milliseconds since 1970) until SIGINT.
 */
import { connect } from "node:net";

const [address = ""] = process.argv.slice(2);
const timer = setInterval(ask, 10);
process.once("SIGINT", () => clearInterval(timer));

function ask(): void {
  say("ask");
  const socket = connect({ host: address, port: 9 });
  const giveUp = setTimeout(() => socket.destroy(), 500);
  socket.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "ECONNREFUSED") say("answer");
  });
  socket.on("close", () => clearTimeout(giveUp));
}

function say(what: string): void {
  process.stdout.write(`${what} ${performance.timeOrigin + performance.now()}\n`);
}
