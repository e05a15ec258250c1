// A way to the database that a test can cut: what stands between a process and a server that restarts.

import { createServer, connect as dial, type Socket } from "node:net";

export interface DatabaseProxy {
  /** The address given, by way of the proxy. */
  readonly url: string;
  /** Ends every connection in the middle of what it says. */
  cut(): void;
  /** Takes no connection until it is opened again; those that stand are cut. */
  shut(): void;
  open(): void;
  close(): Promise<void>;
}

export async function startProxy(to: string): Promise<DatabaseProxy> {
  const target = new URL(to);
  const open = new Set<Socket>();
  let isShut = false;
  const server = createServer((from) => {
    if (isShut) {
      from.destroy();
      return;
    }
    const there = dial(Number(target.port || 5432), target.hostname);
    for (const [one, other] of [
      [from, there],
      [there, from],
    ] as const) {
      open.add(one);
      one.on("error", () => {});
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = new URL(to);
  url.hostname = "127.0.0.1";
  url.port = String(typeof address === "object" && address ? address.port : 0);
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: url.href,
    cut,
    shut() {
      isShut = true;
      cut();
    },
    open() {
      isShut = false;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      cut();
      await closed;
    },
  };
}
