/** What every process under test starts from: quiet and without rate limits in the way. */
export const testEnv = { LOG_LEVEL: 'warn', RATE_SCALE: '10000' };
