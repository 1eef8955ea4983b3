/** The built `pulumi-resource-vpnaas` in a process of its own, called over gRPC like by the engine. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

import {
  credentials,
  Server,
  ServerCredentials,
  type CallOptions,
  type sendUnaryData,
  type ServerUnaryCall,
  type ServiceError,
} from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import { cleanEnvironment } from "../../../scripts/cleanEnvironment";
import { installInto } from "./providerHost";
import { decoded, plain, struct, type Properties } from "./providerProcess";
import type { DiffResult } from "./resourceProvider";

const PACKAGE = resolve(__dirname, "..", "..", "..");
const MAIN = "dist/provider/doors/plugin/main.js";
const ANSWER_MS = 30_000;

/** Options of a {@link PluginProcess}. */
export interface PluginOptions {
  /** Whether the process runs a copy of dist/, which a new build does not replace. */
  readonly isCopied?: boolean;
  /** Milliseconds after which a call without a response fails; 30 seconds by default. */
  readonly answerMs?: number;
}

/** A line in the log of the engine. */
export interface LogLine {
  readonly urn: string;
  readonly message: string;
  readonly severity: number;
  readonly isEphemeral: boolean;
}

/** A value with Pulumi's mark of a secret. */
export function secret(value: unknown): Properties {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

/** The URN of a resource in the stack `test` of the project `project`. */
export function urnOf(kind: string, name = "office"): string {
  return `urn:pulumi:test::project::vpnaas:index:${kind}::${name}`;
}

export class PluginProcess {
  readonly stderr: string[] = [];

  private constructor(
    private readonly root: string,
    private readonly child: ChildProcess,
    private readonly engine: Server,
    private readonly client: ResourceProviderClient,
    /** The lines that the engine has received. */
    readonly lines: readonly LogLine[],
    private readonly answerMs: number,
  ) {}

  /** Starts the process beside an engine that records its lines. */
  static async start(
    env: Record<string, string> = {},
    { isCopied = false, answerMs = ANSWER_MS }: PluginOptions = {},
  ): Promise<PluginProcess> {
    const lines: LogLine[] = [];
    const engine = new Server();
    engine.addService(EngineService, {
      log(call: ServerUnaryCall<LogRequest, Empty>, callback: sendUnaryData<Empty>) {
        const { request } = call;
        lines.push({
          urn: request.getUrn(),
          message: request.getMessage(),
          severity: request.getSeverity(),
          isEphemeral: request.getEphemeral(),
        });
        callback(null, new Empty());
      },
    });
    const enginePort = await new Promise<number>((bound, failed) =>
      engine.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
        error ? failed(error) : bound(port),
      ),
    );
    const root = mkdtempSync(join(tmpdir(), "vpnaas-plugin-"));
    const folder = isCopied ? installInto(join(root, "node_modules"), "installed") : PACKAGE;
    const child = spawn(process.execPath, [join(folder, MAIN), `127.0.0.1:${enginePort}`], {
      cwd: root,
      env: cleanEnvironment(root, env),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [port] = (await once(createInterface(child.stdout), "line")) as [string];
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
    const plugin = new PluginProcess(root, child, engine, client, lines, answerMs);
    createInterface(child.stderr).on("line", (line) => plugin.stderr.push(line));
    return plugin;
  }

  /** All output of the process, and all lines of its log. */
  get output(): string {
    return [...this.stderr, ...this.lines.map(({ message }) => message)].join("\n");
  }

  async configure(
    args: Properties,
    urn = "urn:pulumi:test::project::pulumi:providers:vpnaas::default",
  ): Promise<void> {
    await this.call("configure", new messages.ConfigureRequest().setArgs(struct(args)).setUrn(urn));
  }

  async check(
    urn: string,
    news: Properties,
    olds: Properties = {},
  ): Promise<{ inputs: Properties; failures: string[] }> {
    const request = new messages.CheckRequest()
      .setUrn(urn)
      .setOlds(struct(olds))
      .setNews(struct(news));
    const answer = await this.call<messages.CheckResponse>("check", request);
    return { inputs: plain(answer.getInputs()), failures: reasonsOf(answer) };
  }

  async diff(
    urn: string,
    id: string,
    { state, oldInputs, inputs }: { state: Properties; oldInputs: Properties; inputs: Properties },
  ): Promise<DiffResult & { detail: Record<string, number> }> {
    const request = new messages.DiffRequest()
      .setUrn(urn)
      .setId(id)
      .setOlds(struct(state))
      .setOldInputs(struct(oldInputs))
      .setNews(struct(inputs));
    const answer = await this.call<messages.DiffResponse>("diff", request);
    const detail: [string, number][] = [];
    answer.getDetaileddiffMap().forEach((one, path) => detail.push([path, one.getKind()]));
    return {
      changes: answer.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
      replaces: answer.getReplacesList(),
      deleteBeforeReplace: answer.getDeletebeforereplace(),
      detail: Object.fromEntries(detail),
    };
  }

  async create(
    urn: string,
    inputs: Properties,
    { preview = false, timeout = 0 } = {},
  ): Promise<{ id: string; outputs: Properties }> {
    const request = new messages.CreateRequest()
      .setUrn(urn)
      .setProperties(struct(inputs))
      .setPreview(preview)
      .setTimeout(timeout);
    const answer = await this.call<messages.CreateResponse>("create", request);
    return { id: answer.getId(), outputs: plain(answer.getProperties()) };
  }

  async read(
    urn: string,
    id: string,
    state: Properties = {},
    inputs: Properties = {},
  ): Promise<{ id: string; outputs: Properties; inputs: Properties }> {
    const request = new messages.ReadRequest()
      .setUrn(urn)
      .setId(id)
      .setProperties(struct(state))
      .setInputs(struct(inputs));
    const answer = await this.call<messages.ReadResponse>("read", request);
    return {
      id: answer.getId(),
      outputs: plain(answer.getProperties()),
      inputs: plain(answer.getInputs()),
    };
  }

  async update(
    urn: string,
    id: string,
    { state, oldInputs, inputs }: { state: Properties; oldInputs: Properties; inputs: Properties },
    { preview = false, timeout = 0 } = {},
  ): Promise<Properties> {
    const request = new messages.UpdateRequest()
      .setUrn(urn)
      .setId(id)
      .setOlds(struct(state))
      .setOldInputs(struct(oldInputs))
      .setNews(struct(inputs))
      .setPreview(preview)
      .setTimeout(timeout);
    const answer = await this.call<messages.UpdateResponse>("update", request);
    return plain(answer.getProperties());
  }

  async delete(urn: string, id: string, state: Properties, oldInputs?: Properties): Promise<void> {
    const request = new messages.DeleteRequest().setUrn(urn).setId(id).setProperties(struct(state));
    if (oldInputs !== undefined) request.setOldInputs(struct(oldInputs));
    await this.call("delete", request);
  }

  async invoke(token: string, args: Properties): Promise<Properties> {
    const request = new messages.InvokeRequest().setTok(token).setArgs(struct(args));
    return plain((await this.call<messages.InvokeResponse>("invoke", request)).getReturn());
  }

  /** Any method of the protocol, such as `getSchema`. Throws OperationError. */
  call<Answer>(method: string, request: unknown): Promise<Answer> {
    type Unary = (
      request: unknown,
      options: CallOptions,
      callback: (error: ServiceError | null, answer: Answer) => void,
    ) => void;
    const unary = (this.client as unknown as Record<string, Unary>)[method]!.bind(this.client);
    return new Promise((answered, failed) => {
      unary(request, { deadline: Date.now() + this.answerMs }, (error, answer) =>
        error ? failed(decoded(error)) : answered(answer),
      );
    });
  }

  /** Interrupts the process, as Ctrl-C and the end of an engine do. */
  interrupt(): void {
    this.child.kill("SIGINT");
  }

  /** Ends the process with SIGKILL. */
  kill(): void {
    this.child.kill("SIGKILL");
  }

  /** Closes the connection, as an engine does at its end; resolves with the exit code. */
  async disconnect(): Promise<number | null> {
    this.client.close();
    if (this.child.exitCode === null) await once(this.child, "exit");
    return this.child.exitCode;
  }

  async stop(): Promise<void> {
    this.client.close();
    const closed = this.child.exitCode === null ? once(this.child, "close") : undefined;
    this.kill();
    await closed;
    this.engine.forceShutdown();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** The reasons of a check's failures; none of them may name a property. */
export function reasonsOf(answer: messages.CheckResponse): string[] {
  return answer.getFailuresList().map((failure) => {
    if (failure.getProperty() !== "") throw new Error("the engine would print a value");
    return failure.getReason();
  });
}
