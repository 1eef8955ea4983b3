import { setTimeout as sleep } from "node:timers/promises";

import { createChecker } from "../../../provider/lifecycle/operations/check";
import { cloudResourceType, type Field, type Values } from "../../../provider/schema/resourceType";
import { isAbsent } from "../../../provider/schema/equality";
import { isShownAs, toWire, fieldsToSend } from "../../../provider/model/wireMapping";
import { isPending } from "../../../provider/wait/statuses";
import type { Api, ApiAnswer, ApiObject } from "../harness/api";
import { KINDS } from "../harness/kinds";
import { wireObject } from "../../unit/support/builders";
import { resourceOf } from "../../unit/support/kinds";
import type { Case, Lane } from "./lanes";
import { fill, type World } from "./world";

/** The cloud's verdict on one request, and the check's failures for its inputs. */
export interface CaseResult {
  readonly lane: Lane;
  readonly verb: Case["verb"];
  readonly inputs: Values;
  /** The sent body without its envelope. */
  readonly body: Values;
  /** The check's failures, each with its path and reason. */
  readonly failures: readonly Failure[];
  readonly answer: Verdict;
}

/** A failure of the check. */
export interface Failure {
  /** Path of the invalid value. */
  readonly at: string;
  /** The property at the beginning of the path. */
  readonly property: string;
  readonly reason: string;
}

/** A cloud's response. */
export interface Verdict {
  readonly status: number;
  /** The error's type; empty if the cloud accepted the request. */
  readonly type: string;
  readonly message: string;
  /** Accepted properties that the cloud shows with another meaning. */
  readonly altered: readonly string[];
}

/** Whether a cloud accepted a request. */
export function isAccepted({ status }: Verdict): boolean {
  return status < 300;
}

/** Whether a case was sent. */
export function isCaseResult(one: CaseResult | undefined): one is CaseResult {
  return one !== undefined;
}

/** Sends the requests of one lane to one cloud, one after another. */
export class Requests {
  private readonly check;
  private readonly path;
  private readonly key;
  private readonly fields: readonly Field[];

  private constructor(
    private readonly cloud: Api,
    private readonly world: World,
    private readonly lane: Lane,
    /** Valid inputs of the object that every PUT changes, and the object as the cloud shows it. */
    private readonly target: { readonly inputs: Values; live: ApiObject },
  ) {
    const { definition, rules } = resourceOf(lane.kind);
    this.check = createChecker(definition, rules);
    this.fields = definition.fields.filter((field) => field.input.neutron && !field.local);
    ({ path: this.path, key: this.key } = KINDS[lane.kind]);
  }

  /** Creates the object that PUTs change, and waits until it is mutable. */
  static async begin(cloud: Api, world: World, lane: Lane): Promise<Requests> {
    const { path, key } = KINDS[lane.kind];
    const inputs = fill(lane.target, world);
    const made = await cloud.post(path, { [key]: toWire(fieldsOf(lane), "neutron", inputs) });
    if (lane.kind === "VpnService") await serve(cloud, world, made);
    let live = made;
    for (let tries = 0; tries < 100 && isPending(String(live["status"])); tries += 1) {
      await sleep(50);
      live = await cloud.get(`${path}/${made.id}`);
    }
    return new Requests(cloud, world, lane, { inputs, live });
  }

  /** Sends the request of a case and deletes a created object; undefined if there is no request. */
  async send({ verb, inputs: given }: Case): Promise<CaseResult | undefined> {
    const { lane, cloud, path, key, target } = this;
    const filled = fill(given, this.world);
    const { inputs, failures: found } = this.check(
      verb === "POST" ? filled : this.ofTarget(filled),
      "neutron",
    );
    const failures = found.map(({ reason }) => partsOf(reason));
    const fields = verb === "POST" ? this.fields : this.changed(inputs, failures);
    const body = { ...toWire(fields, "neutron", inputs), ...this.strays(inputs) };
    if (Object.keys(body).length === 0) return undefined;
    const where = verb === "POST" ? path : `${path}/${target.live.id}`;
    const answer = await cloud.send(verb, where, { [key]: body });
    const shown = objectIn(answer);
    if (shown && verb === "PUT") target.live = shown;
    if (shown && verb === "POST") await cloud.delete(`${path}/${shown.id}`);
    const verdict = verdictOf(answer, (live) =>
      fields
        .filter(({ name }) => !isAbsent(inputs[name]))
        .filter((field) => !isShownAs(field, wireObject(live), inputs[field.name]))
        .map(({ name }) => name),
    );
    return { lane, verb, inputs, body, failures, answer: verdict };
  }

  /** The fields that an update would send, and all fields with a failure. */
  private changed(inputs: Values, failures: readonly Failure[]): Field[] {
    const fields = this.fields.filter((field) => !field.createOnly);
    const faulty = new Set(failures.map(({ property }) => property));
    const changed = new Set(fieldsToSend(fields, wireObject(this.target.live), inputs));
    return fields.filter((field) => changed.has(field) || faulty.has(field.name));
  }

  /** Inputs of a PUT: immutable and absent properties have the values of the target. */
  private ofTarget(inputs: Values): Values {
    const kept = this.fields.filter(({ name, createOnly }) => createOnly || isAbsent(inputs[name]));
    return {
      ...inputs,
      ...Object.fromEntries(kept.map(({ name }) => [name, this.target.inputs[name]])),
    };
  }

  /** Properties that are not inputs, under the names that the API would use. */
  private strays(inputs: Values): Values {
    const known = new Set(this.fields.map(({ name }) => name));
    return Object.fromEntries(
      Object.entries(inputs)
        .filter(([name]) => !known.has(name))
        .map(([name, value]) => [name.replace(/[A-Z]/g, (one) => `_${one.toLowerCase()}`), value]),
    );
  }
}

function fieldsOf({ kind }: Lane): readonly Field[] {
  return cloudResourceType(kind).fields;
}

/** A VPN service is mutable once it has a connection. */
async function serve(cloud: Api, world: World, service: ApiObject): Promise<void> {
  await cloud.post("/vpn/ipsec-site-connections", {
    ipsec_site_connection: {
      vpnservice_id: service.id,
      ikepolicy_id: world["ike"],
      ipsecpolicy_id: world["ipsec"],
      peer_address: "203.0.113.7",
      peer_id: "x",
      psk: "x",
      peer_cidrs: ["10.9.0.0/24"],
    },
  });
}

function objectIn({ status, body }: ApiAnswer): ApiObject | undefined {
  return status < 300 ? (Object.values(body as object)[0] as ApiObject) : undefined;
}

function verdictOf(answer: ApiAnswer, alteredIn: (live: ApiObject) => string[]): Verdict {
  const live = objectIn(answer);
  if (live) return { status: answer.status, type: "", message: "", altered: alteredIn(live) };
  const fault = (answer.body as { NeutronError?: { type: string; message: string } }).NeutronError;
  return {
    status: answer.status,
    type: fault?.type ?? "",
    message: fault?.message ?? JSON.stringify(answer.body),
    altered: [],
  };
}

/** Splits a reason at its first colon and space, before which the property is. */
function partsOf(reason: string): Failure {
  const end = reason.indexOf(": ");
  const at = reason.slice(0, end);
  return { at, property: at.split(/[.[]/)[0]!, reason: reason.slice(end + 2) };
}
