// A process of its own that runs inline programs by the Automation API, one after the other or in parallel: the runs of
// program.json, each { stack, env, envVars, config, lookUp, make, main }. `env` is for the process, `envVars`
// for the workspace, `main` for the project; the program looks a policy up by name, and makes another one.
// Prints a line for each run: what it exported, or the error, and what the engine and the process printed.
// process.env and console are of all runs at once.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const vpnaas = require("pulumi-vpnaas");

const write = console.log;

async function run({ stack, env = {}, envVars = {}, config = {}, lookUp, make, main }) {
  for (const [name, value] of Object.entries(env)) {
    if (value === null) delete process.env[name];
    else process.env[name] = value;
  }
  const own = [];
  console.log = (line) => own.push(line);
  let output = "";
  const onOutput = (text) => (output += text);
  const program = async () => {
    const [one, other] = await Promise.all([1, 2].map(() => vpnaas.getIkePolicy({ name: lookUp })));
    const made = make === true && new vpnaas.IkePolicy("made", { description: one.id });
    const found = { id: one.id, isSame: one.id === other.id };
    return made ? { ...found, projectId: made.projectId } : found;
  };
  try {
    const projectSettings = { name: "inline", runtime: "nodejs", main };
    const opts = { envVars, ...(main && { projectSettings }) };
    const one = await LocalWorkspace.createOrSelectStack(
      { stackName: stack, projectName: "inline", program },
      opts,
    );
    for (const [key, value] of Object.entries(config)) await one.setConfig(key, { value });
    const { outputs } = await one.up({ onOutput, color: "never" });
    const plain = Object.entries(outputs).map(([name, { value }]) => [name, value]);
    return { outputs: Object.fromEntries(plain), output, own };
  } catch (error) {
    return { error: error.message, output, own };
  } finally {
    console.log = write;
  }
}

(async () => {
  const { runs, areParallel } = JSON.parse(readFileSync(join(__dirname, "program.json"), "utf8"));
  const started = [];
  for (const one of runs) {
    started.push(run(one));
    if (!areParallel) await started.at(-1);
  }
  for (const ended of await Promise.all(started)) write(JSON.stringify(ended));
})();
