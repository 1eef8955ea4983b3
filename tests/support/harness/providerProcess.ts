/** Pulumi's own dynamic-provider process, called over gRPC like by the engine. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";

import { type CallOptions, credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import packageJson from "../../../package.json";
import { cleanEnvironment } from "../../../scripts/cleanEnvironment";
import type { ResourceKind } from "./kinds";
import { lazySdk } from "./lazySdk";

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
export interface ProviderOptions {
  /** Stack configuration by full keys, such as `vpnaas:endpoint`. */
  config: Record<string, string>;
  /** Variables added to the clean environment; the project is named `project`. */
  env?: Record<string, string>;
  /** Files in the program's folder, where the process runs, readable by the owner alone; HOME is `home` there. */
  files?: Record<string, string>;
  /** Whether the program's folder has a copy of the package, like npm's, or a link to it. */
  package?: "linked" | "installed";
  /** The copy of Pulumi's SDK: the pinned one, or the oldest of the peer range. */
  sdk?: "@pulumi/pulumi" | "pulumi-oldest";
  /** Milliseconds after which an operation without a response fails; 30 seconds by default. */
  answerMs?: number;
}

const repository = resolve(__dirname, "..", "..", "..");

/** Without a limit, a provider that does not answer would block the whole run of the tests. */
const ANSWER_MS = 30_000;

/** The parent of the provider in place of the engine, which tests can kill. */
const ENGINE = `
const { spawn } = require("node:child_process");
const provider = spawn(process.execPath, process.argv.slice(1), { stdio: "inherit" });
provider.once("exit", () => process.exit());
process.send(provider.pid);`;

/** The built dist/ of this repository in one process of Pulumi's, isolated from the caller's environment. */
export class ProviderProcess {
  /** Every line so far, without the port. */
  readonly stdout: string[] = [];
  readonly stderr: string[] = [];
  /** Resolves when the process has ended for any reason. */
  readonly ended: Promise<unknown>;
  private isGone = false;
  /** The provider code that the program adds to its inputs. */
  private text = PROVIDER_TEXT;

  private constructor(
    private readonly root: string,
    private readonly engine: ChildProcess,
    private readonly pid: number,
    private readonly client: ResourceProviderClient,
    private readonly answerMs: number,
  ) {
    this.ended = once(engine, "close").then(() => (this.isGone = true));
  }

  /** Starts the process and configures it. */
  static async start(options: ProviderOptions): Promise<ProviderProcess> {
    const root = mkdtempSync(join(tmpdir(), "vpnaas-provider-"));
    installInto(join(root, "node_modules"), options.package ?? "linked");
    for (const [file, content] of Object.entries(options.files ?? {})) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), content, { mode: 0o600 });
    }
    const server = require.resolve(`${options.sdk ?? "@pulumi/pulumi"}/cmd/dynamic-provider`);
    const engine = spawn(process.execPath, ["-e", ENGINE, server, "127.0.0.1:1"], {
      cwd: root,
      env: cleanEnvironment(root, {
        PULUMI_NODEJS_PROJECT: "project",
        ...lazySdk(),
        ...options.env,
      }),
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    const lines = createInterface(engine.stdout!);
    const [[pid], [port]] = (await Promise.all([once(engine, "message"), once(lines, "line")])) as [
      [number],
      [string],
    ];
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
    const provider = new ProviderProcess(root, engine, pid, client, options.answerMs ?? ANSWER_MS);
    lines.on("line", (line) => provider.stdout.push(line));
    createInterface(engine.stderr!).on("line", (line) => provider.stderr.push(line));
    const request = new messages.ConfigureRequest().setArgs(struct(options.config));
    await provider.call("configure", request);
    return provider;
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
    this.engine.kill("SIGKILL");
  }

  /** Kills both at once, like a SIGKILL of the whole run. */
  kill(): void {
    this.engine.kill("SIGKILL");
    // Another process may have the id of one that has ended.
    if (!this.isGone) killIfThere(this.pid);
  }

  /** Closes the pipes of the provider's output. */
  closeOutput(): void {
    this.engine.stdout!.destroy();
  }

  /** Stops the process and removes its folder. */
  async stop(): Promise<void> {
    this.client.close();
    this.kill();
    await this.ended;
    rmSync(this.root, { recursive: true, force: true });
  }

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
    return new Promise((answered, failed) => {
      unary(request, { deadline: Date.now() + this.answerMs }, (error, answer) =>
        error ? failed(decoded(error)) : answered(answer),
      );
    });
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function installInto(folder: string, how: "linked" | "installed"): void {
  const target = join(folder, packageJson.name);
  const links = ["@pulumi/pulumi"];
  mkdirSync(folder, { recursive: true });
  if (how === "linked") symlinkSync(repository, target, "junction");
  else {
    for (const entry of ["dist", "schema.json", "package.json"]) {
      cpSync(join(repository, entry), join(target, entry), { recursive: true });
    }
    links.push(...Object.keys(packageJson.dependencies));
  }
  for (const name of links) {
    const link = join(folder, name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(repository, "node_modules", name), link, "junction");
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
