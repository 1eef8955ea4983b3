// The resources of program.json: name -> { kind, args, opts }, and with `lookup` what it looks up.
// {"$config": "psk"} stands for a secret of the stack configuration, {"$ref": "ike.id"} for an output.
const { readFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");
const vpnaas = require("pulumi-vpnaas");

const { resources, lookup } = JSON.parse(readFileSync("program.json", "utf8"));
const config = new pulumi.Config();
const made = {};

function resolved(value) {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(resolved);
  if ("$config" in value) return config.requireSecret(value.$config);
  if ("$ref" in value) {
    const [name, output] = value.$ref.split(".");
    return made[name][output];
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolved(part)]));
}

for (const [name, { kind, args, opts }] of Object.entries(resources)) {
  made[name] = new vpnaas[kind](name, resolved(args), resolved(opts));
}

module.exports = {
  made,
  ...(lookup && { found: vpnaas[`get${lookup.kind}Output`](resolved(lookup.args)).id }),
};
