/**
 * Which way imports point: between packages, between the rooms of a package, and to which room a technology
 * belongs. Paths are regular expressions on `/`-separated paths from the repository's root; modules of Node
 * are named without `node:`. `rules.test.ts` shows for every rule an import that it refuses.
 */
import type { DependencyType, IForbiddenRuleType } from 'dependency-cruiser';
import { TECHNOLOGY_ROOMS } from './technology-rooms.ts';

const TESTS = ['\\.test\\.ts$', '/test/'];
/** What is gone when the program runs: `import type`, and types named as `import('…').T`. */
const TYPES: DependencyType[] = ['type-only', 'type-import'];
const NODE_HTTP = '^https?$|^http2$';
const npm = (...names: string[]) => `(^|/)node_modules/(${names.join('|')})/`;

/** Whose exports a package's source may import, types included. Tests under `test/` may wire up more. */
const PACKAGE_ARROWS = {
  backend: ['contracts'],
  api: ['contracts', 'backend'],
  worker: ['contracts', 'backend'],
  // Types of the api only: see `client-takes-only-types-of-api`.
  client: ['contracts', 'api'],
  sync: ['contracts', 'client'],
  desktop: ['contracts', 'client', 'sync'],
} as const;

const packageArrows: IForbiddenRuleType[] = Object.entries(PACKAGE_ARROWS).map(([name, allowed]) => ({
  name: `${name}-arrows`,
  comment: `packages/${name} imports of this repository only ${allowed.join(', ')}.`,
  severity: 'error',
  from: { path: `^packages/${name}/src/` },
  to: {
    path: '^(packages|scripts|tools|acceptance|bench)/',
    pathNot: `^packages/(${[name, ...allowed].join('|')})/`,
  },
}));

const technologyRooms: IForbiddenRuleType[] = TECHNOLOGY_ROOMS.map(({ name, modules, rooms }) => ({
  name: `${name}-room`,
  comment: `${name} stays in ${rooms.join(', ')}: elsewhere take what that room exports.`,
  severity: 'error',
  from: { path: '^packages/[^/]+/src/', pathNot: [...TESTS, ...rooms.map((room) => `^packages/${room}`)] },
  to: { path: modules.map((module) => `^(${module})$|${npm(module)}`), dependencyTypesNot: TYPES },
}));

const rooms: IForbiddenRuleType[] = [
  {
    name: 'contracts-know-only-zod',
    comment: 'Contracts run in browsers, in Node and in Electron: no Node, no library but zod.',
    severity: 'error',
    from: { path: '^packages/contracts/src/', pathNot: TESTS },
    to: { pathNot: ['^packages/contracts/src/', npm('zod')] },
  },
  {
    name: 'client-takes-only-types-of-api',
    comment: 'The published client must not carry the server: `import type` only.',
    severity: 'error',
    from: { path: '^packages/client/src/' },
    to: { path: '^packages/api/', dependencyTypesNot: TYPES },
  },
  {
    name: 'backend-knows-no-http',
    comment:
      'The backend is shared with the worker: HTTP and tRPC are the api’s. Both are watched at a port of their own, and reach Google through a proxy.',
    severity: 'error',
    from: {
      path: '^packages/backend/src/',
      pathNot: [
        ...TESTS,
        '^packages/backend/src/monitoring/monitoring-server\\.ts$',
        '^packages/backend/src/storage/gcs/heed-proxy\\.ts$',
      ],
    },
    to: { path: [NODE_HTTP, npm('fastify', '@fastify/[^/]+', '@trpc/[^/]+', 'trpc-openapi')] },
  },
  {
    name: 'services-know-no-protocol',
    comment:
      'A use case is called by any protocol: no HTTP and no tRPC in services and live, not even types.',
    severity: 'error',
    from: { path: '^packages/api/src/(services|live)/', pathNot: TESTS },
    to: {
      path: [
        '^packages/api/src/(http|trpc|openapi)/',
        NODE_HTTP,
        npm('fastify', '@fastify/[^/]+', '@trpc/[^/]+', 'trpc-openapi', 'zod-openapi'),
      ],
    },
  },
  {
    name: 'routes-know-no-database',
    comment:
      'What a route answers comes from contracts: it knows no row and no repository, not even as a type.',
    severity: 'error',
    from: { path: '^packages/api/src/(http|trpc|openapi)/', pathNot: TESTS },
    to: { path: '^packages/backend/src/database/' },
  },
  {
    name: 'routes-reach-data-through-services',
    comment: 'Routes and procedures call one use case: store and queue are the services’.',
    severity: 'error',
    from: { path: '^packages/api/src/(http|trpc|openapi)/', pathNot: TESTS },
    to: { path: '^packages/backend/src/(storage|queue)/', dependencyTypesNot: TYPES },
  },
  {
    name: 'compression-plan-is-pure',
    comment: 'plan.ts decides and does no I/O: of others it takes types, and values of contracts only.',
    severity: 'error',
    from: { path: '^packages/worker/src/compress/plan\\.ts$' },
    to: { pathNot: '^packages/contracts/', dependencyTypesNot: TYPES },
  },
  {
    name: 'sync-model-is-pure',
    comment: 'The model of the sync engine knows no Node, no DOM, no Electron: its world comes as arguments.',
    severity: 'error',
    from: { path: '^packages/sync/src/model/', pathNot: TESTS },
    to: { pathNot: ['^packages/sync/src/model/', '^packages/contracts/'] },
  },
  {
    name: 'a-watch-loads-no-zod',
    comment:
      'To load zod takes a third of the start of a command: what every watch loads looks at its data itself.',
    severity: 'error',
    from: { path: '^packages/sync/src/(adapters|engine|model)/', pathNot: TESTS },
    to: { path: npm('zod'), dependencyTypesNot: TYPES },
  },
  {
    name: 'renderer-knows-no-node',
    comment: 'The renderer is sandboxed: there is no Node.',
    severity: 'error',
    from: { path: '^packages/desktop/src/(renderer|shared)/', pathNot: TESTS },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'renderer-takes-only-types-of-main',
    comment: 'Between renderer and main process stands the IPC router: the renderer takes its type.',
    severity: 'error',
    from: { path: '^packages/desktop/src/(renderer|preload|shared)/', pathNot: TESTS },
    to: { path: '^packages/desktop/src/(main|engine)/', dependencyTypesNot: TYPES },
  },
  {
    name: 'desktop-processes-meet-in-shared',
    comment:
      'Main, engine and page are processes of their own: what they say to each other stands in shared.',
    severity: 'error',
    from: { path: '^packages/desktop/src/(main|engine)/' },
    to: { path: '^packages/desktop/src/(?!$1/|shared/)', dependencyTypesNot: TYPES },
  },
];

const everywhere: IForbiddenRuleType[] = [
  {
    name: 'start-script-imports-no-process',
    comment: 'The start script runs api, worker and uploader as processes of their own.',
    severity: 'error',
    from: { path: '^scripts/' },
    to: { path: '^packages/(api|worker|client|sync|desktop)/' },
  },
  {
    name: 'acceptance-is-a-black-box',
    comment: 'Acceptance tests see what a user sees: HTTP and the command line.',
    severity: 'error',
    from: { path: '^acceptance/' },
    to: { path: '^(packages|scripts|tools|bench)/' },
  },
  {
    name: 'packages-are-entered-by-their-exports',
    comment: 'What a package offers stands in its `exports`: no path leads into another one.',
    severity: 'error',
    from: { path: '^(?:packages/|tools/)?([^/]+)/' },
    to: { path: '^packages/(?!$1/)', dependencyTypes: ['local'], dependencyTypesNot: ['aliased-workspace'] },
  },
  {
    name: 'nothing-imports-main',
    comment: 'main.ts is where a process begins: importing it would start one.',
    severity: 'error',
    from: {},
    to: { path: '^packages/[^/]+/src/main\\.ts$' },
  },
  {
    name: 'only-main-composes',
    comment: 'One composition root per process: main.ts calls compose.ts, and nobody else does but tests.',
    severity: 'error',
    from: { pathNot: [...TESTS, '/main\\.ts$'] },
    to: { path: '^packages/[^/]+/src/compose\\.ts$', dependencyTypesNot: TYPES },
  },
  {
    name: 'source-imports-no-tests',
    comment: 'What tests need is not there in production.',
    severity: 'error',
    from: { path: '^(packages|scripts)/', pathNot: TESTS },
    to: { path: ['\\.test\\.ts$', '^packages/[^/]+/test/'] },
  },
  {
    name: 'source-imports-no-dev-dependency',
    comment:
      'A devDependency is not there where the package is used; types are, and Electron is what runs the app.',
    severity: 'error',
    from: { path: '^packages/[^/]+/src/', pathNot: TESTS },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: TYPES, pathNot: npm('electron') },
  },
  {
    name: 'no-cycles',
    comment: 'Modules that need each other to load are one module, or have a third between them.',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: TYPES } },
  },
  {
    name: 'everything-resolves',
    comment: 'An import that leads nowhere would slip past every other rule.',
    severity: 'error',
    // What a library of a workspace of its own leaves out is not ours.
    from: { pathNot: '(^|/)node_modules/' },
    to: { couldNotResolve: true },
  },
];

export const RULES: readonly IForbiddenRuleType[] = [
  ...packageArrows,
  ...technologyRooms,
  ...rooms,
  ...everywhere,
];
