/**
 * The main module of a NodeHost. It starts the server that the file of its first argument names, and at each SIGUSR2
 * the one that the file names then, as a process that has just started does: the server and the package are loaded
 * again, and variables and working folder are those of the file. Only libraries stay loaded, which take most of the time
 * of a start.
 */
const { readFileSync, rmSync } = require("node:fs");

const LIBRARY = /[/\\]node_modules[/\\]/;
const NOWHERE = "127.0.0.1:1";
const EVENTS = ["uncaughtException", "unhandledRejection"];

const [node, main, optionsFile] = process.argv;

// Each server adds its own.
for (const emitter of [process, process.stdout, process.stderr]) emitter.setMaxListeners(0);

function start() {
  const {
    server,
    engine = NOWHERE,
    directory,
    environment,
  } = JSON.parse(readFileSync(optionsFile, "utf8"));
  rmSync(optionsFile);
  for (const file of Object.keys(require.cache)) {
    if (file !== main && (file === server || !LIBRARY.test(file))) delete require.cache[file];
  }
  for (const event of EVENTS) process.removeAllListeners(event);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
  process.chdir(directory);
  process.argv = [node, server, engine];
  require(server);
}

process.on("SIGUSR2", start);
start();
