/** `npm start` with stand-ins for the programs that it runs, and the same everything else. */
import { join } from 'node:path';
import { runStart } from '../../start/run-start.ts';

const program = (name: string) => join(import.meta.dirname, name);

process.exit(
  await runStart(process.argv.slice(2), {
    environment: process.env,
    checkout: process.cwd(),
    programs: { api: program('api.ts'), worker: program('worker.ts'), cli: program('cli.ts') },
  }),
);
