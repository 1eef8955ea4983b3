import { messageOf } from "../../provider/errors";

/**
 * The reason for the failure of a command, as the command states it. No other part of the error is
 * shown, because it may quote the output of the command, as the error of a JSON parser does.
 */
export function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return "`pulumi` did not print valid JSON";
  const text = messageOf(error);
  const [, reason = text.split("\n")[0]!] =
    /^ *(?:stderr: *)?error: (.+)$/m.exec(text) ?? /^ *stderr: *(.+)$/m.exec(text) ?? [];
  return reason.replace(/\/\/[^\s/@]*@/g, "//(hidden)@");
}
