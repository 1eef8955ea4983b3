/** Pulumi's own dynamic-provider process, called over gRPC like by the engine. */
import { type CallOptions, credentials, type ServiceError, status } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import type { ResourceKind } from "./kinds";
import { type HostOptions, ProviderHost } from "./providerHost";

/** The provider code in the state of every resource of a kind; fixed here, since old states contain it. */
export const PROVIDER_TEXTS: Readonly<Record<ResourceKind, string>> = {
  IpsecSiteConnection:
    'exports.handler = () => require("pulumi-vpnaas/dynamic").ipsecSiteConnection;',
  VpnService: 'exports.handler = () => require("pulumi-vpnaas/dynamic").vpnService;',
  EndpointGroup: 'exports.handler = () => require("pulumi-vpnaas/dynamic").endpointGroup;',
  IkePolicy: 'exports.handler = () => require("pulumi-vpnaas/dynamic").ikePolicy;',
  IpsecPolicy: 'exports.handler = () => require("pulumi-vpnaas/dynamic").ipsecPolicy;',
  ConnectionsReady: 'exports.handler = () => require("pulumi-vpnaas/dynamic").connectionsReady;',
  PreSharedKey: 'exports.handler = () => require("pulumi-vpnaas/dynamic").preSharedKey;',
};

/** The provider code of connections. */
export const PROVIDER_TEXT = PROVIDER_TEXTS.IpsecSiteConnection;

/** Inputs or outputs of a resource. */
export type Properties = Record<string, unknown>;

/** An operation that the provider refused, with the engine's knowledge of it. */
export class OperationError extends Error {
  constructor(
    message: string,
    /** The engine's record of the object after a partial failure. */
    readonly partial?: { id: string; properties: Properties; reasons: string[] },
  ) {
    super(message);
  }
}

/** Options of a {@link ProviderProcess}. */
export interface ProviderOptions extends HostOptions {
  /** Stack configuration by full keys, such as `vpnaas:endpoint`. */
  config: Record<string, string>;
  /** Milliseconds after which an operation without a response fails; 30 seconds by default. */
  answerMs?: number;
}

/** Without a limit, a provider that does not answer would block the whole run of the tests. */
const ANSWER_MS = 30_000;

/** The built dist/ of this repository in one process of Pulumi's, isolated from the caller's environment. */
export class ProviderProcess {
  /** Every line so far, without the port. */
  readonly stdout: string[] = [];
  readonly stderr: string[] = [];
  /** The provider code that the program adds to its inputs. */
  private text = PROVIDER_TEXT;
  /** Shared with the copies of {@link as}. A spoiled process serves no other provider. */
  private readonly use = { openCalls: 0, isSpoiled: false };

  private constructor(
    private readonly host: ProviderHost,
    private readonly client: ResourceProviderClient,
    private readonly answerMs: number,
  ) {
    host.node.stdout.on("line", this.hear);
    host.node.stderr.on("line", this.hearError);
  }

  /** Starts the process and configures it. */
  static async start(options: ProviderOptions): Promise<ProviderProcess> {
    const { host, port } = await ProviderHost.serve(options);
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
    const provider = new ProviderProcess(host, client, options.answerMs ?? ANSWER_MS);
    const request = new messages.ConfigureRequest().setArgs(struct(options.config));
    await provider.call("configure", request);
    return provider;
  }

  /** Resolves when the process has ended for any reason. */
  get ended(): Promise<unknown> {
    return this.host.node.ended;
  }

  /** The same process for inputs of another kind; connections by default. */
  as(kind: ResourceKind): ProviderProcess {
    return Object.assign(Object.create(this) as ProviderProcess, { text: PROVIDER_TEXTS[kind] });
  }

  /** The complete output so far. */
  get output(): string {
    return [...this.stdout, ...this.stderr].join("\n");
  }

  /** The checked inputs, and the reasons of the failures. */
  async check(
    news: Properties,
    olds: Properties = {},
  ): Promise<{ inputs: Properties; failures: string[] }> {
    const request = new messages.CheckRequest().setOlds(struct(olds)).setNews(this.withText(news));
    const answer = await this.call<messages.CheckResponse>("check", request);
    const failures = answer.getFailuresList().map((failure) => {
      if (failure.getProperty() !== "") throw new Error("the engine would print a value");
      return failure.getReason();
    });
    return { inputs: plain(answer.getInputs()), failures };
  }

  async diff(
    id: string,
    state: Properties,
    news: Properties,
  ): Promise<{ changes: boolean; replaces: string[]; deleteBeforeReplace: boolean }> {
    const request = new messages.DiffRequest()
      .setId(id)
      .setOlds(struct(state))
      .setNews(this.withText(news));
    const answer = await this.call<messages.DiffResponse>("diff", request);
    return {
      changes: answer.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
      replaces: answer.getReplacesList(),
      deleteBeforeReplace: answer.getDeletebeforereplace(),
    };
  }

  /** Creates from checked inputs. */
  async create(inputs: Properties): Promise<{ id: string; outputs: Properties }> {
    const request = new messages.CreateRequest().setProperties(this.withText(inputs));
    const answer = await this.call<messages.CreateResponse>("create", request);
    return { id: answer.getId(), outputs: plain(answer.getProperties()) };
  }

  /** Reads with the state's provider code; the id is empty if the object is gone. */
  async read(
    id: string,
    state: Properties,
  ): Promise<{ id: string; outputs: Properties; inputs: Properties }> {
    const request = new messages.ReadRequest().setId(id).setProperties(struct(state));
    const answer = await this.call<messages.ReadResponse>("read", request);
    return {
      id: answer.getId(),
      outputs: plain(answer.getProperties()),
      inputs: plain(answer.getInputs()),
    };
  }

  /** Updates to checked inputs and returns the new outputs. */
  async update(id: string, state: Properties, news: Properties): Promise<Properties> {
    const request = new messages.UpdateRequest()
      .setId(id)
      .setOlds(struct(state))
      .setNews(this.withText(news));
    const answer = await this.call<messages.UpdateResponse>("update", request);
    return plain(answer.getProperties());
  }

  /** Deletes with the state's provider code. */
  async delete(id: string, state: Properties): Promise<void> {
    const request = new messages.DeleteRequest().setId(id).setProperties(struct(state));
    await this.call("delete", request);
  }

  /** Kills the parent and leaves the provider behind, like a SIGKILL of the engine. */
  killEngine(): void {
    this.use.isSpoiled = true;
    this.host.node.killEngine();
  }

  /** Kills both at once, like a SIGKILL of the whole run. */
  kill(): void {
    this.use.isSpoiled = true;
    this.host.node.kill();
  }

  /** Closes the pipes of the provider's output. */
  closeOutput(): void {
    this.use.isSpoiled = true;
    this.host.node.closeOutput();
  }

  /** Ends the provider; its process may serve another one, unless it was hurt or is at work. */
  async stop(): Promise<void> {
    this.client.close();
    this.host.node.stdout.off("line", this.hear);
    this.host.node.stderr.off("line", this.hearError);
    const { openCalls, isSpoiled } = this.use;
    await (openCalls > 0 || isSpoiled ? this.host.end() : this.host.release());
  }

  private readonly hear = (line: string): void => void this.stdout.push(line);
  private readonly hearError = (line: string): void => void this.stderr.push(line);

  private withText(properties: Properties): Struct {
    return struct({ ...properties, __provider: this.text });
  }

  private call<Answer>(method: string, request: unknown): Promise<Answer> {
    type Unary = (
      request: unknown,
      options: CallOptions,
      callback: (error: ServiceError | null, answer: Answer) => void,
    ) => void;
    const unary = (this.client as unknown as Record<string, Unary>)[method]!.bind(this.client);
    this.use.openCalls += 1;
    return new Promise((answered, failed) => {
      unary(request, { deadline: Date.now() + this.answerMs }, (error, answer) => {
        this.use.openCalls -= 1;
        if (error !== null && error.code !== status.UNKNOWN) this.use.isSpoiled = true;
        // The provider prints its lines before it answers, but they arrive by a pipe of their own.
        setImmediate(() => (error === null ? answered(answer) : failed(decoded(error))));
      });
    });
  }
}

export function struct(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]);
}

export function plain(properties: Struct | undefined): Properties {
  return properties?.toJavaScript() ?? {};
}

export function decoded(error: ServiceError): OperationError {
  const [details] = error.metadata.get("grpc-status-details-bin");
  if (details === undefined) return new OperationError(error.details);
  const [packed] = Status.deserializeBinary(details as Buffer).getDetailsList();
  const failed = messages.ErrorResourceInitFailed.deserializeBinary(packed!.getValue_asU8());
  return new OperationError(error.details, {
    id: failed.getId(),
    properties: plain(failed.getProperties()),
    reasons: failed.getReasonsList(),
  });
}
