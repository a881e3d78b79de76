/** Builds the app into `dist/`: main process, engine and preload as CommonJS, the page as a site of its own. */
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type InlineConfig } from 'vite';

const root = import.meta.dirname;
const dist = join(root, 'dist');
/** The oldest Electron that the tests run on has Node 20 and Chromium 130. */
const NODE_TARGET = 'node20';
const PAGE_TARGET = 'chrome130';
/** What Electron brings, and what has a binary for each system: these are found when the app runs. */
const EXTERNAL = ['electron', 'libsql', '@parcel/watcher', '@node-rs/crc32'];

/** A program for Node: everything in one file, but for what is {@link EXTERNAL}. */
function program(entry: string, outDir: string): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: EXTERNAL, target: 'node' },
    build: {
      ssr: entry,
      outDir: join(dist, outDir),
      emptyOutDir: false,
      target: NODE_TARGET,
      minify: false,
      rolldownOptions: {
        external: [...EXTERNAL, /^node:/],
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  };
}

const page: InlineConfig = {
  root: join(root, 'src', 'renderer'),
  configFile: false,
  // React Query marks its modules for servers that render: of no use here, and a warning each.
  logLevel: 'error',
  build: {
    outDir: join(dist, 'renderer'),
    emptyOutDir: false,
    target: PAGE_TARGET,
    // The content security policy lets nothing inline through.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
};

await rm(dist, { recursive: true, force: true });
await build(program('src/main/main.ts', 'main'));
await build(program('src/engine/main.ts', 'engine'));
await build(program('src/preload/preload.ts', 'preload'));
await build(page);
await cp(join(root, 'assets'), join(dist, 'assets'), { recursive: true });
