import { VpnaasError } from "../../errors";

/** The file of a peer cannot be read. The message contains no part of the file. */
export class PeerFileError extends VpnaasError {}
