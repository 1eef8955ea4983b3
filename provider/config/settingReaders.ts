import type { Cloud } from "./cloudsYaml";
import { SPELLINGS, type Name } from "./settingNames";

/** The raw settings. */
export interface Sources {
  /** A value of the stack configuration by its name after `vpnaas:`. */
  readonly stack: (name: string) => string | undefined;
  /** A value of the stack configuration by its name after `openstack:`, if those can be read. */
  readonly openstack?: ((name: string) => string | undefined) | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether `stack` has the arguments of a provider that the program creates. */
  readonly isExplicit?: boolean;
}

/** A value with its source for messages: `vpnaas:region`, `OS_REGION_NAME`, a file and key. */
export interface Found {
  readonly name: Name;
  readonly value: string;
  readonly source: string;
}

/** Reads a setting in one source; undefined if it has no value there. */
export type SettingReader = (name: Name) => Found | undefined;

/** The sources of settings, each read by itself. */
export class SettingReaders {
  /** `cloud` reads the entry of clouds.yaml that is selected. */
  constructor(
    private readonly sources: Sources,
    private readonly cloud: () => Cloud | undefined,
  ) {}

  readonly inStack: SettingReader = (name) => {
    const value = SPELLINGS[name].isNotInStack ? undefined : this.sources.stack(name);
    if (!value) return undefined;
    const source = this.sources.isExplicit ? `the provider's argument ${name}` : `vpnaas:${name}`;
    return { name, value, source };
  };

  readonly inEnv: SettingReader = (name) => {
    const source = SPELLINGS[name].env.find((variable) => this.sources.env[variable]);
    return source === undefined ? undefined : { name, value: this.sources.env[source]!, source };
  };

  readonly inCloud: SettingReader = (name) => {
    for (const key of SPELLINGS[name].cloud) {
      const found = this.cloud()?.at(key);
      if (found) return { name, ...found };
    }
    return undefined;
  };

  readonly inOpenstack: SettingReader = (name) => {
    const key = SPELLINGS[name].openstack;
    const value = key && this.sources.openstack?.(key);
    return value ? { name, value, source: `openstack:${key}` } : undefined;
  };

  /** Whether `vpnaas:*` or `OS_*` have a part of a login. */
  get hasLogin(): boolean {
    return LOGIN.some((name) => this.inStack(name) ?? this.inEnv(name));
  }

  /** Two providers of one program must not mix their logins with that of the environment. */
  get isOnItsOwn(): boolean {
    const { isExplicit, stack } = this.sources;
    return isExplicit === true && ["cloud", "authUrl", ...CREDENTIALS].some((name) => stack(name));
  }
}

/** Settings that determine the kind of login, the most specific first. */
export const CREDENTIALS = [
  "token",
  "applicationCredentialSecret",
  "applicationCredentialId",
  "applicationCredentialName",
  "password",
  "userId",
  "username",
] as const;

/** Settings that belong to a login. */
export const LOGIN: readonly Name[] = ["authType", "authUrl", ...CREDENTIALS];
