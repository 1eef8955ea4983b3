/**
 * Preloaded into the Node processes of a run by `npm run bench -- --timeline`. Appends one line of JSON for each
 * span to the file that VPNAAS_TIMELINE names: the loading of modules, the calls of the engine to a
 * provider, and requests to the cloud. Times are milliseconds since 1970.
 */
const Module = require("node:module");
const { subscribe } = require("node:diagnostics_channel");
const { appendFileSync } = require("node:fs");
const { performance } = require("node:perf_hooks");

const FILE = process.env["VPNAAS_TIMELINE"];
/** Shorter loading of modules is left out, in milliseconds. */
const SHORTEST_LOAD = 5;

const now = () => performance.timeOrigin + performance.now();

function keep(kind, name, begin, more = {}) {
  const span = { pid: process.pid, kind, name, begin, end: now(), ...more };
  appendFileSync(FILE, `${JSON.stringify(span)}\n`);
}

/** The package of a file, or the last parts of its path. */
function packageOf(file) {
  const found = [...file.matchAll(/node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/g)].at(-1);
  return found?.[1] ?? (/[/\\]dist[/\\]/.test(file) ? "pulumi-vpnaas" : file.split(/[/\\]/).at(-1));
}

/** The loads under way: the time of their own loads, and the packages of all of them. */
const loads = [];
const load = Module._load;
Module._load = function (request, parent, ...rest) {
  const begin = now();
  const frame = { inner: 0, packages: loads[0]?.packages ?? new Map() };
  loads.push(frame);
  try {
    const module = load.call(this, request, parent, ...rest);
    if (request === "@grpc/grpc-js") keepCalls(module.Server.prototype);
    return module;
  } finally {
    loads.pop();
    const took = now() - begin;
    if (loads.length > 0) loads.at(-1).inner += took;
    if (took > frame.inner && !request.startsWith("node:")) {
      const name = packageOf(fileOf(request, parent));
      frame.packages.set(name, (frame.packages.get(name) ?? 0) + took - frame.inner);
    }
    if (loads.length === 0 && took >= SHORTEST_LOAD) {
      const packages = Object.fromEntries(frame.packages);
      keep("load", packageOf(fileOf(request, parent)), begin, { packages });
    }
  }
};

function fileOf(request, parent) {
  try {
    return Module._resolveFilename(request, parent);
  } catch {
    return request;
  }
}

const watched = new WeakSet();

/** Keeps a span for each call that a gRPC server answers. */
function keepCalls(server) {
  if (watched.has(server)) return;
  watched.add(server);
  const { addService } = server;
  server.addService = function (service, methods) {
    const names = Object.keys(service).filter((name) => typeof methods[name] === "function");
    const timed = names.map((name) => [
      name,
      (call, respond) => {
        const begin = now();
        const urn = call.request?.getUrn?.() ?? "";
        const resource = urn === "" ? "" : ` ${urn.split("::").at(-1)}`;
        methods[name](call, (...answer) => {
          keep("call", `${name}${resource}`, begin);
          respond(...answer);
        });
      },
    ]);
    return addService.call(this, service, Object.fromEntries(timed));
  };
}

const requests = new WeakMap();
subscribe("http.client.request.start", ({ request }) => requests.set(request, now()));
subscribe("http.client.response.finish", ({ request }) => {
  const path = request.path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID").split("?")[0];
  keep("request", `${request.method} ${path}`, requests.get(request) ?? now());
});

const script = process.argv[1]?.split(/[/\\]/).slice(-3).join("/");
keep("process", script ?? `node ${process.execArgv.at(0) ?? ""}`, performance.timeOrigin);
process.on("exit", () => keep("exit", "", now(), { cpuMs: cpuMs() }));

function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
