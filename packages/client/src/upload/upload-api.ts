import type {
  CompleteUploadInput,
  CreateUploadInput,
  CreateUploadResult,
  FileDto,
  UploadSession,
} from '@instashare/contracts';
import type { Trpc } from '../trpc/create-trpc.ts';

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** What an upload asks of the server beside taking the bytes. */
export interface UploadApi {
  create(input: CreateUploadInput, options: CallOptions): Promise<CreateUploadResult>;
  get(id: string, options: CallOptions): Promise<UploadSession>;
  complete(input: CompleteUploadInput, options: CallOptions): Promise<FileDto>;
  cancel(id: string, options: CallOptions): Promise<void>;
}

export function createUploadApi({ uploads }: Pick<Trpc, 'uploads'>): UploadApi {
  return {
    create: (input, options) => uploads.create.mutate(input, options),
    get: async (id, options) => (await uploads.get.query({ id }, options)).upload,
    complete: async (input, options) => (await uploads.complete.mutate(input, options)).file,
    cancel: async (id, options) => {
      await uploads.cancel.mutate({ id }, options);
    },
  };
}
