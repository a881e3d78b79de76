/** What Node's streams lack for us. Knows nothing of what flows. */
export { toReadable } from './to-readable.ts';
