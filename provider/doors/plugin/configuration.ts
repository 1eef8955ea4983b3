import {
  CheckFailure,
  CheckResponse,
  DiffResponse,
  type CheckRequest,
  type ConfigureRequest,
  type DiffRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { isDeepStrictEqual } from "node:util";

import {
  argumentProblems,
  argumentWarnings,
  isExplicitProvider,
  SECRET_ARGUMENTS,
  sourcesOf,
} from "../../config/providerArguments";
import type { Sources } from "../../config/settings";
import { isUnknown } from "../../model/unknowns";
import type { Values } from "../../values";
import type { EngineLog } from "./engineLog";
import { projectOf } from "./urn";
import { decode, encode } from "./values";

/** Validates the arguments of a provider; every failure and every warning names its argument. */
export function checkConfig(log: EngineLog, request: CheckRequest): CheckResponse {
  const { values, secretNames } = decode(request.getNews());
  const urn = request.getUrn();
  const isExplicit = isExplicitProvider(urn);
  for (const line of argumentWarnings(values, projectOf(urn) ?? "", isExplicit)) {
    log.print(`warning: ${line}`);
  }
  const problems = argumentProblems(known(values), process.env, isExplicit);
  const failures = problems.map((reason) => new CheckFailure().setReason(reason));
  const secrets = new Set([...secretNames, ...SECRET_ARGUMENTS]);
  return new CheckResponse().setInputs(encode(values, secrets)).setFailuresList(failures);
}

/** Never replaces a provider: its resources would be replaced along with it. */
export function diffConfig(request: DiffRequest): DiffResponse {
  const before = decode(request.getOldInputs() ?? request.getOlds()).values;
  const after = decode(request.getNews()).values;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => !isDeepStrictEqual(before[name], after[name]));
  const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
  return new DiffResponse()
    .setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME)
    .setDiffsList(changed);
}

/** The settings of a request; an engine that names no provider has only default ones. */
export function settingsOf(request: ConfigureRequest): Sources {
  const { values } = decode(request.getArgs());
  return sourcesOf(known(values), process.env, isExplicitProvider(request.getUrn() ?? ""));
}

/** In a preview, an argument may be an output of a resource that does not exist yet. */
function known(args: Values): Values {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => !isUnknown(value)));
}
