import type { ResourceKind } from "./kinds";
import { type PluginProcess, urnOf } from "./pluginProcess";
import type { Properties } from "./providerProcess";
import type { DiffResult, ResourceProvider } from "./resourceProvider";

/** The auto-name of a resource of the stack `test`. */
const AUTO_NAME = /^test-(.+)-[0-9a-f]{7}$/;

/** The plugin's operations on resources of one type. */
export class PluginResources implements ResourceProvider {
  constructor(
    private readonly plugin: PluginProcess,
    private readonly kind: ResourceKind = "IpsecSiteConnection",
  ) {}

  as(kind: ResourceKind): PluginResources {
    return new PluginResources(this.plugin, kind);
  }

  /** An auto-name is left out: through this door the provider, not the SDK, makes it. */
  check(inputs: Properties, storedInputs?: Properties) {
    const { name, ...rest } = inputs;
    const isAutoNamed = AUTO_NAME.test(String(name));
    return this.plugin.check(this.urn(inputs), isAutoNamed ? rest : inputs, storedInputs);
  }

  diff(
    id: string,
    outputs: Properties,
    inputs: Properties,
    storedInputs: Properties,
  ): Promise<DiffResult> {
    const values = { state: outputs, oldInputs: storedInputs, inputs };
    return this.plugin.diff(this.urn(inputs), id, values);
  }

  create(inputs: Properties) {
    return this.plugin.create(this.urn(inputs), inputs);
  }

  read(id: string, outputs: Properties, storedInputs: Properties) {
    return this.plugin.read(this.urn(storedInputs), id, outputs, storedInputs);
  }

  update(id: string, outputs: Properties, inputs: Properties, storedInputs: Properties) {
    const values = { state: outputs, oldInputs: storedInputs, inputs };
    return this.plugin.update(this.urn(inputs), id, values);
  }

  delete(id: string, outputs: Properties, storedInputs: Properties): Promise<void> {
    return this.plugin.delete(this.urn(storedInputs), id, outputs, storedInputs);
  }

  /** The URN of the resource whose inputs have that name. */
  private urn({ name = "ready" }: Properties): string {
    const [, resource] = AUTO_NAME.exec(String(name)) ?? [];
    return urnOf(this.kind, resource ?? String(name));
  }
}
