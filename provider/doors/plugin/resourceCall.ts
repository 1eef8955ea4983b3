import type { Struct } from "./grpc";

import { PartialFailureError } from "../../errors";
import type { Call, ResourceHandler } from "../../handlers/handler";
import { isAbsent, isPlainObject } from "../../schema/equality";
import type { Inputs, State, Values } from "../../values";
import type { PluginProvider } from "./provider";
import { targetOf, type Target } from "./urn";
import { decode, markSecrets, toStruct, type Decoded } from "./values";

/** The values of a request. */
interface RequestValues {
  readonly state?: Struct | undefined;
  readonly oldInputs?: Struct | undefined;
  readonly inputs?: Struct | undefined;
  /** The resource option `customTimeouts` of an operation, in seconds; 0 if there is none. */
  readonly timeout?: readonly ["create" | "update" | "delete", number];
}

/** The outputs that only a state contains, by which it differs from the values of an import. */
const RECORDED = ["projectId", "endpoint", "statuses", "current"];

/** One operation on a resource, without anything of the protocol. */
export class ResourceCall {
  readonly target: Target;
  readonly call: Call;
  readonly state: State;
  readonly oldInputs: Inputs;
  readonly inputs: Inputs;
  /** The timeouts that the program declares; those of the operation may differ. */
  private readonly timeouts: unknown;
  /** The names of the values that are secret in the response. */
  private readonly secretNames: ReadonlySet<string>;

  constructor(provider: PluginProvider, urn: string, values: RequestValues) {
    this.target = targetOf(urn);
    const { fields } = this.handler.type;
    const always = fields.filter(({ secret }) => secret).map(({ name }) => name);
    const marksOf = ({ secretNames }: Decoded) =>
      new Set([...secretNames].filter((name) => !always.includes(name)));
    const state = decode(values.state);
    const oldInputs = decode(values.oldInputs);
    const inputs = decode(values.inputs);
    this.timeouts = (values.inputs === undefined ? state : inputs).values["timeouts"];
    this.state = withTimeout(state.values, values.timeout);
    this.oldInputs = oldInputs.values;
    this.inputs = withTimeout(inputs.values, values.timeout);
    // A program may mark outputs as secret, too; only the marks of inputs are compared.
    const storedMarks = marksOf(values.oldInputs === undefined ? state : oldInputs);
    const marks = marksOf(inputs);
    this.call = provider.call(this.target.project, marks, storedMarks);
    const inForce = values.inputs === undefined ? storedMarks : marks;
    this.secretNames = new Set([...always, ...inForce]);
  }

  get handler(): ResourceHandler {
    return this.target.handler;
  }

  /** Whether a state describes the object; an import and a `get` have none. */
  get isRecorded(): boolean {
    return RECORDED.some((name) => !isAbsent(this.state[name]));
  }

  /** Inputs or outputs for the response, with the timeouts of the program alone. */
  encode(values: Values): Struct {
    return toStruct(this.mark(values));
  }

  /** Runs an operation; a partial failure contains what {@link encode} would return. */
  async run<T>(operation: () => Promise<T>): Promise<T> {
    try {
      return await operation();
    } catch (error) {
      if (!PartialFailureError.isInstance(error)) throw error;
      throw new PartialFailureError(error.id, this.mark(error.properties), error.message);
    }
  }

  private mark(values: Values): Values {
    const own = "timeouts" in values ? { ...values, timeouts: this.timeouts } : values;
    return markSecrets(own, this.secretNames);
  }
}

function withTimeout(values: Values, timeout: RequestValues["timeout"]): Values {
  const [operation, seconds] = timeout ?? ["create", 0];
  if (seconds <= 0) return values;
  const own = isPlainObject(values["timeouts"]) ? values["timeouts"] : {};
  return { ...values, timeouts: { ...own, [operation]: `${Math.ceil(seconds)}s` } };
}
