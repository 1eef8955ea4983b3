/**
 * How often something was written, whatever the cloud. All clients of a process have one of these in
 * common, since two entries of clouds.yaml, even with other host names, may lead to the same cloud.
 */
export class WriteCounter {
  count = 0;
}
