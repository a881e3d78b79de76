import type { LiveEvent } from '@instashare/contracts';
import { isErrorBody, isRecord, parseJson } from '../errors/error-from-answer.ts';
import { InstashareError } from '../errors/instashare-error.ts';
import { type FollowOptions, followMessages } from './follow-messages.ts';

type Connection = Pick<FollowOptions, 'session' | 'openStream'>;

export interface EventsOptions {
  /** Begin behind this event (the `id` of a change or a cursor); from now on when left out. */
  readonly lastEventId?: string | undefined;
  /** Only events of files whose path, or whose path before, starts with this text. */
  readonly pathPrefix?: string | undefined;
  /** The connection is away, and is made again after this time. A `cursor` is the first event when it stands again. */
  readonly onInterruption?: FollowOptions['onInterruption'];
  readonly signal?: AbortSignal | undefined;
}

/**
 * What happens to the files, live. It goes on by itself through cut connections, restarts of the server and expired
 * tokens, and misses nothing on the way. An event is read from the connection when it is asked for. Throws
 * `cursor_expired` (list the files anew), what ends the log-in, and the signal's reason.
 */
export async function* followEvents(
  { serverUrl, ...connection }: { readonly serverUrl: string } & Connection,
  options: EventsOptions = {},
): AsyncGenerator<LiveEvent, void, void> {
  const { lastEventId = '', pathPrefix, onInterruption } = options;
  const url = new URL(`${serverUrl}/events`);
  if (pathPrefix !== undefined) url.searchParams.set('pathPrefix', pathPrefix);
  const signal = options.signal ?? new AbortController().signal;
  const errorOf: FollowOptions['errorOf'] = ({ type, data }) => (type === 'end' ? toError(data) : null);
  for await (const { type, data } of followMessages({
    url,
    ...connection,
    lastEventId,
    errorOf,
    onInterruption,
    signal,
  })) {
    if (type !== 'message') continue;
    const event = parseJson(data);
    if (!isLiveEvent(event))
      throw new InstashareError('bad_response', 'The server sent an event that makes no sense');
    yield event;
  }
}

/** Kinds are not checked against our list: a newer server may have more. */
function isLiveEvent(value: unknown): value is LiveEvent {
  return isRecord(value) && typeof value['kind'] === 'string';
}

function toError(data: string): InstashareError {
  const body = parseJson(data);
  return isErrorBody(body)
    ? new InstashareError(body.code, body.message, { issues: body.issues })
    : new InstashareError('bad_response', 'The server ended the events for a reason that makes no sense');
}
