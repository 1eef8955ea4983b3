// The connections that program.json lists: resource name -> { args, opts }.
const { readFileSync } = require("node:fs");
const { IpsecSiteConnection } = require("pulumi-vpnaas");

const wanted = JSON.parse(readFileSync("program.json", "utf8"));
for (const [name, { args, opts }] of Object.entries(wanted)) {
  module.exports[name] = new IpsecSiteConnection(name, args, opts).status;
}
