import { execFile } from 'node:child_process';
import { CliError } from '../cli-error.ts';
import type { Step } from './service-manager.ts';

export interface StepResult {
  readonly exitCode: number;
  readonly output: string;
}

const TIMEOUT_MS = 60_000;

/** Runs a program without a shell. Rejects when it can't be started. */
export function runStep([program, ...args]: Step): Promise<StepResult> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { timeout: TIMEOUT_MS }, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`.trimEnd();
      if (error === null) return resolve({ exitCode: 0, output });
      const { code } = error;
      if (typeof code === 'number') return resolve({ exitCode: code, output });
      const why = code === 'ENOENT' ? 'there is no such program here' : error.message;
      return reject(new CliError(`${program}: ${why}`, { code: 'service_manager', cause: error }));
    });
  });
}

/** Runs one after the other. Rejects with what the first one says that fails. */
export async function runSteps(steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const { exitCode, output } = await runStep(step);
    if (exitCode === 0) continue;
    const said = output === '' ? `exit code ${exitCode}` : output;
    throw new CliError(`"${step.join(' ')}" failed: ${said}`, { code: 'service_manager' });
  }
}
