import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The variables for paths, the language and the temporary folder, and those that Node, npm and Go need. */
const kept =
  /^(PATH|PATHEXT|SYSTEMROOT|WINDIR|COMSPEC|LANG|LANGUAGE|LC_\w+|TZ|TERM|TMPDIR|TEMP|TMP|NODE_EXTRA_CA_CERTS|NODE_V8_COVERAGE|SSL_CERT_FILE|SSL_CERT_DIR|NPM_CONFIG_CACHE|GOROOT|GOPATH|GOCACHE|GOMODCACHE|GOPROXY|GOTOOLCHAIN)$/i;

/**
 * The environment in which the demo and the tests run the Pulumi engine. Nothing of the caller's
 * shell that could name a cloud, a Pulumi backend or a proxy is in it; HOME, PULUMI_HOME and the
 * file backend lie below `root`, and the engine neither looks for updates nor downloads plugins.
 * The folders are named, not created. clouds.yaml is also read from the working folder, which the
 * caller controls.
 *
 * @param root Absolute path of a folder of its own.
 * @param extra Added last, so it wins.
 */
export function cleanEnvironment(
  root: string,
  extra: Record<string, string> = {},
): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => kept.test(name));
  return {
    ...Object.fromEntries(inherited),
    HOME: join(root, "home"),
    USERPROFILE: join(root, "home"),
    XDG_CONFIG_HOME: join(root, "home", ".config"),
    PULUMI_HOME: join(root, "pulumi"),
    PULUMI_BACKEND_URL: pathToFileURL(join(root, "state")).href,
    PULUMI_CONFIG_PASSPHRASE: "for tests and the demo only",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    NO_PROXY: "127.0.0.1,localhost,::1",
    no_proxy: "127.0.0.1,localhost,::1",
    ...extra,
  };
}
