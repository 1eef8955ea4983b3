import { isDeepStrictEqual } from "node:util";

import type * as pulumi from "@pulumi/pulumi";

import { ConfigurationError, PartialFailureError, VpnaasError, messageOf } from "../errors";
import { previewAdoption } from "../lifecycle/adoption/adoptInput";
import { createChecker, type CheckFailure } from "../lifecycle/operations/check";
import { type Rule } from "../schema/rule";
import { displayNameOf, nameOf } from "../model/labels";
import { create } from "../lifecycle/operations/create";
import type { ResourceType, Values } from "../schema/resourceType";
import { diff } from "../lifecycle/operations/diff";
import { SECRET_MARKS_KEY, secretInputsOf } from "../model/secretMarks";
import { immutableReason } from "../lifecycle/reconcile/immutability";
import { read } from "../lifecycle/operations/read";
import {
  createConnectionsReady,
  diffConnectionsReady,
  readConnectionsReady,
  connectionsReadyType,
  updateConnectionsReady,
} from "../lifecycle/operations/connectionsReady";
import { deleteObject } from "../lifecycle/operations/delete";
import type { ResourceBehavior } from "../lifecycle/core/resource";
import { warnIfShared } from "../lifecycle/core/sharedObject";
import { usableState } from "../model/storedState";
import { orphanedReplacementReason } from "../lifecycle/adoption/orphanedReplacement";
import { isUnknown } from "../model/unknowns";
import { update } from "../lifecycle/operations/update";
import { isAbsent } from "../schema/equality";
import { otherThan, type Dialect } from "../dialect";
import { limitHeap } from "./gcTuning";
import { exitWithEngine } from "./parentWatchdog";
import { escapeControlCharacters } from "../controlCharacters";
import { resources } from "../resources";
import { Runtime } from "../runtime";

/*
 * The door between Pulumi's dynamic-provider process and the provider: the state of every resource
 * holds a line that requires this module and takes one of its exports. It adds no behavior but
 * Pulumi's protocol.
 */

const PROVIDER = "__provider";

/** One for the whole process, however many texts the state holds; the first `configure` replaces it. */
let runtime = runtimeOf(undefined);

function runtimeOf(config: pulumi.dynamic.Config | undefined): Runtime {
  return new Runtime({
    stack: (name) => config?.get(`vpnaas:${name}`),
    env: process.env,
    project: process.env["PULUMI_NODEJS_PROJECT"] ?? "",
  });
}

let isConfigured = false;

/** Only stores: the engine's server neither waits for it nor survives its failure. */
function configure(request: pulumi.dynamic.ConfigureRequest): Promise<void> {
  if (!isConfigured) {
    isConfigured = true;
    runtime = runtimeOf(request.config);
    exitWithEngine();
    limitHeap();
  }
  return Promise.resolve();
}

/** The check of a kind; `further` asks the cloud about inputs that are right by themselves. */
function checkOf(
  shape: ResourceType,
  rules: readonly Rule[],
  further?: (olds: Values, inputs: Values) => Promise<CheckFailure[]>,
): NonNullable<pulumi.dynamic.ResourceProvider["check"]> {
  const check = createChecker(shape, rules);
  /** Of a cloud that is not known yet nothing is refused that the dialect of any would take. */
  const dialectFor = (news: Values): Dialect => {
    const dialect = runtime.behavior(news).dialect;
    if (!isUnknown(news["cloud"]) || check(strip(news), dialect).failures.length === 0)
      return dialect;
    return otherThan(dialect);
  };
  return async (olds: Values, news: Values) => {
    try {
      const dialect = dialectFor(news);
      const result = check(strip(news), dialect);
      warn(shape, news, result.warnings, () => check(strip(olds), dialect).warnings);
      const failures = [...result.failures];
      if (failures.length === 0) {
        if (isToBeCreated(olds)) runtime.ownership.recordCreation(shape, result.inputs);
        else runtime.ownership.recordCheck(shape, result.inputs);
        failures.push(...((await further?.(olds, result.inputs)) ?? []));
      }
      return { inputs: { ...result.inputs, ...marks(news) }, failures };
    } catch (error) {
      if (!ConfigurationError.isInstance(error)) throw error;
      return { inputs: news, failures: [{ property: "", reason: messageOf(error) }] };
    }
  };
}

function dynamicProvider(resource: ResourceBehavior): pulumi.dynamic.ResourceProvider {
  const { definition } = resource;
  return {
    configure,

    check: checkOf(definition, resource.rules, adoptionFailures),

    async diff(id: string, stated: Values, news: Values) {
      return withoutStack(async () => {
        const olds = usableState("diff", definition, id, stated);
        const room = {
          definition,
          subject: displayNameOf(definition.kind, id, shownNames(olds, news)),
          dialect: runtime.behavior(olds).dialect,
          project: runtime.project,
          log: runtime.log,
          locked: async () => {
            const context = await runtime.context(resource, olds, news);
            return (
              (await immutableReason(context, id, olds)) ??
              orphanedReplacementReason(context, id, olds, strip(news))
            );
          },
        };
        const { replaces, changes, ...result } = await diff(room, olds, strip(news));
        const { ownership } = runtime;
        const isChanged = changes || !areMarkedAlike(olds, news);
        ownership.hold(id);
        if (replaces.length > 0) ownership.markReplaced(definition, olds);
        else {
          ownership.keep(definition, id, strip(news));
          if (isChanged) ownership.willChange(id);
          warnIfShared(runtime, room.subject, id);
        }
        if (secretInputsOf(olds, news).has("name")) ownership.hideName(id);
        return { ...result, changes: isChanged, replaces: [...replaces] };
      });
    },

    async create(news: Values) {
      const { id, outputs } = await keepingProvider(news, async () =>
        create(await runtime.context(resource, news), strip(news)),
      );
      if (secretInputsOf(news).has("name")) runtime.ownership.hideName(id);
      return { id, outs: { ...outputs, ...marks(news) } };
    },

    async read(id: string, stated: Values) {
      const found = await withoutStack(async () => {
        const olds = usableState("read", definition, id, stated);
        return read(await runtime.context(resource, olds), id, strip(olds));
      });
      // An empty answer, not undefined, tells the engine that the object is gone.
      if (found === undefined) return {} as pulumi.dynamic.ReadResult;
      const kept = marks(stated);
      return { id, props: { ...found.outputs, ...kept }, inputs: { ...found.inputs, ...kept } };
    },

    async update(id: string, stated: Values, news: Values) {
      const outputs = await keepingProvider(news, async () => {
        const olds = usableState("update", definition, id, stated);
        return update(await runtime.context(resource, olds, news), id, strip(olds), strip(news));
      });
      return { outs: { ...outputs, ...marks(news) } };
    },

    async delete(id: string, stated: Values) {
      await withoutStack(async () => {
        const olds = usableState("delete", definition, id, stated);
        return deleteObject(await runtime.context(resource, olds), id, strip(olds));
      });
    },
  };

  /** An adoption happens at creation, of which there are no old inputs. */
  async function adoptionFailures(olds: Values, inputs: Values): Promise<CheckFailure[]> {
    if (isAbsent(inputs["adopt"]) || isUnknown(inputs["cloud"])) return [];
    if (!isToBeCreated(olds)) return [];
    try {
      const line = await previewAdoption(await runtime.context(resource, inputs), inputs);
      if (line !== undefined) runtime.log.once(line);
      return [];
    } catch (error) {
      if (!VpnaasError.isInstance(error)) throw error;
      return [{ property: "", reason: `adopt: ${messageOf(error)}` }];
    }
  }
}

/** Waits for connections, and works with contexts of theirs. */
function readyProvider(): pulumi.dynamic.ResourceProvider {
  const contextOf = (...values: readonly Values[]) =>
    runtime.context(resources.ipsecSiteConnection, ...values);
  return {
    configure,

    check: checkOf(connectionsReadyType, []),

    diff(id: string, stated: Values, news: Values) {
      return withoutStack(async () => {
        const olds = usableState("diff", connectionsReadyType, id, stated);
        const { dialect } = runtime.behavior(olds);
        const { ownership, log, project } = runtime;
        const room = { dialect, project, ownership, log, context: () => contextOf(olds, news) };
        const result = await diffConnectionsReady(room, id, olds, strip(news));
        const changes = result.changes || !areMarkedAlike(olds, news);
        return { ...result, changes, replaces: [...result.replaces] };
      });
    },

    async create(news: Values) {
      const { id, outputs } = await createConnectionsReady(await contextOf(news), strip(news));
      return { id, outs: { ...outputs, ...marks(news) } };
    },

    async read(id: string, stated: Values) {
      const found = await withoutStack(async () => {
        const olds = usableState("read", connectionsReadyType, id, stated);
        return readConnectionsReady(await contextOf(olds), strip(olds));
      });
      const kept = marks(stated);
      return { id, props: { ...found.outputs, ...kept }, inputs: { ...found.inputs, ...kept } };
    },

    async update(id: string, stated: Values, news: Values) {
      const outputs = await keepingProvider(news, async () => {
        usableState("update", connectionsReadyType, id, stated);
        return updateConnectionsReady(await contextOf(news), id, strip(news));
      });
      return { outs: { ...outputs, ...marks(news) } };
    },

    delete: () => Promise.resolve(),
  };
}

/** Says what is wrong with new inputs; what was there before was said before. */
function warn(
  { kind }: ResourceType,
  inputs: Values,
  warnings: readonly string[],
  before: () => readonly string[],
): void {
  if (warnings.length === 0) return;
  const known = before();
  const name = secretInputsOf(inputs).has("name") ? "" : escapeControlCharacters(nameOf(inputs));
  const subject = name === "" ? kind : `${kind} ${name}`;
  for (const warning of warnings.filter((one) => !known.includes(one))) {
    runtime.log.once(`warning: ${subject}: ${warning}`);
  }
}

/** Values without what is no property of the resource. */
function strip(values: Values): Values {
  const { [PROVIDER]: _text, [SECRET_MARKS_KEY]: _names, ...own } = values;
  return own;
}

/** Whether a check is one of a resource that is going to be created: it has no old inputs. */
function isToBeCreated(olds: Values): boolean {
  return Object.keys(strip(olds)).length === 0;
}

/** The first of some values, without a name that the program marks as secret. */
function shownNames(first: Values, ...others: readonly Values[]): Values {
  return secretInputsOf(first, ...others).has("name") ? {} : first;
}

/** What tells of some values which of them are secret. */
function marks(values: Values): Values {
  return SECRET_MARKS_KEY in values ? { [SECRET_MARKS_KEY]: values[SECRET_MARKS_KEY] } : {};
}

/** Else the state would go on not knowing what the program has begun to mark as secret. */
function areMarkedAlike(olds: Values, news: Values): boolean {
  return isDeepStrictEqual(marks(olds), marks(news));
}

/** The engine's server adds the provider's text to results, but not to those of a partial failure. */
async function keepingProvider<T>(news: Values, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (!PartialFailureError.isInstance(error)) throw error;
    throw new PartialFailureError(
      error.id,
      { ...error.properties, ...marks(news), [PROVIDER]: news[PROVIDER] },
      error.message,
    );
  }
}

/** Pulumi's server prints the stack of what fails in a diff, read or delete; users need the message. */
async function withoutStack<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (VpnaasError.isInstance(error)) error.stack = "";
    throw error;
  }
}

/** The providers, under the names by which states of every age ask for them. */
export const vpnService = dynamicProvider(resources.vpnService);
export const ikePolicy = dynamicProvider(resources.ikePolicy);
export const ipsecPolicy = dynamicProvider(resources.ipsecPolicy);
export const endpointGroup = dynamicProvider(resources.endpointGroup);
export const ipsecSiteConnection = dynamicProvider(resources.ipsecSiteConnection);
export const connectionsReady = readyProvider();
