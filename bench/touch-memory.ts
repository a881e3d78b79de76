/** What a run needs beside the file itself. */
const EXTRA_BYTES = 512 * 1024 * 1024;

/**
 * Uses as much memory as what follows will, and gives it back. The host of a virtual machine takes back what lies
 * idle, and whoever needs it again first may wait for seconds: without this, a large file mostly measures that.
 */
export function touchMemory(sizeBytes: number): void {
  const memory = new ArrayBuffer(sizeBytes + EXTRA_BYTES);
  new Uint8Array(memory).fill(1);
  memory.transfer(0);
}
