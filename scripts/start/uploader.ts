import type { Instance } from './instance.ts';
import { localEnvironment, logInLocally } from './local-account.ts';
import { type SupervisedProgram, supervise } from './supervise.ts';

/**
 * What it holds grows with the files that wait for something, and a folder may have very many. Small as that is for
 * each, an uploader that ends for want of room is started again only to end again, and then takes all else with it.
 */
const HEAP_MIB = 1024;
/** It only has to put down what it holds: an upload that is cut goes on at the next start. */
const STOP_WITHIN_MS = 10_000;

export interface Watched {
  readonly folder: string;
  /** null: the root of the account. */
  readonly to: string | null;
}

/** Uploads a folder, and whatever changes in it, showing its progress on our terminal. */
export async function startUploader(instance: Instance, { folder, to }: Watched): Promise<SupervisedProgram> {
  const { context, parts, processes, stop, url } = instance;
  await logInLocally(instance);
  const program = {
    name: 'uploader',
    command: [context.programs.cli, 'watch', folder, ...(to === null ? [] : ['--to', to]), '--server', url],
    // As `instashare watch` has it when somebody calls it.
    environment: { ...localEnvironment(instance), MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072' },
    heapMib: HEAP_MIB,
    youngMib: 4,
    log: null,
    stopWithinMs: STOP_WITHIN_MS,
  };
  const uploader = await supervise(program, {
    onStarted: (pid) => processes.add('uploader', pid),
    onNotice: (line) => console.error(line),
    hint: 'It said why above.',
    stop,
  });
  uploader.keepRunning();
  return parts.use(uploader);
}
