/**
 * The engine's process: everything that reads files, hashes and talks to the server, so that no window ever waits for
 * it. It speaks with the main process over its parent port and knows neither windows nor the keychain.
 */

import { ownFolders } from '@instashare/sync';
import { ENGINE_PROCEDURES, engineEventSchema, KEEPER_PROCEDURES } from '../shared/engine-procedures.ts';
import { createPeer } from '../shared/peer.ts';
import { createEngine } from './engine.ts';
import { createFindProxy } from './find-proxy.ts';

const [configFolder] = process.argv.slice(2);
if (configFolder === undefined)
  throw new Error('the engine is started by the app, with its folder as argument');
const port = process.parentPort;

const engine = createEngine({
  configFolder,
  ownFolders: () => ownFolders({ configFolder, environment: process.env }),
  keeper: {
    load: () => peer.ask('session.load', undefined),
    save: async (session) => peer.ask('session.save', { session }),
  },
  findProxy: createFindProxy((url) => peer.ask('proxy.find', { url })),
  tell: (event) => peer.tell(engineEventSchema.parse(event)),
});
const peer = createPeer({
  ours: ENGINE_PROCEDURES,
  theirs: KEEPER_PROCEDURES,
  handlers: engine.handlers,
  post: (message) => port.postMessage(message),
});
port.on('message', ({ data }) => peer.receive(data));
void engine.start();
