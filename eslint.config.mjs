import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

/**
 * The layers: folders and files, each with what it may import of its neighbors. Arrows run
 * downwards only; docs/architecture.md draws them.
 */
const LEAVES = ["validation", "dialect", "errors", "log", "onDrift", "plainText", "version"];
const LAYERS = {
  "provider/validation/*": [],
  "provider/{dialect,onDrift,plainText}.ts": [],
  "provider/{errors,log}.ts": ["plainText"],
  "provider/version.ts": ["schema.json"],
  "provider/wait/*": ["errors", "validation"],
  "provider/http/*": ["errors", "log", "version", "wait/clock"],
  "provider/identity/*": ["errors", "http", "wait"],
  "provider/neutron/*": ["errors", "http", "identity", "wait"],
  "provider/config/*": [...LEAVES, "http", "identity"],
  "provider/lifecycle/*": [...LEAVES, "neutron", "wait", "schema.json"],
  "provider/resources/*": ["lifecycle", "validation", "wait", "dialect"],
  "provider/cloud.ts": ["config", "http", "identity", "log", "neutron", "wait"],
  "provider/drift/*": [
    ...LEAVES,
    "wait",
    "http",
    "neutron",
    "config",
    "cloud",
    "lifecycle",
    "resources",
  ],
  "provider/{dynamic,runtime,lifeline,heap,doctor}.ts": [
    ...LEAVES,
    "wait",
    "http",
    "identity",
    "neutron",
    "config",
    "lifecycle",
    "resources",
    "cloud",
    "runtime",
    "lifeline",
    "heap",
  ],
  "sdk/!(core).ts": [],
  "sdk/core.ts": ["provider/(?:errors|http|lifecycle|resources|runtime)"],
  "simulator/**": [],
  "cli/drift/*": ["provider/(?:drift|errors|lifecycle/drift|plainText|wait/clock)"],
  "cli/drift/html/*": ["provider/(?:drift|lifecycle/drift|plainText)", "words"],
  "cli/!(stacks).ts": [
    "simulator",
    "provider/doctor",
    "provider/drift",
    "provider/config",
    "provider/errors",
    "provider/lifecycle/(?:definition|state)",
    "provider/log",
    "provider/plainText",
    "provider/validation",
    "provider/wait",
  ],
  "cli/stacks.ts": ["provider/drift", "provider/errors"],
};

const NOT_PULUMI = {
  regex: "^@pulumi/",
  message: "Only sdk/, provider/dynamic.ts and cli/stacks.ts know Pulumi.",
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
            ...(/^sdk|dynamic|^cli\/stacks/.test(files) ? [] : [NOT_PULUMI]),
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
  { ignores: ["dist/", ".cache/", "coverage/", "**/node_modules/"] },
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
      "@typescript-eslint/no-require-imports": ["error", { allow: ["^(?:axios|ajv|yaml)$"] }],
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
