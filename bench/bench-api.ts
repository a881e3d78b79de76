/** `--only api`: the api by itself, with many requests, many files and many who follow its events. */
import { measureEvents } from './api-events.ts';
import { measureListing } from './api-listing.ts';
import { type Load, measureLoad } from './api-load.ts';
import { FEW, MANY, makeFiles } from './api-rows.ts';
import { databaseOf } from './database-of.ts';
import { type ApiFigures, reportApi } from './report-api.ts';
import { registerUser, startServer } from './server.ts';

export async function benchApi(runs: number, note: (text: string) => void): Promise<string> {
  const files = await measureFiles(runs, note);
  note('api: events');
  return reportApi({ ...files, events: await measureEvents() });
}

async function measureFiles(runs: number, note: (text: string) => void): Promise<Omit<ApiFigures, 'events'>> {
  await using instance = await startServer();
  const [rich, poor] = [await registerUser(instance.url), await registerUser(instance.url)];
  const database = await databaseOf(instance);
  note(`api: making ${MANY} files`);
  await makeFiles(database, FEW, poor.email);
  await makeFiles(database, MANY, rich.email);
  note('api: listings');
  const few = await measureListing(poor, FEW);
  const many = await measureListing(rich, MANY);
  const loads: Load[][] = [];
  for (let run = 1; run <= runs; run += 1) {
    note(`api: many requests, run ${run}`);
    // What is uploaded there must not be in the way of the listings.
    loads.push(await measureLoad(instance, rich, MANY));
  }
  return { loads, few, many };
}
