import type { handleUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import { PluginInfo, type PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  ConfigureResponse,
  GetSchemaResponse,
  ProviderHandshakeResponse,
  type CheckRequest,
  type ConfigureRequest,
} from "@pulumi/pulumi/proto/provider_pb";

import { version } from "../../version";
import { countCall } from "../v8Tuning";
import { checkConfig, diffConfig, settingsOf } from "./configuration";
import type { EngineLog } from "./engineLog";
import { Empty, grpc } from "./grpc";
import { invoke } from "./functions";
import { PluginProvider } from "./provider";
import { check, create, deleteResource, diff, read, update } from "./resourceOperations";
import packageSchema from "./schema.json";
import { serviceErrorOf } from "./status";

const { Server, ServerCredentials } = grpc;

/** Pulumi's own limit for messages, in bytes. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** A server of one engine. */
export interface PluginServer {
  readonly port: number;
  /** Whether the engine has canceled all operations, as it does before it ends this process. */
  isCanceled(): boolean;
  /** Whether no operation is under way. */
  isIdle(): boolean;
  /** Accepts no more requests; resolves when all are answered and the engine has disconnected. */
  close(): Promise<void>;
}

/**
 * Starts the provider as a gRPC server of Pulumi's plugin protocol on a free port of the loopback
 * interface. The other methods of the protocol are unimplemented: `Construct`
 * and `Call` (there are no components), `Parameterize`, `GetMapping`, `List`.
 */
export async function startServer(log: EngineLog): Promise<PluginServer> {
  const server = new Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
  });
  const provider = new PluginProvider(log);
  const underWay = new Set<unknown>();
  server.addService(ResourceProviderService, serviceOf(provider, log, underWay));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    port,
    isCanceled: () => provider.isCanceled,
    isIdle: () => underWay.size === 0,
    close: () => new Promise((resolve) => server.tryShutdown(() => resolve())),
  };
}

/** The methods; a request is among those under way until its response. */
function serviceOf(
  provider: PluginProvider,
  log: EngineLog,
  underWay: Set<unknown>,
): UntypedServiceImplementation {
  const unary = <Request, Response>(
    answer: (request: Request) => Response | Promise<Response>,
  ): handleUnaryCall<Request, Response> => {
    return ({ request }, respond) => {
      countCall();
      underWay.add(request);
      const callback: typeof respond = (...response) => {
        underWay.delete(request);
        respond(...response);
      };
      const urn = (request as { getUrn?(): string | undefined }).getUrn?.() ?? "";
      // A line that arrives after the response of the last operation is lost.
      log
        .run(urn, async () => answer(request))
        .then(
          (response) => log.flush().then(() => callback(null, response)),
          (error: unknown) => log.flush().then(() => callback(serviceErrorOf(error))),
        );
    };
  };
  const on = <Request, Response>(
    operation: (provider: PluginProvider, request: Request) => Promise<Response>,
  ) => unary((request: Request) => operation(provider, request));
  return {
    getPluginInfo: unary(() => new PluginInfo().setVersion(version)),
    getSchema: unary(() => new GetSchemaResponse().setSchema(JSON.stringify(packageSchema))),
    handshake: unary(() => handshake()),
    attach: unary((request: PluginAttach) => {
      log.connect(request.getAddress());
      return new Empty();
    }),
    checkConfig: unary((request: CheckRequest) => checkConfig(log, request)),
    diffConfig: unary(diffConfig),
    configure: unary((request: ConfigureRequest) => {
      provider.configure(settingsOf(request));
      return configured();
    }),
    cancel: unary(() => {
      provider.cancel();
      return new Empty();
    }),
    check: on(check),
    diff: on(diff),
    create: on(create),
    read: on(read),
    update: on(update),
    delete: on(async (one, request: Parameters<typeof deleteResource>[1]) => {
      await deleteResource(one, request);
      return new Empty();
    }),
    invoke: on(invoke),
  };
}

function handshake(): ProviderHandshakeResponse {
  return new ProviderHandshakeResponse()
    .setAcceptSecrets(true)
    .setSupportsAutonamingConfiguration(true);
}

/** Engines without a handshake learn the same from here. */
function configured(): ConfigureResponse {
  return new ConfigureResponse()
    .setAcceptsecrets(true)
    .setSupportspreview(true)
    .setSupportsAutonamingConfiguration(true);
}
