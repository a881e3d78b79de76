import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { CHECKOUT } from './dockerfile.ts';

const dashboardSchema = z.object({
  panels: z.array(
    z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).default([]) }),
  ),
});

const rulesSchema = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.union([
          z.strictObject({ record: z.string(), expr: z.string() }),
          z.strictObject({
            alert: z.string(),
            expr: z.string(),
            for: z
              .string()
              .regex(/^\d+[smh]$/)
              .optional(),
            labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
            annotations: z.strictObject({ summary: z.string() }),
          }),
        ]),
      ),
    }),
  ),
});

export async function readRules() {
  const rules: unknown = parse(await readFile(join(CHECKOUT, 'deploy/prometheus/rules.yml'), 'utf8'));
  return rulesSchema.parse(rules).groups.flatMap((group) => group.rules);
}

/** Every query of the dashboard and of the rules. */
async function readQueries(): Promise<string[]> {
  const dashboard: unknown = JSON.parse(
    await readFile(join(CHECKOUT, 'deploy/grafana/instashare.json'), 'utf8'),
  );
  const shown = dashboardSchema
    .parse(dashboard)
    .panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  return [...shown, ...(await readRules()).map(({ expr }) => expr)];
}

interface Names {
  readonly metrics: readonly string[];
  readonly labels: readonly string[];
}

const sorted = (names: Iterable<string>) => [...new Set(names)].toSorted();

/** The metrics of ours and of Node's that queries ask for. */
export const metricsIn = (queries: readonly string[]): string[] =>
  sorted(queries.flatMap((query) => query.match(/\b(?:instashare|nodejs|process)_\w+/g) ?? []));

/** What the queries of the dashboard and of the rules ask for. */
export async function namesAsked(): Promise<Names> {
  const queries = await readQueries();
  const selected = queries.flatMap((query) =>
    [...query.matchAll(/[{,]\s*(\w+)(?:=|!)~?"/g)].map(([, name = '']) => name),
  );
  const grouped = queries.flatMap((query) =>
    [...query.matchAll(/by \(([^)]*)\)/g)].flatMap(([, names = '']) => names.split(/, */)),
  );
  return { metrics: metricsIn(queries), labels: sorted([...selected, ...grouped]) };
}

/** What processes give, by their answers at `/metrics`; histograms by the names of their series. */
export function namesGiven(answers: readonly string[]): Names {
  const text = answers.join('\n');
  const metrics = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name = '', type]) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  );
  const labels = [...text.matchAll(/[{,](\w+)="/g)].map(([, name = '']) => name);
  // Prometheus adds these, by where it found the answer.
  return { metrics: sorted(metrics), labels: sorted([...labels, 'job', 'instance']) };
}
