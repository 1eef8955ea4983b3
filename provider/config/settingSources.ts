import { ConfigurationError } from "../errors";
import { readCloud, type Cloud, type CloudChoice } from "./cloudsYaml";
import { andList } from "./parse";
import { groupOf, SPELLINGS, type Name } from "./settingNames";
import {
  CREDENTIALS,
  LOGIN,
  SettingReaders,
  type Found,
  type SettingReader,
  type Sources,
} from "./settingReaders";

/** Finds the settings of one login in their sources, by precedence. */
export class SettingLookup {
  private readonly choice: (CloudChoice & { readonly isOwn: boolean }) | undefined;
  private opened: Cloud | undefined;
  private readonly read: SettingReaders;
  /** Whether `openstack:*` supply the login, as the last resort, in place of an entry of clouds.yaml. */
  readonly readsOpenstack: boolean;

  /** `ownCloud` is a resource's own input `cloud`. The constructor reads no file. */
  constructor(
    private readonly sources: Sources,
    ownCloud: string | undefined,
  ) {
    this.read = new SettingReaders(sources, () => this.cloud);
    this.choice = ownCloud
      ? { name: ownCloud, source: "the resource's input cloud", isOwn: true }
      : this.namedCloud();
    this.readsOpenstack =
      this.choice === undefined &&
      !this.read.hasLogin &&
      LOGIN.some((name) => this.read.inOpenstack(name));
  }

  /**
   * The selected cloud of clouds.yaml; undefined if no cloud is selected.
   * @throws ConfigurationError
   */
  get cloud(): Cloud | undefined {
    if (this.choice) this.opened ??= readCloud(this.choice, this.sources.env);
    return this.opened;
  }

  /** The name of the selected cloud, and the source of that name. */
  get cloudChoice(): CloudChoice | undefined {
    return this.choice;
  }

  /**
   * The first of these settings that has a value, in the first source that has any of them. All of
   * them belong to one group.
   */
  find(...names: readonly [Name, ...Name[]]): Found | undefined {
    for (const read of this.order(names[0])) {
      for (const name of names) {
        const found = read(name);
        if (found) return found;
      }
    }
    return undefined;
  }

  /**
   * The first of these settings that has a value.
   * @throws ConfigurationError that lists the possible sources, and the sources of the other
   * credentials.
   */
  require(...names: readonly [Name, ...Name[]]): Found {
    this.requireAll(names);
    return this.find(...names)!;
  }

  /**
   * Each choice has a setting with a value.
   * @throws ConfigurationError that lists the last setting of every choice without one
   */
  requireAll(...choices: readonly (readonly [Name, ...Name[]])[]): void {
    const missing = choices
      .filter((names) => this.find(...names) === undefined)
      .map((names) => names[names.length - 1]!);
    if (missing.length > 0) throw this.incomplete(missing);
  }

  private incomplete(missing: readonly Name[]): ConfigurationError {
    const list = (of: (name: Name) => string) => andList(missing.map(of));
    const rest = CREDENTIALS.flatMap((one) => this.find(one)?.source ?? []);
    const read = rest.length === 0 ? "" : ` Read so far: ${rest.join("; ")}.`;
    const { cloud } = this;
    if (this.readsOpenstack) {
      return new ConfigurationError(
        `The login of openstack:* lacks ${list((name) => name)}: set ${list((name) => `openstack:${SPELLINGS[name].openstack ?? name}`)}, or give a whole login as vpnaas:* or OS_*.${read}`,
      );
    }
    const unread = missing.some((name) => this.read.inOpenstack(name)) ? IGNORED : "";
    if (!cloud) {
      return new ConfigurationError(
        `The login lacks ${list((name) => name)}: set ${list((name) => `vpnaas:${name}`)} in the stack configuration, or ${list((name) => SPELLINGS[name].env[0]!)} in the environment, or name a cloud of clouds.yaml (vpnaas:cloud, OS_CLOUD).${read}${unread}`,
      );
    }
    const ignored = missing.flatMap(
      (name) => this.read.inEnv(name) ?? this.read.inStack(name) ?? [],
    );
    const sources = andList(ignored.map(({ source }) => source));
    const unmixed =
      ignored.length > 0
        ? ` ${sources} ${ignored.length > 1 ? "are" : "is"} ignored: a login never combines two sources.`
        : "";
    const keys = list((name) => `clouds.${cloud.name}.${SPELLINGS[name].cloud[0]!}`);
    return new ConfigurationError(
      `The login of the cloud ${cloud.name} lacks ${list((name) => name)}: set ${keys} in ${cloud.file}, or in a secure.yaml beside it.${read}${unmixed}`,
    );
  }

  /**
   * Without a cloud: the stack configuration, then OS_*; login and endpoint in reverse order if
   * OS_* contain a credential. With a cloud (vpnaas:cloud, OS_CLOUD, otherwise openstack:cloud or
   * openstack:* themselves): the login only from the cloud; the endpoint also from the stack
   * configuration; the project, as a whole, also from the other sources; all other settings from
   * the stack configuration, the cloud, OS_*. With a resource's own cloud: all settings only from
   * that cloud, except that the dialect may also come
   * from the stack configuration.
   */
  private order(name: Name): readonly SettingReader[] {
    const group = groupOf(name);
    const { env, cloud } = SPELLINGS[name];
    if (env.length === 0 && cloud.length === 0) return [this.read.inStack];
    if (this.choice === undefined && !this.readsOpenstack) {
      if (group === "certificate")
        return this.whole(["cert", "key"], [this.read.inStack, this.read.inEnv]);
      if (this.read.isOnItsOwn) return [this.read.inStack];
      const isEnvFirst =
        !this.sources.isExplicit &&
        group !== "other" &&
        PROOFS.some((proof) => this.read.inEnv(proof));
      return isEnvFirst
        ? [this.read.inEnv, this.read.inStack]
        : [this.read.inStack, this.read.inEnv];
    }
    if (this.choice?.isOwn)
      return name === "dialect" ? [this.read.inCloud, this.read.inStack] : [this.read.inCloud];
    const entry = this.readsOpenstack ? this.read.inOpenstack : this.read.inCloud;
    const settings = [this.read.inStack, entry, ...(this.read.isOnItsOwn ? [] : [this.read.inEnv])];
    switch (group) {
      case "identity":
        return [entry];
      case "project":
        return this.whole(
          ["projectId", "projectName"],
          [entry, ...settings.filter((read) => read !== entry)],
        );
      case "endpoint":
        return [entry, this.read.inStack];
      case "certificate":
        return this.whole(["cert", "key"], settings);
      case "other":
        return settings;
    }
  }

  /** Only the first source that has any of these. */
  private whole(
    names: readonly Name[],
    settings: readonly SettingReader[],
  ): readonly SettingReader[] {
    return settings.filter((read) => names.some(read)).slice(0, 1);
  }

  private namedCloud(): (CloudChoice & { readonly isOwn: boolean }) | undefined {
    const stack = this.sources.stack("cloud");
    if (stack) {
      const source = this.sources.isExplicit ? "the provider's argument cloud" : "vpnaas:cloud";
      return { name: stack, source, isOwn: false };
    }
    const env = this.read.isOnItsOwn ? undefined : this.sources.env["OS_CLOUD"];
    if (env) return { name: env, source: "OS_CLOUD", isOwn: false };
    const last = this.read.hasLogin ? undefined : this.sources.openstack?.("cloud");
    return last ? { name: last, source: "openstack:cloud", isOwn: false } : undefined;
  }
}

const IGNORED = " openstack:* count only if nothing else names a login.";
/** Credentials that authenticate the user. */
const PROOFS = ["password", "token", "applicationCredentialSecret"] as const;
