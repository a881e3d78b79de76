/** `--only api`: the api by itself, with many requests, many files and many who follow its events. `--only load`: the requests alone. */
import type { Instance } from '../acceptance/harness/instance.ts';
import { measureEvents } from './api-events.ts';
import { measureListing } from './api-listing.ts';
import { type Load, measureLoad } from './api-load.ts';
import { FEW, MANY, makeFiles, SOME } from './api-rows.ts';
import { databaseOf } from './database-of.ts';
import type { Options } from './options.ts';
import { describePlans } from './query-plans.ts';
import type { ApiFigures, LoadFigures } from './report-api.ts';
import { registerUser, startServer, type User } from './server.ts';

type Note = (text: string) => void;
type Asked = Pick<Options, 'plans' | 'runs'>;

export async function benchApi(options: Asked, note: Note): Promise<ApiFigures> {
  const files = await measureFiles(options, note);
  note('api: events');
  return { ...files, events: await measureEvents() };
}

export async function benchLoad(options: Asked, note: Note): Promise<LoadFigures> {
  await using instance = await startServer();
  const user = await userWith(instance, SOME, note);
  const loads = await measureLoads(instance, user, { ...options, note });
  return { loads, plans: await plansOf(instance, options, [[user, SOME]]) };
}

async function measureFiles(options: Asked, note: Note): Promise<Omit<ApiFigures, 'events'>> {
  await using instance = await startServer();
  const poor = await userWith(instance, FEW, note);
  const middling = await userWith(instance, SOME, note);
  const rich = await userWith(instance, MANY, note);
  note('api: listings');
  const few = await measureListing(poor, FEW);
  const many = await measureListing(rich, MANY);
  const plans = await plansOf(instance, options, [
    [poor, FEW],
    [rich, MANY],
  ]);
  // What is uploaded there must not be in the way of the listings.
  const loads = await measureLoads(instance, middling, { ...options, note });
  return { loads, few, many, plans };
}

async function userWith(instance: Instance, count: number, note: Note): Promise<User> {
  note(`api: making ${count} files`);
  const user = await registerUser(instance.url);
  await makeFiles(await databaseOf(instance), count, user.email);
  return user;
}

async function measureLoads(
  instance: Instance,
  user: User,
  { runs, note }: Asked & { readonly note: Note },
): Promise<Load[][]> {
  const loads: Load[][] = [];
  for (let run = 1; run <= runs; run += 1) {
    note(`api: many requests, run ${run}`);
    loads.push(await measureLoad(instance, user));
  }
  return loads;
}

const plansOf = async (
  instance: Instance,
  { plans }: Asked,
  accounts: readonly (readonly [User, number])[],
): Promise<string[]> => (plans ? describePlans(await databaseOf(instance), accounts) : []);
