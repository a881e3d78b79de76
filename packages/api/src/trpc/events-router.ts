import {
  type LiveEvent,
  listChangesInputSchema,
  listChangesResultSchema,
  subscribeInputSchema,
} from '@instashare/contracts';
import { type TrackedEnvelope, tracked } from '@trpc/server';
import { z } from 'zod';
import type { Principal } from '../auth/principal.ts';
import { type Follower, followEvents, type LiveBatch, toLiveEvents } from '../services/follow-events.ts';
import { listChanges } from '../services/list-changes.ts';
import type { Context } from './context.ts';
import { readProcedure, router, toTrpcError } from './init.ts';

const tags = ['Events'];

type UserContext = Pick<Context, 'authenticateAgain' | 'cut'> & { readonly principal: Principal };

const liveEventsSchema = z.custom<AsyncGenerator<TrackedEnvelope<LiveEvent>, void, void>>(
  (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
);

function followerOf({ authenticateAgain, cut, principal }: UserContext, signal: AbortSignal): Follower {
  return { userId: principal.userId, confirmAccess: authenticateAgain, signal, cut };
}

async function* toTracked(
  batches: AsyncGenerator<LiveBatch, void, void>,
): AsyncGenerator<TrackedEnvelope<LiveEvent>, void, void> {
  try {
    for await (const batch of batches) {
      let lastId = batch.id;
      for (const event of toLiveEvents(batch)) {
        if ('id' in event) lastId = event.id;
        yield tracked(lastId, event);
      }
    }
  } catch (error) {
    // What is thrown on the way does not pass the procedure's own translation of errors.
    throw toTrpcError(error);
  }
}

export const eventsRouter = router({
  list: readProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/changes',
        tags,
        protect: true,
        summary: 'What happened to the files since a cursor, oldest first',
        description:
          'When nothing has happened since, the answer waits until something does, or until `waitSeconds` are over. ' +
          'Changes are kept for a while (`CHANGES_DAYS`, 30 by default); a cursor from before that is answered with ' +
          '410: list the files anew.',
      },
      errors: ['cursor_expired', 'too_many_streams'],
    })
    .input(listChangesInputSchema)
    .output(listChangesResultSchema)
    .query(({ ctx, input }) => listChanges(ctx.deps, followerOf(ctx, ctx.signal), input)),

  // An event without an id of its own gets that of the one before: going on behind it is going on behind that.
  subscribe: readProcedure
    .input(subscribeInputSchema)
    .output(liveEventsSchema)
    .subscription(({ ctx, input, signal = ctx.signal }) =>
      toTracked(followEvents(ctx.deps, followerOf(ctx, signal), input)),
    ),
});
