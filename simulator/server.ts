import { setMaxListeners } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { initialCredential } from "./applicationCredentials";
import { catalogOf } from "./catalog";
import { neutron } from "./dialect";
import { Fault } from "./faults";
import { addFixture } from "./fixture";
import { presentExtensions } from "./extensions";
import { FrontEnd, noauthCaller } from "./frontEnd";
import { listen, LONG_KEEP_ALIVE, parsed, send, textOf } from "./http";
import { Identities } from "./identities";
import { k5 } from "./k5";
import { IdentityApi } from "./keystone";
import { NetworkApi } from "./neutron";
import { Quotas } from "./quotas";
import { VpnAgent } from "./status";
import { Store } from "./store";
import type { Behavior, RecordedRequest, Simulator, SimulatorOptions } from "./types";
import { projectIdOf } from "./users";

/**
 * Starts a Keystone and a Neutron with VPNaaS, both in memory, on one port of 127.0.0.1.
 * Rejects if the port is in use. Users and passwords: {@link Identities}.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const behavior: Behavior = {
    pendingMs: options.pendingMs ?? 500,
    pendingOnUpdate: options.pendingOnUpdate ?? false,
    settlesTo: options.settlesTo ?? "ACTIVE",
    latencyMs: options.latencyMs ?? 0,
  };
  const dialect = options.dialect === "k5" ? k5 : neutron;
  const noauth = options.auth === "none";
  const projectId = noauth ? (noauthCaller.projectId ?? "") : projectIdOf("lab");
  const store = new Store();
  const others = { adminProjectId: projectIdOf("admin"), otherProjectId: projectIdOf("lab-other") };
  const fixture = { projectId, ...addFixture(store, projectId, others) };
  const identities = new Identities(options.tokenSeconds ?? 86400);
  const requests: RecordedRequest[] = [];
  const faults: Fault[] = [];
  const inFlight = { now: 0, most: 0 };
  const ended = new AbortController();
  // Every delayed answer listens to it.
  setMaxListeners(0, ended.signal);

  const endpoint = (): string => `${root}/network`;
  const identityUrl = (): string => `${root}/identity/v3`;
  const agent = new VpnAgent(store, behavior);
  const extensions = presentExtensions(dialect.extensions, options.missingExtensions ?? []);
  const paginationMaxLimit = options.paginationMaxLimit ?? Infinity;
  const servicesPerRouter = options.servicesPerRouter ?? dialect.servicesPerRouter;
  const limits = { paginationMaxLimit, servicesPerRouter };
  const quotas = new Quotas(store, dialect.attributes);
  const cloud = { store, quotas, agent, behavior, dialect, extensions, ...limits, endpoint };
  const networkApi = new NetworkApi(cloud);
  const networkEndpoints = options.networkEndpoints ?? dialect.networkEndpoints;
  const clockAheadMs = (options.clockAheadSeconds ?? 0) * 1000;
  const identityApi = new IdentityApi({
    identities,
    identityUrl,
    catalog: () => catalogOf(root, networkEndpoints),
    clockAheadMs,
  });
  const frontEnd = new FrontEnd({
    identities,
    identity: identityApi,
    network: networkApi,
    noauth,
    endpoint,
    identityUrl,
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = "", ...query] = (request.url ?? "").split("?");
    const text = await textOf(request);
    const record: RecordedRequest = {
      method: request.method ?? "",
      path,
      query: query.join("?"),
      body: parsed(text),
      status: 0,
      user: identities.session(request.headers["x-auth-token"]?.toString())?.user.name ?? null,
      at: Date.now(),
    };
    requests.push(record);
    const fault = faults.find((each) => each.takes(record));
    const scripted = fault?.rule.answer;
    await fault?.rule.onRequest?.(record);
    if (scripted === "reset-before") {
      request.socket.destroy();
      return;
    }
    if (scripted === "silence-before") {
      return;
    }
    if (scripted === "hold-until-released") {
      await fault?.released();
    }
    const usual =
      typeof scripted === "object"
        ? scripted
        : await frontEnd.answer(record, request.headers, text);
    const reply = typeof scripted === "function" ? await scripted(usual, record) : usual;
    if (scripted === "hold-after") {
      await fault?.released();
    }
    if (behavior.latencyMs > 0) {
      await delay(behavior.latencyMs, undefined, { signal: ended.signal });
    }
    if (scripted === "reset-after") {
      request.socket.destroy();
    } else if (scripted !== "silence") {
      record.status = reply.status;
      send(response, reply, {
        now: new Date(Date.now() + clockAheadMs),
        isCut: scripted === "cut",
        isLast: !server.listening,
      });
    }
  }

  const server = createServer(LONG_KEEP_ALIVE, (request, response) => {
    inFlight.now += 1;
    inFlight.most = Math.max(inFlight.most, inFlight.now);
    response.once("close", () => (inFlight.now -= 1));
    // Fails only if the client has closed the socket or the simulator ends.
    serve(request, response).catch(() => request.socket.destroy());
  });
  const root = await listen(server, options.port ?? 0);

  return {
    endpoint: endpoint(),
    identityUrl: identityUrl(),
    requests,
    inFlight,
    behavior,
    fixture,
    applicationCredential: initialCredential,
    script(rule) {
      const fault = new Fault(rule);
      faults.push(fault);
      return fault;
    },
    revokeTokens: () => identities.revoke(),
    goAway() {
      const { port } = server.address() as AddressInfo;
      server.close();
      return async () => {
        await listen(server, port);
      };
    },
    async stop() {
      ended.abort();
      faults.forEach((fault) => fault.release());
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
