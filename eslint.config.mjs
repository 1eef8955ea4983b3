import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

/**
 * The layers: folders and files, each with what it may import of its neighbors. Arrows run
 * downwards only; docs/explanation/architecture.md draws them.
 */
const LEAVES = [
  "validation",
  "dialect",
  "errors",
  "log",
  "onDrift",
  "preflightMode",
  "controlCharacters",
  "values",
  "version",
];
/** What every room of lifecycle/ may import, besides the rooms below it. */
const LIFECYCLE = [...LEAVES, "schema", "model", "neutron", "wait"];
/** What a door or a report is built from. */
const PROVIDER = [
  ...LIFECYCLE,
  "http",
  "identity",
  "config",
  "lifecycle",
  "resources",
  "cloud",
  "runtime",
];
const LAYERS = {
  "provider/validation/*": [],
  "provider/{dialect,onDrift,preflightMode,controlCharacters,values}.ts": [],
  "provider/{errors,log}.ts": ["controlCharacters"],
  "provider/version.ts": ["schema.json"],
  "provider/wait/*": ["errors", "validation"],
  "provider/http/*": ["errors", "log", "version", "wait/cancellation", "wait/clock"],
  "provider/identity/*": ["errors", "http", "wait"],
  "provider/neutron/*": ["errors", "http", "identity", "values", "wait"],
  "provider/config/*": [...LEAVES, "http", "identity"],
  "provider/schema/*": ["dialect", "validation", "values", "schema.json"],
  "provider/model/*": [...LEAVES, "schema", "wait/statuses"],
  "provider/tunnel/*": [...LEAVES, "schema", "model"],
  "provider/tunnel/formats/*": [...LEAVES, "schema", "draft", "identity", "tunnelView"],
  "provider/lifecycle/core/*": LIFECYCLE,
  "provider/lifecycle/reconcile/*": [...LIFECYCLE, "core"],
  "provider/lifecycle/adoption/*": [...LIFECYCLE, "core", "reconcile"],
  "provider/lifecycle/preflight/*": [...LIFECYCLE, "core", "reconcile", "adoption"],
  "provider/lifecycle/preflight/rules/*": [
    ...LIFECYCLE,
    "core",
    "declarations",
    "facts",
    "finding",
    "groupedMap",
  ],
  "provider/lifecycle/operations/*": [
    ...LIFECYCLE,
    "core",
    "reconcile",
    "adoption",
    "preflight/facts",
    "preflight/groupedMap",
  ],
  "provider/resources/*": [
    "lifecycle",
    "schema",
    "model",
    "validation",
    "values",
    "wait",
    "dialect",
    "tunnel",
  ],
  "provider/cloud.ts": ["config", "http", "identity", "log", "neutron", "wait"],
  "provider/drift/*": PROVIDER,
  "provider/peer/*": [...PROVIDER, "tunnel", "drift"],
  "provider/diagnose/readers/*": ["errors", "schema", "validation", "tunnel", "peerSettings"],
  "provider/diagnose/probe/*": ["tunnel", "validation", "finding"],
  "provider/diagnose/logs/*": ["tunnel", "validation", "finding"],
  "provider/diagnose/rules/*": [
    "tunnel",
    "validation",
    "wait/statuses",
    "cloudEnd",
    "finding",
    "peerSettings",
  ],
  "provider/diagnose/*": [...PROVIDER, "peer", "tunnel", "drift"],
  "provider/{runtime,doctor}.ts": PROVIDER,
  "provider/handlers/*": [...PROVIDER, "peer", "tunnel"],
  "provider/doors/*": ["errors", "handlers", "model/secretMarks", "runtime", "values"],
  "provider/doors/plugin/*": [
    "v8Tuning",
    "parentWatchdog",
    "config",
    "controlCharacters",
    "errors",
    "handlers",
    "model",
    "runtime",
    "schema",
    "values",
    "version",
  ],
  "sdk/!(providerApi).ts": [],
  "sdk/providerApi.ts": ["provider/(?:config|errors|handlers|model|runtime|schema|version)"],
  "simulator/**": [],
  "cli/io/*": ["provider/errors", "provider/controlCharacters"],
  "cli/pulumi/*": [
    "io",
    "provider/config",
    "provider/drift",
    "provider/errors",
    "provider/model",
    "provider/schema",
    "provider/controlCharacters",
  ],
  "cli/drift/render/**": [
    "phrases",
    "provider/diagnose",
    "provider/drift",
    "provider/errors",
    "provider/model/drift",
    "provider/controlCharacters",
    "provider/wait/clock",
  ],
  "cli/drift/!(render)/*": [
    "render",
    "provider/controlCharacters",
    "provider/drift",
    "provider/errors",
    "provider/model/drift",
    "provider/wait/clock",
  ],
  "cli/drift/*.ts": ["render", "provider/drift"],
  "cli/diagnose/*": ["provider/diagnose", "provider/controlCharacters"],
  "cli/import/*": ["provider/schema"],
  "cli/commands/*": [
    "io",
    "import",
    "pulumi",
    "drift",
    "diagnose",
    "usage",
    "simulator",
    "provider/config",
    "provider/diagnose",
    "provider/doctor",
    "provider/drift",
    "provider/errors",
    "provider/log",
    "provider/controlCharacters",
    "provider/peer",
    "provider/tunnel",
    "provider/validation",
    "provider/schema/equality",
    "provider/values",
    "provider/wait",
  ],
  "cli/*.ts": [
    "commands",
    "io",
    "provider/errors",
    "provider/controlCharacters",
    "provider/version",
  ],
};

const NOT_PULUMI = {
  regex: "^@pulumi/",
  message: "Only sdk/, provider/doors/ and cli/pulumi/stacks.ts know Pulumi.",
};

/** An import that leaves its own folder must go to one of those names. */
function downwardsOnly([files, allowed]) {
  const isRootFile = /^provider\/(\{|\w+\.ts)/.test(files);
  const out = isRootFile ? "\\.{1,2}/" : "\\.\\./";
  const names = allowed.map((name) => `(?:\\.\\./)*${name}(?:/|$)`).join("|") || "$^";
  return {
    files: [files],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex:
                files === "simulator/**"
                  ? "^(?:\\.\\./)+(?:provider|sdk|cli)"
                  : `^${out}(?!${names})`,
              message: "Layers import downwards only: see LAYERS in eslint.config.mjs.",
            },
            ...(/^sdk|doors|^cli\/pulumi/.test(files) ? [] : [NOT_PULUMI]),
          ],
        },
      ],
    },
  };
}

const nodeGlobals = [
  "process",
  "console",
  "require",
  "module",
  "URL",
  "setTimeout",
  "__dirname",
  "jest",
];

export default tseslint.config(
  { ignores: ["dist/", "dist.*/", ".cache/", "coverage/", "**/node_modules/"] },
  eslint.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { varsIgnorePattern: "^_", argsIgnorePattern: "^_" },
      ],
      // Loaded when first needed: a preview starts without them.
      "@typescript-eslint/no-require-imports": [
        "error",
        { allow: ["^(?:axios|yaml|\\./compile)$"] },
      ],
      "no-restricted-syntax": [
        "error",
        ...["ArrayExpression", "ObjectExpression"].map((literal) => ({
          selector: `:matches(SpreadElement > ${literal}, SpreadElement > TSAsExpression > ${literal})`,
          message: "A spread of a literal has no meaning: write its members.",
        })),
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    // The tsconfig.json of an example is for its copies, which have the package in node_modules.
    files: ["examples/**/*.ts"],
    languageOptions: { parserOptions: { projectService: false, project: "tsconfig.json" } },
  },
  ...Object.entries(LAYERS).map(downwardsOnly),
  {
    files: ["tests/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
    },
  },
  {
    files: ["**/*.{mjs,cjs,js}"],
    languageOptions: {
      globals: Object.fromEntries(nodeGlobals.map((name) => [name, "readonly"])),
    },
  },
);
