import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const CHECKOUT = join(import.meta.dirname, '..', '..');

interface Instruction {
  readonly stage: string;
  readonly keyword: string;
  readonly value: string;
}

export interface Dockerfile {
  readonly instructions: readonly Instruction[];
  /** The commands of a stage, as a shell is given them. */
  readonly runs: (stage: string) => string[];
  /** What the last stage sets. */
  readonly environment: Readonly<Record<string, string>>;
  /** The last one of the last stage. */
  readonly value: (keyword: string) => string;
  /** As {@link Dockerfile.value}, of an instruction in the form of a list. */
  readonly command: (keyword: string) => string[];
}

/** The instructions of `packages/<name>/Dockerfile`. */
export async function readDockerfile(name: 'api' | 'worker'): Promise<Dockerfile> {
  const text = await readFile(join(CHECKOUT, 'packages', name, 'Dockerfile'), 'utf8');
  let stage = '';
  const instructions = text.split('\n').flatMap((line): Instruction[] => {
    const [, keyword, value = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (keyword === undefined) return [];
    if (keyword === 'FROM') stage = / AS (\S+)$/.exec(value)?.[1] ?? 'image';
    return [{ stage, keyword, value }];
  });
  const last = instructions.filter((instruction) => instruction.stage === stage);
  const value = (keyword: string) =>
    last.findLast((instruction) => instruction.keyword === keyword)?.value ?? '';
  return {
    instructions,
    runs: (of) =>
      instructions
        .filter((instruction) => instruction.stage === of && instruction.keyword === 'RUN')
        .map((instruction) => instruction.value.replace(/^--mount=\S+ /, '')),
    environment: Object.fromEntries(
      last
        .filter(({ keyword }) => keyword === 'ENV')
        .flatMap((instruction) => [...instruction.value.matchAll(/(\w+)=(\S+)/g)])
        .map(([, key = '', set = '']) => [key, set]),
    ),
    value,
    command: (keyword) => {
      const list: unknown = JSON.parse(/\[.*\]$/.exec(value(keyword))?.[0] ?? '[]');
      return Array.isArray(list) ? list.map(String) : [];
    },
  };
}
