/**
 * Preloaded into Node processes of tests: Pulumi's SDK loads TypeScript and the reader of node_modules only at
 * their first use, and programs in JavaScript run without ts-node. Both are for closures and programs in
 * TypeScript; without them the SDK loads in less than half of the time.
 */
const Module = require("node:module");
const { existsSync } = require("node:fs");

/** Files of the SDK, and the package that each loads at its first use. */
const LATER = [
  [/pulumi[^/\\]*[/\\]typescript-shim\.js$/, "typescript"],
  [/pulumi[^/\\]*[/\\]runtime[/\\]closure[/\\]codePaths\.js$/, "@npmcli/arborist"],
];

const load = Module._load;
Module._load = function (request, parent, ...rest) {
  const from = parent?.filename ?? "";
  if (!LATER.some(([file, name]) => name === request && file.test(from))) {
    return load.call(this, request, parent, ...rest);
  }
  let loaded;
  return new Proxy(
    {},
    {
      get(_target, key) {
        // TypeScript's __importStar copies all properties of other modules.
        if (key === "__esModule") return true;
        loaded ??= load.call(this, request, parent, ...rest);
        return loaded[key];
      },
    },
  );
};

if (existsSync("index.js")) delete process.env["PULUMI_NODEJS_TYPESCRIPT"];
