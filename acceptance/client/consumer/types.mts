/** What the types of the installed package say. Compiled, never run: a line that lies does not compile. */
import {
  type AppRouter,
  type ClientErrorCode,
  createInstashareClient,
  createMemoryAuthStore,
  type ErrorCode,
  type FileDto,
  InstashareError,
  isInstashareError,
  type LiveEvent,
} from '@instashare/client';
import { createInstashareClient as createNodeClient } from '@instashare/client/node';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';

/** Each may stand for the other, and it is not `any`. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? (0 extends 1 & A ? false : true) : false) : false;
type Has<T, Name> = Name extends keyof T ? true : false;
const holds = <T extends true>(value?: T) => value;

type Inputs = inferRouterInputs<AppRouter>;
type Outputs = inferRouterOutputs<AppRouter>;

holds<Same<Outputs['files']['get'], FileDto>>();
holds<Same<Outputs['files']['list']['items'][number]['status'], 'stored' | 'ready' | 'failed'>>();
holds<Same<Inputs['tokens']['create']['scopes'], ('read' | 'write' | 'share')[]>>();
holds<Same<Outputs['shares']['create']['url'], string>>();
// What has a default may be left out.
holds<Same<Inputs['files']['list']['limit'], number | undefined>>();
holds<ErrorCode extends ClientErrorCode ? true : false>();
holds<'file_not_found' extends ErrorCode ? true : false>();
// Not `any`, nor any text.
holds<Same<'no_such_code' extends ClientErrorCode ? true : false, false>>();

export async function use(error: unknown): Promise<void> {
  const client = createInstashareClient({ url: '', auth: createMemoryAuthStore() });
  holds<Same<Awaited<ReturnType<typeof client.trpc.files.get.query>>, FileDto>>();
  holds<Same<Has<typeof client.trpc.files, 'explode'>, false>>();
  // @ts-expect-error -- the id is missing
  await client.trpc.files.get.query({});
  // @ts-expect-error -- a scope that there is not
  await client.trpc.tokens.create.mutate({ name: 'a', scopes: ['admin'] });
  // @ts-expect-error -- a part has no sha256
  await client.download('', { range: { start: 1 }, verify: true });
  // @ts-expect-error -- only Node has files
  await client.upload('path/of/a/file', { path: 'a' });
  // @ts-expect-error -- a token can't be both
  createInstashareClient({ url: '', auth: { accessToken: 1 } });
  const node = createNodeClient({ url: '', auth: { accessToken: 'isp_' } });
  await node.upload('path/of/a/file', { path: 'a' });
  for await (const event of node.events()) {
    holds<Same<typeof event, LiveEvent>>();
    if (event.kind === 'progress') holds<Same<typeof event.doneBytes, number>>();
    if (event.kind === 'cursor') holds<Same<Has<typeof event, 'doneBytes'>, false>>();
  }
  client.trpc.events.subscribe.subscribe(
    { pathPrefix: 'a/' },
    { onData: ({ data }) => holds<Same<typeof data, LiveEvent>>() },
  );
  if (error instanceof InstashareError) holds<Same<typeof error.code, ClientErrorCode>>();
  if (isInstashareError(error, 'path_taken', 'network'))
    holds<Same<typeof error.code, 'path_taken' | 'network'>>();
  // @ts-expect-error -- no such code
  isInstashareError(error, 'no_such_code');
}
