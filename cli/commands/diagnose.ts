import { readFileSync } from "node:fs";

import {
  diagnosedCloud,
  readCloudEnd,
  type DiagnosedCloud,
} from "../../provider/diagnose/cloudEnd";
import { findCloudPeer, type SearchedCloud } from "../../provider/diagnose/cloudPeer";
import { diagnose as diagnoseEnd, type Diagnosis } from "../../provider/diagnose/diagnose";
import { secretsOf } from "../../provider/diagnose/driftFindings";
import { isPeerLog, readPeerLog } from "../../provider/diagnose/logs/readLog";
import { probe } from "../../provider/diagnose/probe/probe";
import { readPeerFiles, type PeerFile } from "../../provider/diagnose/readers";
import { entryOf, haveOneLogin, type Clouds, type CloudProject } from "../../provider/drift/clouds";
import type { HeldResource } from "../../provider/drift/stackState";
import { messageOf } from "../../provider/errors";
import { connectionOf } from "../../provider/peer/stackSource";
import { diagnosisJson } from "../diagnose/json";
import { diagnosisTable } from "../diagnose/table";
import { stdout } from "../io/output";
import { enterFolder } from "../io/workingFolder";
import { readOneStack } from "../pulumi/stacks";
import { diagnoseOptionsOf, type DiagnoseOptions } from "./diagnoseOptions";
import { openClouds } from "./openClouds";

/** A connection to diagnose, and where its peer may be. */
interface Subject {
  readonly id: string;
  /** The name of the resource; undefined without a stack. */
  readonly name?: string;
  /** The clouds that may have the peer; the first one has the connection. */
  readonly clouds: readonly [SearchedCloud, ...SearchedCloud[]];
  /** The next key of its PreSharedKey. */
  readonly nextPsk?: string | undefined;
  /** Values that the state keeps secret, besides the key. */
  readonly secrets: readonly string[];
}

/** The files of the peer. */
interface PeerFiles {
  readonly configs: readonly PeerFile[];
  readonly logs: readonly string[];
}

/**
 * `pulumi-vpnaas diagnose`: prints the problems of a tunnel. Resolves with the exit status: 2 if there
 * is a problem.
 * @throws UsageError for invalid options; Error for a stack, a cloud or a file that cannot be read
 */
export async function diagnose(args: string[]): Promise<number> {
  const options = diagnoseOptionsOf(args);
  const files = {
    configs: options.peerConfigs.map((path) => peerFile("--peer-config", path)),
    logs: options.peerLogs.map(peerLog),
  };
  enterFolder(options.cwd);
  const clouds = openClouds(options.debug);
  const subjects = await (options.isInCloud
    ? subjectsOfCloud(clouds, options)
    : subjectsOfStack(clouds, options));
  const diagnoses = await Promise.all(subjects.map((one) => diagnosisOf(one, files, options)));
  const color = stdout.isTerminal && !process.env["NO_COLOR"];
  stdout.write(options.isJson ? diagnosisJson(diagnoses) : diagnosisTable(diagnoses, { color }));
  const findings = diagnoses.flatMap((one) => one.findings);
  return findings.some(({ verdict }) => verdict === "problem") ? 2 : 0;
}

async function diagnosisOf(
  { id, name, clouds, nextPsk, secrets }: Subject,
  { configs, logs }: PeerFiles,
  { networks, cloudAddress, peerAddress, hasProbe }: DiagnoseOptions,
): Promise<Diagnosis> {
  const end = await readCloudEnd(await clouds[0].open(), id, {
    networks,
    cloudAddress,
    peerAddress,
  });
  const { view } = end;
  const settings =
    configs.length > 0 ? readPeerFiles(configs, view?.local.address ?? "") : undefined;
  const search = settings === undefined ? await findCloudPeer(end, clouds) : undefined;
  const log =
    logs.length > 0 && view !== undefined ? readPeerLog(logs.join("\n"), view) : undefined;
  const probed = hasProbe && view !== undefined ? await probe(view) : undefined;
  const diagnosis = diagnoseEnd(end, {
    settings,
    cloudPeer: search?.peer,
    searchProblems: search?.problems ?? [],
    nextPsk,
    log,
    probe: probed,
    secrets,
  });
  return { ...diagnosis, name: name ?? diagnosis.name };
}

/** Opens clouds; two logins to one project lead to one cloud. */
function cloudOpener(): (
  name: string | undefined,
  logIn: () => Promise<CloudProject>,
) => SearchedCloud {
  const opened = new Map<CloudProject, DiagnosedCloud>();
  return (name, logIn) => ({
    name,
    open: async () => {
      const project = await logIn();
      const cloud = opened.get(project) ?? diagnosedCloud(project);
      opened.set(project, cloud);
      return cloud;
    },
  });
}

function subjectsOfCloud(clouds: Clouds, options: DiagnoseOptions): Subject[] {
  const opener = cloudOpener();
  const named = (name: string | undefined) =>
    opener(name, () => clouds.at({ config: () => undefined }, name));
  const { cloud, peerCloud } = options;
  const others = peerCloud === undefined ? [] : [named(peerCloud)];
  return [{ id: options.connection!, clouds: [named(cloud), ...others], secrets: [] }];
}

async function subjectsOfStack(clouds: Clouds, options: DiagnoseOptions): Promise<Subject[]> {
  const stack = await readOneStack(options.stack);
  const all = stack.resources.filter((one) => one.kind === "IpsecSiteConnection" && one.isCompared);
  // Without a connection, or without a match, the error lists the connections.
  const isEach = options.connection === undefined && all.length > 0;
  const chosen = isEach ? all : [connectionOf(stack, options.connection)];
  const opener = cloudOpener();
  const searched = (one: HeldResource) => opener(entryOf(one.outputs), () => clouds.of(stack, one));
  const logins = stack.resources.filter(
    (one, i, resources) => resources.findIndex((other) => haveOneLogin(one, other)) === i,
  );
  const { peerCloud } = options;
  const isSearched = logins.some(
    ({ provider, outputs }) => provider === undefined && entryOf(outputs) === peerCloud,
  );
  const named =
    peerCloud === undefined || isSearched
      ? []
      : [opener(peerCloud, () => clouds.at(stack, peerCloud))];
  return chosen.map((connection) => {
    const { id, name, outputs, secret } = connection;
    const others = logins.filter((one) => !haveOneLogin(one, connection));
    const key = stack.preSharedKeys?.find(({ current }) => current === outputs["psk"]);
    return {
      id,
      name,
      clouds: [searched(connection), ...others.map(searched), ...named],
      nextPsk: key?.next,
      secrets: secretsOf({ outputs, secret }),
    };
  });
}

function peerLog(path: string): string {
  const { text } = peerFile("--peer-log", path);
  if (isPeerLog(text)) return text;
  throw new Error(`--peer-log ${path} is not the log of strongSwan or libreswan`);
}

/** A file by its path before `--cwd` counts. */
function peerFile(option: string, path: string): PeerFile {
  try {
    return { name: path, text: readFileSync(path === "-" ? 0 : path, "utf8") };
  } catch (error) {
    throw new Error(`${option} ${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
