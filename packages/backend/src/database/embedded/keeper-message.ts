/** What the keeper is told: end the server in order, or at once. It answers with the server's process id. */
export type KeeperMessage = 'stop' | 'stop-now';
