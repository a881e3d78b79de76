/**
 * The contracts of Instashare: zod schemas and the types inferred from them, for every request, response,
 * job payload and error code, and the path rules and limits that client and server both apply.
 *
 * Knows zod and nothing else: no Node, no DOM, no database, no HTTP.
 */
export * from './account.ts';
export * from './audit.ts';
export * from './bundle.ts';
export * from './bundle-rules.ts';
export * from './content-url.ts';
export * from './error.ts';
export * from './event.ts';
export * from './export.ts';
export * from './file.ts';
export * from './file-batch.ts';
export * from './folder.ts';
export * from './job.ts';
export * from './limits.ts';
export * from './page.ts';
export * from './path.ts';
export { filePathProblem, joinPath, utf8ByteLength } from './path-rules.ts';
export * from './session.ts';
export * from './share.ts';
export * from './token.ts';
export * from './trash.ts';
export * from './upload.ts';
export * from './usage.ts';
export * from './version.ts';
export * from './version-number.ts';
export * from './webhook.ts';
