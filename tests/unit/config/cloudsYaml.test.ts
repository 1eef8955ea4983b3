import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { readCloud } from "../../../provider/config/cloudsYaml";
import { ConfigurationError } from "../../../provider/errors";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vpnaas-clouds-"));
  jest.spyOn(process, "cwd").mockReturnValue(join(folder, "program"));
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** Writes a file below the folder, readable by its owner only. */
function file(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

const clouds = (password: string) => `clouds: {lab: {auth: {password: ${password}}}}`;

/** Reads the cloud, with the user's configuration in the folder. */
function cloud(env: Record<string, string> = {}, name = "lab") {
  return readCloud(
    { name, source: "OS_CLOUD" },
    { XDG_CONFIG_HOME: join(folder, "config"), ...env },
  );
}

const password = (env: Record<string, string> = {}) => cloud(env).at("auth.password")?.value;

function errorOf(env: Record<string, string> = {}, name = "lab"): string {
  try {
    cloud(env, name);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
}

describe("the search for clouds.yaml", () => {
  it("prefers the program's folder to the user's configuration", () => {
    file("config/openstack/clouds.yaml", clouds("the user's"));
    expect(password()).toBe("the user's");
    file("program/clouds.yaml", clouds("the program's"));
    expect(password()).toBe("the program's");
  });

  it("finds the extension .yml too", () => {
    file("program/clouds.yml", clouds("one"));
    expect(password()).toBe("one");
  });

  it("uses .config of the home folder if XDG_CONFIG_HOME is not set", () => {
    file("home/.config/openstack/clouds.yaml", clouds("one"));
    expect(password({ HOME: join(folder, "home"), XDG_CONFIG_HOME: "" })).toBe("one");
  });

  it("uses only OS_CLIENT_CONFIG_FILE if that is set", () => {
    file("program/clouds.yaml", clouds("the program's"));
    const only = file("elsewhere/mine.yaml", clouds("mine"));
    expect(password({ OS_CLIENT_CONFIG_FILE: only })).toBe("mine");
    const absent = join(folder, "absent.yaml");
    expect(errorOf({ OS_CLIENT_CONFIG_FILE: absent })).toBe(
      `The file of OS_CLIENT_CONFIG_FILE does not exist: ${absent}`,
    );
  });

  it("names the searched folders if it finds no file", () => {
    const message = errorOf();
    expect(message).toMatch(/^There is no clouds\.yaml to read the cloud lab \(OS_CLOUD\) from/);
    for (const place of [join(folder, "program"), join(folder, "config", "openstack")]) {
      expect(message).toContain(place);
    }
    expect(message).toContain("/etc/openstack");
  });
});

describe("a cloud of clouds.yaml", () => {
  it("gives each value with its file and key", () => {
    const path = file("program/clouds.yaml", clouds("one"));
    expect(cloud().at("auth.password")).toEqual({
      value: "one",
      source: `clouds.yaml at ${path}, clouds.lab.auth.password`,
    });
  });

  it("may have a dot in its name", () => {
    file("program/clouds.yaml", "clouds: {my.lab: {region_name: one}, my: {region_name: two}}");
    expect(cloud({}, "my.lab").at("region_name")?.value).toBe("one");
  });

  it("gives the regions of a list by number", () => {
    file("program/clouds.yaml", "clouds: {lab: {regions: [{name: one}, two]}}");
    expect([cloud().at("regions.0.name")?.value, cloud().at("regions.1")?.value]).toEqual([
      "one",
      "two",
    ]);
  });

  it("is refused if it is unknown, with the known clouds and the file", () => {
    const path = file("program/clouds.yaml", "clouds: {east: {}, west: {}}");
    expect(errorOf()).toBe(`There is no cloud lab (OS_CLOUD) in ${path}. It has: east, west.`);
    file("program/clouds.yaml", "");
    expect(errorOf()).toBe(`There is no cloud lab (OS_CLOUD) in ${path}. It has: none.`);
  });
});

describe("secure.yaml", () => {
  it("in the folder of clouds.yaml wins over it, key by key", () => {
    file("program/clouds.yaml", "clouds: {lab: {auth: {username: alice, password: old}}}");
    const path = file("program/secure.yaml", clouds("new"));
    expect(cloud().at("auth.username")?.value).toBe("alice");
    expect(cloud().at("auth.password")).toEqual({
      value: "new",
      source: `secure.yaml at ${path}, clouds.lab.auth.password`,
    });
  });

  it("in another folder is not read", () => {
    file("program/clouds.yaml", clouds("one"));
    file("config/openstack/secure.yaml", clouds("two"));
    expect(password()).toBe("one");
  });
});

describe("a profile of clouds-public.yaml", () => {
  const PUBLIC =
    "public-clouds: {vendor: {region_name: one, auth: {auth_url: https://a.example.org}}}";

  it.each(["profile", "cloud"])(
    "named by the key %s adds the values that the cloud lacks",
    (key) => {
      file("program/clouds.yaml", `clouds: {lab: {${key}: vendor, region_name: two}}`);
      file("config/openstack/clouds-public.yaml", PUBLIC);
      expect(cloud().at("auth.auth_url")).toMatchObject({
        value: "https://a.example.org",
        source: expect.stringMatching(
          /^clouds-public\.yaml at .*public-clouds\.vendor\.auth\.auth_url$/,
        ),
      });
      expect(cloud().at("region_name")?.value).toBe("two");
      expect(cloud().hasAuth).toBe(true);
    },
  );

  it("is refused if it is unknown, with the known profiles", () => {
    file("program/clouds.yaml", "clouds: {lab: {profile: seller}}");
    expect(errorOf()).toMatch(
      /clouds\.lab\.profile is not known: there is no clouds-public\.yaml in/,
    );
    file("program/clouds-public.yaml", PUBLIC);
    expect(errorOf()).toMatch(
      /clouds\.lab\.profile is not known: .*clouds-public\.yaml has vendor\./,
    );
  });
});

const unlessWindows = process.platform === "win32" ? it.skip : it;

describe("a clouds.yaml that other users may read", () => {
  unlessWindows("is warned about if it contains a secret", () => {
    const path = file("program/clouds.yaml", clouds("one"));
    expect(cloud().warnings).toEqual([]);
    for (const mode of [0o640, 0o604]) {
      chmodSync(path, mode);
      expect(cloud().warnings).toEqual([
        {
          key: `secret in ${path}`,
          line: `warning: ${path} holds a secret, and others may read it: chmod 600 would keep it.`,
        },
      ]);
    }
  });

  unlessWindows("is not warned about if the secret is in secure.yaml", () => {
    chmodSync(file("program/clouds.yaml", "clouds: {lab: {auth: {username: alice}}}"), 0o644);
    file("program/secure.yaml", clouds("one"));
    expect(cloud().warnings).toEqual([]);
  });
});
