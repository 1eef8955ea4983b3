import { redact } from "../http/redact";
import { displayNameOf, nameOf } from "../model/labels";
import { isAutoName, namingFields } from "../model/autoName";
import { cloudResourceType, type CloudResourceType, type Field } from "../schema/resourceType";
import { diff, replacementNotice } from "../lifecycle/operations/diff";
import { immutableReason } from "../lifecycle/reconcile/immutability";
import type { ResourceBehavior } from "../lifecycle/core/resource";
import { isAbsent } from "../schema/equality";
import { toWire, fieldsToSend } from "../model/wireMapping";
import { resources } from "../resources";
import { refreshed } from "./refreshPreview";
import { HIDDEN, plannedCall, type Target } from "./plannedCall";
import type { Plan, PlannedCall } from "./report";
import type { Observation } from "./observation";
import type { Inventory } from "./inventory";
import type { Inputs, Values } from "../values";

/**
 * The requests with which `pulumi up --refresh` would correct the differences of an inventory, in
 * their order, if the program still declares the inputs in the states. Omits its reads and waits.
 * Changes nothing; sends reads only if a policy or a service would change, to find out whether the
 * cloud would refuse that.
 * @throws ApiError, TransportError if such a read fails
 */
export async function planOf({ sightings }: Inventory): Promise<Plan> {
  const plan = new Planning(sightings);
  // Each type comes after those that it refers to, as in the engine's order.
  for (const resource of Object.values(resources)) {
    for (const sighting of sightings) {
      if (sighting.resource.kind === resource.definition.kind) await plan.add(resource, sighting);
    }
  }
  return { calls: plan.calls, notes: [...plan.notes, ...gaps(sightings)] };
}

function gaps(sightings: readonly Observation[]): string[] {
  const unseen = sightings.filter((one) => one.unseen !== undefined).length;
  const isLocked = sightings.some(({ resource }) => resource.unread.size > 0);
  return [
    ...(unseen > 0
      ? [`Not in the plan, because they could not be read: ${unseen} of the resources.`]
      : []),
    ...(isLocked ? ["Secrets that could not be decrypted are planned as unchanged."] : []),
  ];
}

/** A resource on its way to its declared inputs. */
interface Step extends Target {
  /** The declared inputs, with placeholders for ids that are not known yet. */
  readonly inputs: Inputs;
}

class Planning {
  readonly notes: string[] = [];
  private readonly sent: PlannedCall[] = [];
  /** Replaced objects are deleted last. */
  private readonly leftovers: PlannedCall[] = [];
  /** The placeholders for the ids of new objects, by the old id. */
  private readonly renewed = new Map<unknown, string>();
  private readonly deleted = new Set<string>();

  constructor(private readonly sightings: readonly Observation[]) {}

  get calls(): PlannedCall[] {
    return [...this.sent, ...this.leftovers];
  }

  async add(resource: ResourceBehavior, sighting: Observation): Promise<void> {
    const { at, live, unseen } = sighting;
    if (at === undefined || unseen !== undefined) return;
    const { definition } = resource;
    const { id, kind, options } = sighting.resource;
    const { dialect, endpoint } = at.cloudProject;
    const current = live && refreshed(sighting.resource, live, endpoint);
    const inputs = this.withNewIds(definition, current?.inputs ?? sighting.resource.inputs);
    const step: Step = { definition, sighting, at, inputs };
    if (current === undefined && !isAbsent(inputs["adopt"])) {
      this.note(step, "it is gone, and `up` fails until `adopt` is taken out of the program");
      return;
    }
    if (current === undefined || this.deleted.has(id)) {
      this.create(step, current === undefined ? "gone" : "what it stands on is replaced");
      return;
    }
    const { client } = at;
    const { state } = current;
    const environment = {
      definition,
      dialect,
      project: sighting.stack.project,
      immutableReason: () => immutableReason({ resource, client }, id, state),
    };
    const result = await diff(environment, state, inputs);
    const { changed, replaces, deleteBeforeReplace } = result;
    const fields = fieldsToSend(changed, live!, inputs);
    if (options.length > 0) {
      if (fields.length > 0 || options.includes("taint")) this.note(step, decidedBy(options));
      return;
    }
    if (replaces.length === 0) {
      this.change(step, fields);
      return;
    }
    const subject = displayNameOf(kind, id, sighting.resource.secret.has("name") ? {} : state);
    const reason = this.clean(
      result.immutableReason === undefined
        ? `no request can change ${replaces.join(", ")}`
        : replacementNotice(subject, result.immutableReason),
    );
    // The SDK replaces a resource delete-first if its successor would have the same auto-name.
    const isInItsOwnWay =
      definition.identity.length > 0 && hasDefaultName(step) && isAbsent(inputs["adopt"]);
    if (deleteBeforeReplace || isInItsOwnWay) {
      for (const dependent of this.dependentsOf(sighting)) this.remove(dependent);
      this.remove(step);
    } else {
      this.leftovers.unshift(plannedCall(step, "DELETE", "replaced"));
    }
    this.create(step, reason);
  }

  private note({ definition, sighting }: Step, why: string): void {
    this.notes.push(`The plan leaves out ${definition.kind} ${sighting.resource.name}: ${why}.`);
  }

  /** The text without the names that a state keeps secret. */
  private clean(text: string): string {
    const names = this.sightings
      .filter(({ resource }) => resource.secret.has("name"))
      .map(({ resource, live }) => nameOf(live ?? resource.outputs));
    return redact(text, names);
  }

  private create(step: Step, reason: string): void {
    const { definition, sighting, at, inputs } = step;
    const named = hasDefaultName(step) && this.isRenamed(step);
    const desired = {
      ...Object.fromEntries([...sighting.resource.unread].map((name) => [name, HIDDEN])),
      ...inputs,
      ...(named && { name: `${nameOf(inputs).slice(0, -7)}<digits>` }),
    };
    const body = toWire(definition.fields, at.cloudProject.dialect, desired);
    this.sent.push(plannedCall(step, "POST", reason, body));
    this.renewed.set(sighting.resource.id, `<new id of ${sighting.resource.name}>`);
  }

  private change(step: Step, fields: readonly Field[]): void {
    const body = toWire(fields, step.at.cloudProject.dialect, step.inputs);
    if (Object.keys(body).length === 0) return;
    const names = fields.map(({ name }) => name).join(", ");
    this.sent.push(plannedCall(step, "PUT", `differs: ${names}`, body));
  }

  private remove(step: Target): void {
    this.sent.push(plannedCall(step, "DELETE", "replaced"));
    this.deleted.add(step.sighting.resource.id);
  }

  /** The inputs, with the new ids of replaced objects. */
  private withNewIds(definition: CloudResourceType, inputs: Inputs): Values {
    const renewed = definition.fields
      .filter(({ name, refersTo }) => refersTo && this.renewed.has(inputs[name]))
      .map(({ name }) => [name, this.renewed.get(inputs[name])]);
    return { ...inputs, ...(Object.fromEntries(renewed) as Values) };
  }

  /** The hash suffix of an auto-name depends on ids that are not known yet. */
  private isRenamed({ definition, sighting, inputs }: Step): boolean {
    const before = sighting.resource.inputs;
    return namingFields(definition).some(({ name }) => inputs[name] !== before[name]);
  }

  /** The connections that depend on an object: the engine deletes them before it. */
  private dependentsOf({ resource }: Observation): Target[] {
    return this.sightings.flatMap((sighting) => {
      const { at, live } = sighting;
      const definition = cloudResourceType(sighting.resource.kind);
      const refers = definition.fields.some(
        ({ name, refersTo }) => refersTo && sighting.resource.inputs[name] === resource.id,
      );
      return refers && at !== undefined && live !== undefined ? [{ definition, sighting, at }] : [];
    });
  }
}

function decidedBy(options: readonly string[]): string {
  return `the outcome of \`up\` depends on its options (${options.join(", ")})`;
}

function hasDefaultName({ definition, sighting }: Step): boolean {
  const { resource, stack } = sighting;
  const { inputs } = resource;
  return isAutoName(definition, stack.project, nameOf(inputs), inputs);
}
