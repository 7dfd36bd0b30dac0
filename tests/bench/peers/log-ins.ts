/** Checked as Lyceum checks a password; a log-in costs a server nothing less. */
const PASSWORD = 'correct horse battery staple';

/** Checks so many passwords a second as long as the process lives, and does nothing with the answers. */
export const checkPasswords = async ({ LOGINS_PER_SECOND }: { LOGINS_PER_SECOND?: string }) => {
  if (!LOGINS_PER_SECOND) return;
  // Only here: those who check none are to hold none of it in their memory.
  const { createPasswords } = await import('../../../src/accounts/passwords.ts');
  const passwords = createPasswords();
  const hash = await passwords.hash(PASSWORD);
  const check = async () => {
    if (!(await passwords.verify(hash, PASSWORD))) throw new Error('the password was not right');
  };
  // One that fails ends the process, and with it the row.
  setInterval(() => void check(), 1_000 / Number(LOGINS_PER_SECOND));
};
