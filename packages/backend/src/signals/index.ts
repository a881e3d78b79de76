/**
 * How processes tell each other which users have news, so that nobody has to look again and again: PostgreSQL's
 * NOTIFY, or Redis where it is configured. A signal is a hint and may be lost: what is new stands in the
 * database, and whoever listens looks there now and then without being told.
 *
 * Knows no tables: what the news are, the one who is told reads for itself.
 */
export { type NewsListener, type NewsSignals, openNewsSignals } from './open-news-signals.ts';
