/**
 * A language host for programs in JavaScript, by the SDK's own server for inline programs: it runs the program of
 * the working folder. Run by a NodeHost; prints its port.
 */
const { createRequire } = require("node:module");
const { join } = require("node:path");
const { Server, ServerCredentials } = require("@grpc/grpc-js");
const { LanguageServer } = require("@pulumi/pulumi/automation/server");
const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb");

const fromProgram = createRequire(join(process.cwd(), "index.js"));

async function program() {
  const exported = fromProgram("./index.js");
  return typeof exported === "function" ? exported() : exported;
}

/** Logs to the engine, whose address a language host has from its arguments. */
class ProgramServer extends LanguageServer {
  run(call, callback) {
    call.request.setArgsList([process.argv[2]]);
    return super.run(call, callback);
  }
}

const server = new Server();
server.addService(LanguageRuntimeService, new ProgramServer(program));
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(String(port));
});
