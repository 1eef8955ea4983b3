/**
 * The main module of a NodeHost. It starts the server that the file of its first argument names, and at each SIGUSR2
 * the one that the file names then, as a process that has just started does: the server and the package are loaded
 * again, and variables and working folder are those of the file. Only libraries stay loaded, which take most of the time
 * of a start.
 *
 * If the file names a process, all output is also written to the streams of that one, until a SIGHUP.
 */
const { closeSync, openSync, readFileSync, rmSync, writeSync } = require("node:fs");

const LIBRARY = /[/\\]node_modules[/\\]/;
const NOWHERE = "127.0.0.1:1";
const EVENTS = ["uncaughtException", "unhandledRejection"];

const [node, main, optionsFile] = process.argv;

/** The streams of the process that the options name. */
const copies = [];

[process.stdout, process.stderr].forEach((stream, i) => {
  const write = stream.write.bind(stream);
  stream.write = (text, ...rest) => {
    copyTo(copies[i], text);
    return write(text, ...rest);
  };
});

function copyTo(file, text) {
  try {
    if (file !== undefined) writeSync(file, text);
  } catch (error) {
    // The engine may have been killed.
    if (error.code !== "EPIPE") throw error;
  }
}

function openCopies(pid) {
  closeCopies();
  if (pid === undefined) return;
  try {
    for (const fd of [1, 2]) copies.push(openSync(`/proc/${pid}/fd/${fd}`, "w"));
  } catch (error) {
    // That process may have been killed already.
    if (error.code !== "ENOENT") throw error;
  }
}

function closeCopies() {
  for (const file of copies.splice(0)) closeSync(file);
}

// Each server adds its own.
for (const emitter of [process, process.stdout, process.stderr]) emitter.setMaxListeners(0);

function start() {
  const {
    server,
    engine = NOWHERE,
    directory,
    environment,
    copyOutputTo,
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
  openCopies(copyOutputTo);
  require(server);
}

process.on("SIGUSR2", start);
process.on("SIGHUP", closeCopies);
start();
