/**
 * Configuration: the environment, parsed once into a frozen typed object; every fault is listed together.
 * The only room that reads the environment, and it only reads what it is handed.
 */
export { type Config, ConfigError, environmentSchema, loadConfig, type SamplerName } from './load-config.ts';
export { unsetEmpty } from './unset-empty.ts';
