/** A program: a host that answers everything 100 ms late, echo requests too, and on port 9 not at all. */
import { createServer as createWeb } from "node:http";
import { createServer, type Socket } from "node:net";
import { internetChecksum } from "../../src/core/checksum.ts";
import { DatagramSocket } from "../../src/io/datagram-socket.ts";
import { decodeSockaddr } from "../../src/io/sockaddr.ts";

const LATE_MS = 100;
const [AF_INET, SOCK_RAW, IPPROTO_ICMP] = [2, 3, 1];
const [ECHO_REPLY, ECHO_REQUEST] = [0, 8];

const later = (run: () => void): void => void setTimeout(run, LATE_MS);
/** Those who ask do not wait for an end. */
const calmly = (run: (client: Socket) => void) => (client: Socket) =>
  run(client.on("error", () => {}));

createServer(calmly(() => {})).listen(9);
createServer(calmly((client) => later(() => client.end("220 late\r\n")))).listen(21);
createWeb((_, answer) => later(() => answer.end("late"))).listen(80, () =>
  process.stdout.write("listening\n"),
);

/** To be run where the kernel itself leaves echo requests alone. */
const echo = new DatagramSocket(AF_INET, SOCK_RAW, IPPROTO_ICMP, "late echo");
echo.listen({
  onDatagram({ bytes, from }) {
    const message = bytes.slice(((bytes[0] ?? 0) & 0x0f) * 4);
    const asker = decodeSockaddr(from);
    if (message[0] !== ECHO_REQUEST || !asker.ok) return;
    message.set([ECHO_REPLY, 0, 0, 0]);
    const checksum = internetChecksum(message);
    message.set([checksum >>> 8, checksum & 0xff], 2);
    later(() => echo.send(message, asker.value));
  },
  onError: () => {},
});
