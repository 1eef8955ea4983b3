import { stringify } from "yaml";

import { makeParents } from "../harness/api";
import type { Cloud } from "../harness/cloud";
import { BY_PASSWORD, type Credential, newCredential, revoke, tokenBy } from "../harness/identity";
import { PROVIDER_TEXT, ProviderProcess, type ProviderOptions } from "../harness/providerProcess";
import type { Stage } from "../harness/stage";

const LAB = { project: { name: "lab", domain: { id: "default" } } };

/** Every kind of login to a Keystone, each with a new provider process. */
export function keystoneLoginScenarios(stage: Stage): void {
  let cloud: Cloud;
  let credential: Credential;
  let connection: { id: string; project_id: string };

  beforeAll(async () => {
    ({ cloud } = stage);
    const token = await tokenBy(cloud.identityUrl, BY_PASSWORD, LAB);
    credential = await newCredential(cloud.identityUrl, token);
    const parents = await makeParents(cloud.api, cloud.fixture);
    const { vpnServiceId, ikePolicyId, ipsecPolicyId } = parents;
    connection = (await cloud.api.post("/vpn/ipsec-site-connections", {
      ipsec_site_connection: {
        vpnservice_id: vpnServiceId,
        ikepolicy_id: ikePolicyId,
        ipsecpolicy_id: ipsecPolicyId,
        peer_address: "203.0.113.77",
        peer_id: "203.0.113.77",
        peer_cidrs: ["10.2.0.0/24"],
        psk: "canary-psk",
      },
    })) as typeof connection;
  });

  afterAll(() => stage.leave());

  /** Reads the connection with a new provider process. */
  async function read(options: Partial<ProviderOptions>): Promise<string> {
    const config = { "vpnaas:dialect": "neutron" };
    const provider = await ProviderProcess.start({ config, ...options });
    try {
      const state = { projectId: connection.project_id, __provider: PROVIDER_TEXT };
      return (await provider.read(connection.id, state)).id;
    } finally {
      await provider.stop();
    }
  }

  const readWith = (env: Record<string, string>) =>
    read({ env: { OS_AUTH_URL: cloud.identityUrl, ...env } });

  it("an application credential logs in by its id", async () => {
    const env = {
      OS_APPLICATION_CREDENTIAL_ID: credential.id,
      OS_APPLICATION_CREDENTIAL_SECRET: credential.secret,
    };
    expect(await readWith(env)).toBe(connection.id);
  });

  it("an application credential logs in by its name and user", async () => {
    const env = {
      OS_AUTH_TYPE: "v3applicationcredential",
      OS_APPLICATION_CREDENTIAL_NAME: credential.name,
      OS_APPLICATION_CREDENTIAL_SECRET: credential.secret,
      OS_USERNAME: "lab-user",
      OS_USER_DOMAIN_NAME: "Default",
    };
    expect(await readWith(env)).toBe(connection.id);
  });

  it("an unscoped token logs in with a project", async () => {
    const token = await tokenBy(cloud.identityUrl, BY_PASSWORD);
    const env = { OS_TOKEN: token, OS_PROJECT_NAME: "lab", OS_PROJECT_DOMAIN_NAME: "Default" };
    expect(await readWith(env)).toBe(connection.id);
  });

  it("a token of a password login works unchanged", async () => {
    const token = await tokenBy(cloud.identityUrl, BY_PASSWORD, LAB);
    expect(await readWith({ OS_TOKEN: token })).toBe(connection.id);
  });

  it("a token of an application credential works unchanged", async () => {
    const token = await tokenBy(cloud.identityUrl, {
      methods: ["application_credential"],
      application_credential: { id: credential.id, secret: credential.secret },
    });
    expect(await readWith({ OS_TOKEN: token })).toBe(connection.id);
  });

  it("an entry of clouds.yaml logs in with a password of secure.yaml", async () => {
    const { user } = BY_PASSWORD.password;
    const auth = { auth_url: cloud.identityUrl, username: user.name, project_name: "lab" };
    const id = await read({
      env: { OS_CLOUD: "live" },
      files: {
        "clouds.yaml": stringify({ clouds: { live: { auth, vpnaas: { dialect: "neutron" } } } }),
        "secure.yaml": stringify({ clouds: { live: { auth: { password: user.password } } } }),
      },
    });
    expect(id).toBe(connection.id);
  });

  it("a revoked token is refused with an error that names its setting", async () => {
    const token = await tokenBy(cloud.identityUrl, BY_PASSWORD);
    await revoke(cloud.identityUrl, token);
    await expect(readWith({ OS_TOKEN: token, OS_PROJECT_NAME: "lab" })).rejects.toThrow(/OS_TOKEN/);
  });
}
