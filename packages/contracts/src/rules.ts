/**
 * What of the contracts needs no schemas: limits, path rules, how a bundle is framed. For programs that start often:
 * making all the schemas takes longer than all the rest of a command.
 *
 * Knows nothing but the types of the schemas.
 */

export { BUNDLE_CONTENT_TYPE, bytesInBundle } from './bundle-rules.ts';
export { parseByteCount, writeByteCount } from './byte-count.ts';
export * from './limits.ts';
export { filePathProblem, joinPath, utf8ByteLength } from './path-rules.ts';
export { savedPercent } from './saved-percent.ts';
