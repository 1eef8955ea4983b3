/**
 * Preloaded into provider processes of tests. At SIGUSR2 the process loads Pulumi's server and the package again, as
 * a process that has just started does; only libraries stay loaded, which take most of the time of a start. The
 * variables of environment.json in the process's folder replace all of its own.
 */
const { readFileSync } = require("node:fs");

const LIBRARY = /[/\\]node_modules[/\\]/;

// Each load adds its own.
for (const emitter of [process, process.stdout, process.stderr]) emitter.setMaxListeners(0);

process.on("SIGUSR2", () => {
  const server = require.resolve(process.argv[1]);
  for (const file of Object.keys(require.cache)) {
    if (file === server || !LIBRARY.test(file)) delete require.cache[file];
  }
  for (const event of ["uncaughtException", "unhandledRejection"])
    process.removeAllListeners(event);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, JSON.parse(readFileSync("environment.json", "utf8")));
  require(server);
});
