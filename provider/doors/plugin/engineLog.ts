import { AsyncLocalStorage } from "node:async_hooks";

import type { Client as GrpcClient } from "@grpc/grpc-js";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

import { VpnaasError } from "../../errors";
import { grpc } from "./grpc";

const { Client, credentials } = grpc;

/** How long a response waits for the lines before it, in milliseconds. */
const FLUSH_MS = 2_000;

const WARNING = "warning: ";

/** The log of the engine. It shows each line on the resource whose operation prints it. */
export class EngineLog {
  private readonly urns = new AsyncLocalStorage<string>();
  private readonly open = new Set<Promise<void>>();
  private client: GrpcClient | undefined;

  /**
   * Sends all further lines to the engine at that address.
   * @throws VpnaasError for a malformed address; then the lines go to the same engine as before
   */
  connect(address: string): void {
    const next = clientOf(address);
    this.client?.close();
    this.client = next;
  }

  /** Runs an operation on a resource. */
  run<T>(urn: string, operation: () => Promise<T>): Promise<T> {
    return this.urns.run(urn, operation);
  }

  /** Prints a line on the resource of the current operation. */
  print(line: string): void {
    const isWarning = line.startsWith(WARNING);
    const request = new LogRequest()
      .setUrn(this.urns.getStore() ?? "")
      .setSeverity(isWarning ? LogSeverity.WARNING : LogSeverity.INFO)
      .setMessage(isWarning ? line.slice(WARNING.length) : line);
    this.send(request);
  }

  /** Shows the progress of all operations, which the next line replaces. */
  showProgress(line: string): void {
    this.send(new LogRequest().setSeverity(LogSeverity.INFO).setMessage(line).setEphemeral(true));
  }

  /** Resolves once the engine has received all lines so far. */
  async flush(): Promise<void> {
    if (this.open.size === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, FLUSH_MS)));
    await Promise.race([Promise.all(this.open), late]);
    clearTimeout(timer);
  }

  private send(request: LogRequest): void {
    const { client } = this;
    if (client === undefined) return;
    const sent = new Promise<void>((resolve) => {
      client.makeUnaryRequest(
        "/pulumirpc.Engine/Log",
        (one: LogRequest) => Buffer.from(one.serializeBinary()),
        () => undefined,
        request,
        () => resolve(),
      );
      // A line that the engine does not accept is lost, and the operation is not.
    }).catch(() => undefined);
    this.open.add(sent);
    void sent.then(() => this.open.delete(sent));
  }
}

function clientOf(address: string): GrpcClient {
  try {
    return new Client(address, credentials.createInsecure());
  } catch {
    throw new VpnaasError("The address of the engine is malformed.");
  }
}
