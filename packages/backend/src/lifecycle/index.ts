/**
 * How a process ends: on a signal, or when its parent is gone. First everything composed is disposed in
 * reverse order of creation, within a bound; a second signal of a person ends it at once.
 */
export { onShutdown, type ShutdownOptions } from './on-shutdown.ts';
