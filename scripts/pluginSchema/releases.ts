/** The address of a repository on GitHub where `pulumi plugin install` finds its releases. */
export function downloadUrlOf(repository: unknown): string | undefined {
  const { url } = (repository ?? {}) as { readonly url?: string };
  const [, name] = /github\.com\/([^/]+\/[^/]+?)(?:\.git)?$/.exec(url ?? "") ?? [];
  return name === undefined ? undefined : `github://api.github.com/${name}`;
}
