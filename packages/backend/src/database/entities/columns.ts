import type { EntitySchemaColumnOptions, ValueTransformer } from 'typeorm';

/** SHA-256 digests: 32 bytes in the table, 64 hexadecimal digits everywhere else. */
export const hexBytes: ValueTransformer = {
  to: (hex: string | null | undefined) => (typeof hex === 'string' ? Buffer.from(hex, 'hex') : hex),
  from: (bytes: Buffer | null) => (bytes === null ? null : bytes.toString('hex')),
};

export const id = { type: 'uuid', primary: true } as const satisfies EntitySchemaColumnOptions;

export const userId = { type: 'uuid', name: 'user_id' } as const satisfies EntitySchemaColumnOptions;

/** Set by the database when the row is made. */
export const createdAt = {
  type: 'timestamptz',
  name: 'created_at',
  createDate: true,
} as const satisfies EntitySchemaColumnOptions;
