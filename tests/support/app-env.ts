/** What every process under test starts from: empty, quiet and without rate limits in the way. */
export const testEnv = { LOG_LEVEL: 'warn', RATE_SCALE: '10000' };
