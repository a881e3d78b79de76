import { Pool } from 'pg';
import type { DataSource } from 'typeorm';

/** The connections of a data source. */
export function poolOf({ driver }: DataSource): Pool {
  const pool: unknown = Reflect.get(driver, 'master');
  if (!(pool instanceof Pool)) throw new TypeError('the driver keeps its pool elsewhere');
  return pool;
}
