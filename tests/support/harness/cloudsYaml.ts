/** The content of a clouds.yaml with an entry for each login, an environment of `OS_*`. */
export function cloudsYaml(
  logins: Readonly<Record<string, Readonly<Record<string, string>>>>,
  dialect: "neutron" | "k5" = "neutron",
): string {
  const entries = Object.entries(logins).map(([name, login]) => {
    const auth = {
      auth_url: login["OS_AUTH_URL"],
      username: login["OS_USERNAME"],
      password: login["OS_PASSWORD"],
      project_name: login["OS_PROJECT_NAME"],
      user_domain_name: login["OS_USER_DOMAIN_NAME"],
      project_domain_name: login["OS_PROJECT_DOMAIN_NAME"],
    };
    return [name, { auth, region_name: login["OS_REGION_NAME"], vpnaas: { dialect } }];
  });
  // JSON is YAML.
  return JSON.stringify({ clouds: Object.fromEntries(entries) });
}
