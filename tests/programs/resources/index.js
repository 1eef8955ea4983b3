// The resources that program.json lists: name -> { kind, args, opts }.
// {"$ref": "service.id"} stands for an output of another one, {"$ref": "service"} for itself,
// {"$secret": "text"} for a value that the program marks as secret, {"$component": "office"} for a component.
const { readFileSync } = require("node:fs");
const { ComponentResource, secret } = require("@pulumi/pulumi");
const vpnaas = require("pulumi-vpnaas");

const wanted = JSON.parse(readFileSync("program.json", "utf8"));
const made = new Map();
const components = new Map();

function make(name) {
  if (!made.has(name)) {
    const { kind, args, opts } = wanted[name];
    made.set(name, new vpnaas[kind](name, resolved(args), resolved(opts)));
  }
  return made.get(name);
}

function component(name) {
  if (!components.has(name)) components.set(name, new ComponentResource("test:Component", name));
  return components.get(name);
}

function resolved(value) {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(resolved);
  if ("$secret" in value) return secret(value.$secret);
  if ("$component" in value) return component(value.$component);
  if ("$ref" in value) {
    const [name, output] = value.$ref.split(".");
    return output === undefined ? make(name) : make(name)[output];
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolved(part)]));
}

Object.keys(wanted).forEach(make);
