import { ConfigurationError } from "../errors";
import { readCloud, type Cloud, type CloudChoice } from "./cloudsYaml";
import { groupOf, SPELLINGS, type Name } from "./settingNames";

/** Where settings are read. */
export interface Sources {
  /** A value of the stack configuration by its name after `vpnaas:`. */
  readonly stack: (name: string) => string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A value and where it was read, for messages: `vpnaas:region`, `OS_REGION_NAME`, a file and key. */
export interface Found {
  readonly name: Name;
  readonly value: string;
  readonly source: string;
}

type Place = (name: Name) => Found | undefined;

/** The places of one login in the order in which they are asked. */
export class Places {
  private readonly choice: (CloudChoice & { readonly isOwn: boolean }) | undefined;
  private opened: Cloud | undefined;

  /** `ownCloud` is a resource's own input `cloud`. Nothing is read yet. */
  constructor(
    private readonly sources: Sources,
    ownCloud: string | undefined,
  ) {
    this.choice = ownCloud
      ? { name: ownCloud, source: "the resource's input cloud", isOwn: true }
      : this.stackOrEnvCloud();
  }

  /**
   * The cloud of clouds.yaml that is named; undefined where none is.
   * @throws ConfigurationError
   */
  get cloud(): Cloud | undefined {
    if (this.choice) this.opened ??= readCloud(this.choice, this.sources.env);
    return this.opened;
  }

  /** What named the cloud. */
  get cloudChoice(): CloudChoice | undefined {
    return this.choice;
  }

  /**
   * The first of these settings that is set, in the first place that has any; they are of one
   * group.
   */
  find(...names: readonly [Name, ...Name[]]): Found | undefined {
    for (const place of this.order(names[0])) {
      for (const name of names) {
        const found = place(name);
        if (found) return found;
      }
    }
    return undefined;
  }

  /** @throws ConfigurationError that says where it can be set, and where the rest was read. */
  needed(...names: readonly [Name, ...Name[]]): Found {
    const found = this.find(...names);
    if (found) return found;
    const name = names[names.length - 1]!;
    const spelling = SPELLINGS[name];
    const rest = CREDENTIALS.flatMap((one) => this.find(one)?.source ?? []);
    const read = rest.length === 0 ? "" : ` Read so far: ${rest.join("; ")}.`;
    const { cloud } = this;
    if (!cloud) {
      throw new ConfigurationError(
        `The login lacks ${name}: set vpnaas:${name} in the stack configuration, or ${spelling.env[0]!} in the environment, or name a cloud of clouds.yaml (vpnaas:cloud, OS_CLOUD).${read}`,
      );
    }
    const elsewhere = this.inEnv(name) ?? this.inStack(name);
    const unmixed = elsewhere
      ? ` ${elsewhere.source} is not taken: a login is never put together of two places.`
      : "";
    throw new ConfigurationError(
      `The login of the cloud ${cloud.name} lacks ${name}: set clouds.${cloud.name}.${spelling.cloud[0]!} in ${cloud.file}, or in a secure.yaml beside it.${read}${unmixed}`,
    );
  }

  /**
   * Without a cloud: the stack configuration, then OS_*; the other way round for login and endpoint
   * if OS_* name a credential. A cloud named by vpnaas:cloud or OS_CLOUD is the only place of the
   * login; the endpoint may also be in the stack configuration, and the project whole in another
   * place; all else is found in the stack configuration, the cloud, OS_*. A resource's own cloud is
   * the only place of all but the dialect, for which the stack configuration comes second.
   */
  private order(name: Name): readonly Place[] {
    const group = groupOf(name);
    const { env, cloud } = SPELLINGS[name];
    if (env.length === 0 && cloud.length === 0) return [this.inStack];
    if (this.choice === undefined) {
      if (group === "certificate") return this.whole(["cert", "key"], [this.inStack, this.inEnv]);
      const isEnvFirst = group !== "other" && PROOFS.some((proof) => this.inEnv(proof));
      return isEnvFirst ? [this.inEnv, this.inStack] : [this.inStack, this.inEnv];
    }
    if (this.choice.isOwn)
      return name === "dialect" ? [this.inCloud, this.inStack] : [this.inCloud];
    const places = [this.inStack, this.inCloud, this.inEnv];
    switch (group) {
      case "identity":
        return [this.inCloud];
      case "project":
        return this.whole(["projectId", "projectName"], [this.inCloud, this.inStack, this.inEnv]);
      case "endpoint":
        return [this.inCloud, this.inStack];
      case "certificate":
        return this.whole(["cert", "key"], places);
      case "other":
        return places;
    }
  }

  /** The first place alone that has any of these. */
  private whole(names: readonly Name[], places: readonly Place[]): readonly Place[] {
    return places.filter((place) => names.some(place)).slice(0, 1);
  }

  private readonly inStack: Place = (name) => {
    const value = SPELLINGS[name].notInStack ? undefined : this.sources.stack(name);
    return value ? { name, value, source: `vpnaas:${name}` } : undefined;
  };

  private readonly inEnv: Place = (name) => {
    const source = SPELLINGS[name].env.find((variable) => this.sources.env[variable]);
    return source === undefined ? undefined : { name, value: this.sources.env[source]!, source };
  };

  private readonly inCloud: Place = (name) => {
    for (const key of SPELLINGS[name].cloud) {
      const found = this.cloud?.at(key);
      if (found) return { name, ...found };
    }
    return undefined;
  };

  private stackOrEnvCloud(): (CloudChoice & { readonly isOwn: boolean }) | undefined {
    const stack = this.sources.stack("cloud");
    if (stack) return { name: stack, source: "vpnaas:cloud", isOwn: false };
    const env = this.sources.env["OS_CLOUD"];
    return env ? { name: env, source: "OS_CLOUD", isOwn: false } : undefined;
  }
}

/** What proves who logs in. */
const PROOFS = ["password", "token", "applicationCredentialSecret"] as const;

/** What tells in which way to log in, the most special first. */
export const CREDENTIALS = [
  "token",
  "applicationCredentialSecret",
  "applicationCredentialId",
  "applicationCredentialName",
  "password",
  "userId",
  "username",
] as const;
