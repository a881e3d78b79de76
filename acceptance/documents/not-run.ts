/** The blocks of commands that `documents.test.ts` does not run. Each says why; all of it is held against what there is. */
export interface NotRun {
  readonly document: string;
  /** How the block begins. */
  readonly begins: string;
  readonly why: string;
}

const INSTALLS = 'It installs anew the packages that the tests themselves run on.';
const ENGINE = 'It needs an engine of containers; the job "compose" of the workflow of the tests starts it.';
const FRAGMENT =
  'A fragment, whose other half is the reader’s; the tests of packages/client call what is in it.';

export const NOT_RUN: readonly NotRun[] = [
  {
    document: 'README.md',
    begins: 'npm ci && npm start -- --watch FOLDER',
    why: `${INSTALLS} acceptance/start/watch.test.ts runs what follows.`,
  },
  { document: 'README.md', begins: 'npm start\n', why: 'All tests here run on a server that it started.' },
  { document: 'README.md', begins: 'npm ci && npm test', why: `${INSTALLS} This is one of its tests.` },
  {
    document: 'README.md',
    begins: 'npm start -w @instashare/desktop',
    why: 'It needs a display; acceptance/desktop starts the app as this does.',
  },
  {
    document: 'docs/desktop.md',
    begins: 'npm start -w @instashare/desktop',
    why: 'It needs a display; acceptance/desktop starts the app as this does.',
  },
  { document: 'README.md', begins: 'cp .env.example .env', why: ENGINE },
  { document: 'docs/operations.md', begins: 'cp .env.example .env', why: ENGINE },
  { document: 'docs/operations.md', begins: 'sudo install -d', why: ENGINE },
  { document: 'docs/operations.md', begins: 'docker compose up --detach --wait', why: ENGINE },
  {
    document: 'docs/operations.md',
    begins: 'instashare-admin restore',
    why: 'It needs an empty server of its own; acceptance/start/admin.test.ts restores into one.',
  },
  { document: 'CONTRIBUTING.md', begins: 'npm ci', why: INSTALLS },
  { document: 'CONTRIBUTING.md', begins: 'npm install --save-exact', why: INSTALLS },
  { document: 'bench/README.md', begins: 'npm run bench', why: 'It takes half an hour, and is no test.' },
  {
    document: 'packages/client/README.md',
    begins: 'npm install @instashare/client',
    why: 'It is not in the registry yet; acceptance/client/package.test.ts installs the packed one.',
  },
  { document: 'packages/client/README.md', begins: 'import { createInstashareClient', why: FRAGMENT },
  { document: 'packages/client/README.md', begins: 'for await', why: FRAGMENT },
  { document: 'packages/client/README.md', begins: 'const { webhookId', why: FRAGMENT },
  { document: 'packages/client/README.md', begins: 'if (isInstashareError', why: FRAGMENT },
];
