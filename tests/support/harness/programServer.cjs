/**
 * A language host for programs in JavaScript and TypeScript, by the SDK's own server for inline programs: it runs the
 * program of the working folder, without a check of types. Run by a NodeHost; prints its port.
 */
const { createRequire } = require("node:module");
const { join } = require("node:path");
const { Server, ServerCredentials } = require("@grpc/grpc-js");
const { transformFileSync } = require("@swc/core");
const { LanguageServer } = require("@pulumi/pulumi/automation/server");
const { hasErrors } = require("@pulumi/pulumi/log");
const { RunResponse } = require("@pulumi/pulumi/proto/language_pb");
const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb");

require.extensions[".ts"] = (module, file) => {
  const { code } = transformFileSync(file, {
    jsc: { parser: { syntax: "typescript" } },
    module: { type: "commonjs" },
  });
  module._compile(code, file);
};

const fromProgram = createRequire(join(process.cwd(), "index.js"));

async function program() {
  const exported = fromProgram("./index");
  return typeof exported === "function" ? exported() : exported;
}

/**
 * Logs to the engine, whose address a language host has from its arguments. Like Pulumi's language host, it answers
 * without the errors that the program has logged. A process whose program failed runs no other: its open calls to the
 * engine that has ended are rejected later, which would fail that one.
 */
class ProgramServer extends LanguageServer {
  run(call, callback) {
    call.request.setArgsList([process.argv[2]]);
    let isAnswered = false;
    return super.run(call, (error, response) => {
      if (isAnswered) return;
      isAnswered = true;
      // Without a listener, the signal for the next program ends the process.
      if (error) process.removeAllListeners("SIGUSR2");
      if (error && hasErrors()) callback(undefined, new RunResponse().setBail(true));
      else callback(error, response);
    });
  }
}

const server = new Server();
server.addService(LanguageRuntimeService, new ProgramServer(program));
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(String(port));
});
