import type { ErrorCode } from '@instashare/contracts';
import { JOB_NAMES, JOB_STATES } from '../services/admin/view-queue.ts';
import { type Operation, type Parameter, type Paths, type Response, withRefusals } from './operation.ts';

const html = { 'text/html': { schema: { type: 'string' } } } as const;

/** To whom the pages are not there they answer as any unknown address does: in JSON. */
const NOT_THERE: Record<string, Response> = withRefusals(
  { access: 'public', errors: ['not_found'] },
  { responses: {} },
).responses;

interface Described {
  readonly access: 'public' | 'admin';
  readonly errors?: readonly ErrorCode[];
}

/** For a browser: what is wrong is told in HTML, but that there is nothing. */
function adminPage({ access, errors = [] }: Described, operation: Operation): Operation {
  const described = withRefusals({ access, errors, errorsAs: 'html' }, { ...operation, tags: ['Admin'] });
  const { 404: notThere } = NOT_THERE;
  return {
    ...described,
    responses: { ...described.responses, ...(notThere === undefined ? {} : { 404: notThere }) },
  };
}

const query = (name: string, description: string, schema: Parameter['schema']): Parameter => ({
  name,
  in: 'query',
  description,
  schema: schema ?? { type: 'string' },
});

const inPath = (name: string, description: string, schema: Parameter['schema']): Parameter => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: schema ?? { type: 'string' },
});

type FormField = { type: 'string'; maxLength: number; example: string };

const form = (required: string[], properties: Record<string, FormField>) => ({
  required: true,
  content: {
    'application/x-www-form-urlencoded': { schema: { type: 'object' as const, required, properties } },
  },
});

const goOn = {
  303: {
    description: 'Done: go on to the page.',
    headers: {
      Location: {
        description: 'The page.',
        required: true,
        schema: { type: 'string' as const, minLength: 1 },
      },
    },
  },
};
const cookie = {
  'Set-Cookie': {
    description: 'For these pages alone.',
    required: true,
    schema: { type: 'string' as const, minLength: 1 },
  },
};

const FORM_ERRORS = [
  'wrong_origin',
  'request_timeout',
  'payload_too_large',
  'unsupported_media_type',
] as const;
const queueName = inPath('queue', 'Kind of job.', { type: 'string', enum: [...JOB_NAMES] });

const overview = adminPage(
  { access: 'public', errors: ['not_found', 'session_ended'] },
  {
    operationId: 'adminOverview',
    summary: 'What the server holds and has to do, for its admins',
    description:
      'For a browser, and without a script. A stranger is asked to log in; whoever is known not to be an admin, or brings ' +
      'a token of the api, is answered as at an unknown address, as is everybody where nobody is an admin.',
    parameters: [
      query('account', 'E-mail address of the one account to list.', { type: 'string', maxLength: 254 }),
      query('after', 'Only accounts behind this e-mail address.', {
        type: 'string',
        maxLength: 254,
        example: 'ada@example.org',
      }),
    ],
    responses: { 200: { description: 'The page, or the form of a log-in.', content: html } },
  },
);

const logIn = adminPage(
  { access: 'public', errors: [...FORM_ERRORS, 'not_found', 'invalid_credentials', 'rate_limited'] },
  {
    operationId: 'adminLogIn',
    summary: 'Log in to the admin pages',
    description: 'What the form sends. Counted with all other log-ins; the session is one of the account’s.',
    requestBody: form(['email', 'password'], {
      email: { type: 'string', maxLength: 254, example: 'ada@example.org' },
      password: { type: 'string', maxLength: 256, example: 'correct horse battery' },
    }),
    responses: { 303: { ...goOn[303], headers: { ...goOn[303].headers, ...cookie } } },
  },
);

const logOut = adminPage(
  { access: 'admin', errors: FORM_ERRORS },
  {
    operationId: 'adminLogOut',
    summary: 'Log out of the admin pages',
    description: 'The session ends, and the browser forgets it.',
    responses: { 303: { ...goOn[303], headers: { ...goOn[303].headers, ...cookie } } },
  },
);

const setQuota = adminPage(
  { access: 'admin', errors: FORM_ERRORS },
  {
    operationId: 'adminSetQuota',
    summary: 'Set what an account may hold',
    description: 'Less than it holds stops uploads and removes nothing.',
    parameters: [inPath('id', 'Id of the user.', { type: 'string', format: 'uuid' })],
    requestBody: form(['quota'], {
      quota: { type: 'string', maxLength: 40, example: '10 GB' },
      account: { type: 'string', maxLength: 254, example: 'ada@example.org' },
      after: { type: 'string', maxLength: 254, example: '' },
    }),
    responses: goOn,
  },
);

const queue = adminPage(
  { access: 'admin' },
  {
    operationId: 'adminQueue',
    summary: 'The jobs of the queue by their state, for admins',
    description: 'The same whichever backend the queue has.',
    parameters: [
      query('queue', 'Kind of job; the first that has any when it is left out.', {
        type: 'string',
        enum: [...JOB_NAMES],
      }),
      query('state', 'State of the jobs.', { type: 'string', enum: [...JOB_STATES], default: 'failed' }),
    ],
    responses: { 200: { description: 'The page.', content: html } },
  },
);

const retryAll = adminPage(
  { access: 'admin', errors: FORM_ERRORS },
  {
    operationId: 'adminRetryJobs',
    summary: 'Have all jobs of a kind that failed run again',
    description: 'Each with all its tries.',
    parameters: [queueName],
    responses: goOn,
  },
);

const retryOne = adminPage(
  { access: 'admin', errors: FORM_ERRORS },
  {
    operationId: 'adminRetryJob',
    summary: 'Have a job that failed run again',
    description: 'With all its tries. One that is not there any more, or has not failed, is left alone.',
    parameters: [queueName, inPath('id', 'Id of the job.', { type: 'string', maxLength: 200 })],
    responses: goOn,
  },
);

/** The pages of who runs the server. */
export const adminPaths: Paths = {
  '/admin': { get: overview },
  '/admin/login': { post: logIn },
  '/admin/logout': { post: logOut },
  '/admin/users/{id}/quota': { post: setQuota },
  '/admin/queue': { get: queue },
  '/admin/queue/{queue}/retry': { post: retryAll },
  '/admin/queue/{queue}/jobs/{id}/retry': { post: retryOne },
};
