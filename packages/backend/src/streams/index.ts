/** What Node's streams lack for us. Knows nothing of what flows. */
export { collect } from './collect.ts';
export { freeMemory } from './free-memory.ts';
export { toReadable } from './to-readable.ts';
