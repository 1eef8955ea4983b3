import { Clouds } from "../../provider/drift/clouds";
import { escapeControlCharacters } from "../../provider/controlCharacters";
import { Log } from "../../provider/log";
import { stderr } from "../io/output";

/** The clouds of a command, in its environment; lines about them go to stderr. */
export function openClouds(isDebug: boolean): Clouds {
  const print = (line: string) => stderr.print(escapeControlCharacters(line));
  return new Clouds(process.env, new Log(print, isDebug ? "debug" : "info"));
}
