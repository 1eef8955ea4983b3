// Exports what the lookups of program.json find: label -> { kind, args }. With `policy` it makes
// one and looks it up at once; with `description` it makes one that is described as the policy of that
// name, which is a secret.
const { readFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");
const vpnaas = require("pulumi-vpnaas");

module.exports = async () => {
  const program = JSON.parse(readFileSync("program.json", "utf8"));
  const { lookups, policy, description } = program;
  const found = {};
  for (const [label, { kind, args }] of Object.entries(lookups)) {
    found[label] = await vpnaas[`get${kind}`](args);
  }
  if (policy) {
    const made = new vpnaas.IkePolicy("made", policy);
    found.made = made.id;
    found.byOutput = vpnaas.getIkePolicyOutput({ name: made.name }).id;
    found.afterwards = vpnaas.getIkePolicyOutput({ name: policy.name }, { dependsOn: made }).id;
  }
  if (description) {
    const like = vpnaas.getIkePolicyOutput({ name: pulumi.secret(description) });
    new vpnaas.IkePolicy("copy", { description: like.description });
  }
  return found;
};
