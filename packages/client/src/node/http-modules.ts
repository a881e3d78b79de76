/**
 * Not by `import`: that makes a module of all that `node:http` offers, and so loads the `fetch` and the `WebSocket`
 * that it also offers: 50 ms, as long as Node itself takes to start.
 */
export const http = process.getBuiltinModule('node:http');
export const https = process.getBuiltinModule('node:https');
export const tls = process.getBuiltinModule('node:tls');
