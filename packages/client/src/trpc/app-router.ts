/** The server's router as a type: gone when the program runs, so the client carries nothing of the server. */
export type { AppRouter } from '@instashare/api/router';
