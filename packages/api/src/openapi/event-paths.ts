import { liveEventSchema } from '@instashare/contracts';
import { jsonSchema, type Paths, withRefusals } from './operation.ts';

const lastEventId = { type: 'string', pattern: '^\\d{1,15}$', example: '1024' } as const;

/** Text with what its messages hold: JSON Schema's word for it, which the library's type lacks. */
const stream = { type: 'string' as const, contentSchema: jsonSchema(liveEventSchema) };

const CURSOR = { kind: 'cursor', id: '1024' };
const PURGED = {
  id: '1025',
  kind: 'purged',
  fileId: '019abc3e-7a44-7cde-8f01-23456789abcd',
  path: 'notes/old.txt',
  previousPath: null,
  changedAt: '2026-11-25T12:00:00.000Z',
  file: null,
};
const EXAMPLE = [CURSOR, PURGED]
  .map((event) => `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`)
  .join('');

const events = withRefusals(
  { access: 'read', errors: ['cursor_expired', 'too_many_streams'] },
  {
    operationId: 'followEvents',
    summary: 'Follow what happens to the files, live',
    description:
      'Server-sent events. Each message is an event as JSON, of the default type. The `id` of a change is where to go ' +
      'on: send the last one as `Last-Event-ID` (browsers do so by themselves), and nothing is missed. ' +
      '`{"kind":"progress"}` has no id and is not repeated. `{"kind":"cursor"}` comes first and then every few ' +
      'seconds, and moves the id past what is not of interest. A message of the type `end` holds the error for which ' +
      'the stream ends, such as `access_token_expired`: connect again with a fresh token.',
    tags: ['Events'],
    parameters: [
      {
        name: 'pathPrefix',
        in: 'query',
        description: 'Only events of files whose path, or whose path before, starts with this text.',
        schema: { type: 'string' },
      },
      {
        name: 'lastEventId',
        in: 'query',
        description:
          'As `Last-Event-ID`, for those who can not send headers; the header counts when both are there.',
        schema: lastEventId,
      },
      {
        name: 'Last-Event-ID',
        in: 'header',
        description: 'Begin behind this event. Begin now when left out.',
        schema: lastEventId,
      },
    ],
    responses: {
      200: {
        description: 'The stream. The schema of its content is that of what stands in `data`.',
        content: {
          'text/event-stream': { schema: stream, example: EXAMPLE },
        },
      },
    },
  },
);

export const eventPaths: Paths = { '/events': { get: events } };
