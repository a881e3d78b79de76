import { environmentSchema } from '@instashare/backend/config';
import { z } from 'zod';

interface Block {
  readonly text: string;
  readonly variables: readonly { readonly name: string; readonly value: string }[];
}

const HEAD = `# Configuration

Made of \`.env.example\` and of the schema that the environment is parsed with, by \`npm run configuration\`: change those.

Everything is read from the environment, once, when a process starts; with \`npm start\` from a file \`.env\` in the checkout
as well, where the environment wins. An empty value counts as not set. A process whose configuration has faults lists all
of them and ends with 1.
`;

/**
 * The reference of the configuration: what `.env.example` says of each variable, with what the schema takes. Throws when
 * that file names a variable which nobody reads.
 */
export function configurationReference(example: string): string {
  return [HEAD, ...toBlocks(example).map(toSection)].join('\n');
}

/** A comment and the variables below it, to the next comment. */
function toBlocks(example: string): Block[] {
  const parts = [...example.matchAll(/((?:^#.*\n)+)((?:^\w+=.*\n)+)/gm)];
  return parts.map(([, comment = '', variables = '']) => ({
    text: comment
      .split('\n')
      .map((line) => line.replace(/^# ?/, ''))
      .join('\n')
      .trim(),
    variables: [...variables.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => ({
      name,
      value,
    })),
  }));
}

function toSection({ text, variables }: Block): string {
  const rows = variables.map(
    ({ name, value }) => `| \`${name}\` | ${kindOf(name)} | ${value === '' ? '' : `\`${value}\``} |`,
  );
  return [text, '', '| variable | value | default |', '|---|---|---|', ...rows, ''].join('\n');
}

/** Read by others than us. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  GOOGLE_APPLICATION_CREDENTIALS: 'path; read by Google’s library',
  OTEL_EXPORTER_OTLP_HEADERS: '`name=value,…`; read by OpenTelemetry’s library',
  OTEL_RESOURCE_ATTRIBUTES: '`name=value,…`; read by OpenTelemetry’s library',
  POSTGRES_PASSWORD: 'text; read by docker-compose.yml',
};

const describedSchema = z.object({
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  format: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
});

function kindOf(name: string): string {
  const schema = Object.entries(environmentSchema.shape).find(([key]) => key === name)?.[1];
  if (schema === undefined) {
    const kind = ELSEWHERE[name];
    if (kind === undefined) throw new Error(`.env.example names ${name}, which nobody reads`);
    return kind;
  }
  const described = describedSchema.parse(z.toJSONSchema(schema, { unrepresentable: 'any' }));
  if (described.enum !== undefined) return described.enum.map((value) => `\`${value}\``).join(', ');
  if (described.type === 'integer') return rangeOf(described);
  if (described.type === 'number') return `number, ${described.minimum} to ${described.maximum}`;
  if (described.format === 'uri') return 'address';
  return (described.minLength ?? 0) > 1 ? `text, ${described.minLength} characters or more` : 'text';
}

function rangeOf({
  minimum = 0,
  maximum = Number.MAX_SAFE_INTEGER,
}: z.infer<typeof describedSchema>): string {
  const from = minimum.toLocaleString('en');
  return maximum === Number.MAX_SAFE_INTEGER
    ? `whole number, ${from} or more`
    : `whole number, ${from} to ${maximum.toLocaleString('en')}`;
}
