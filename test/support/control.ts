import { writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { TestRepository } from "./repository.ts";

/** One start of a controlled command: it does what it is told, and nothing else. */
export interface Invocation {
  readonly name: string;
  readonly pid: number;
  /** The arguments behind its name. */
  readonly argv: readonly string[];
  /** The environment that it was given. */
  readonly env: Readonly<Record<string, string>>;
  /** Settles when the text is written. */
  print(text: string, stream?: "stdout" | "stderr"): Promise<void>;
  /** Ends the process with this code; settles when it is gone. */
  exit(code?: number): Promise<void>;
  /** Ends the process by this signal of its own; settles when it is gone. */
  die(signal: NodeJS.Signals): Promise<void>;
  /** From now on it ignores every signal that can be ignored. */
  beStubborn(): Promise<void>;
  /** Starts a process of its own, which is controlled as well. */
  child(name: string): Promise<Invocation>;
  /** Settles when the process is gone, whatever ended it. */
  readonly ended: Promise<void>;
}

/** The test's end of all controlled commands of a repository. */
export interface Control extends AsyncDisposable {
  /** The next start of this command, which may have happened already. Starts are given out once, in order. */
  next(name: string): Promise<Invocation>;
  /** The next start of whichever command. */
  any(): Promise<Invocation>;
  /** The names of all that were started, in order. */
  readonly started: readonly string[];
}

/** Listens for the controlled commands that run with this repository's home. */
export async function createControl({ home }: Pick<TestRepository, "home">): Promise<Control> {
  const post = new PostOffice();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
    post.receive(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  writeFileSync(join(home, "control.json"), JSON.stringify({ port: (server.address() as AddressInfo).port }));
  return {
    next: (name) => post.wait((invocation) => invocation.name === name),
    any: () => post.wait(() => true),
    started: post.started,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await close(server);
    },
  };
}

interface Waiting {
  readonly wants: (invocation: Invocation) => boolean;
  readonly resolve: (invocation: Invocation) => void;
}

/** Brings starts and those who wait for them together. */
class PostOffice {
  readonly started: string[] = [];
  readonly #arrived: Invocation[] = [];
  readonly #waiting: Waiting[] = [];

  wait(wants: Waiting["wants"]): Promise<Invocation> {
    const index = this.#arrived.findIndex(wants);
    const [found] = index < 0 ? [] : this.#arrived.splice(index, 1);
    return found === undefined
      ? new Promise((resolve) => this.#waiting.push({ wants, resolve }))
      : Promise.resolve(found);
  }

  receive(socket: Socket): void {
    const replies: (() => void)[] = [];
    createInterface({ input: socket }).on("line", (line) => {
      const message = JSON.parse(line) as { readonly done: true } | Hello;
      if ("done" in message) replies.shift()?.();
      else
        this.#arrive(
          invocationOf(message, { socket, replies, wait: (name) => this.wait((each) => each.name === name) }),
        );
    });
  }

  #arrive(invocation: Invocation): void {
    this.started.push(invocation.name);
    const index = this.#waiting.findIndex(({ wants }) => wants(invocation));
    const [waiting] = index < 0 ? [] : this.#waiting.splice(index, 1);
    if (waiting === undefined) this.#arrived.push(invocation);
    else waiting.resolve(invocation);
  }
}

interface Hello {
  readonly name: string;
  readonly pid: number;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

interface Line {
  readonly socket: Socket;
  readonly replies: (() => void)[];
  readonly wait: (name: string) => Promise<Invocation>;
}

function invocationOf(hello: Hello, { socket, replies, wait }: Line): Invocation {
  const ended = new Promise<void>((resolve) => {
    socket.once("close", () => {
      resolve();
    });
  });
  const send = (order: object): void => void socket.write(`${JSON.stringify(order)}\n`);
  const ask = (order: object): Promise<void> => {
    const answered = new Promise<void>((resolve) => replies.push(resolve));
    send(order);
    return answered;
  };
  return {
    ...hello,
    ended,
    print: (text, stream = "stdout") => ask({ do: "print", stream, text }),
    exit: (code = 0) => {
      send({ do: "exit", code });
      return ended;
    },
    die: (signal) => {
      send({ do: "die", signal });
      return ended;
    },
    beStubborn: () => ask({ do: "stubborn" }),
    child: async (name) => {
      await ask({ do: "child", child: name });
      return wait(name);
    },
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
