import { post } from '../net/http.ts';
import { type Outcome, outcome } from '../net/outcome.ts';
import { refreshMe, viewer } from './state.ts';

/** Whether or not there is such an account, the answer is the same: look into your mail. */
export const askForReset = (email: string): Outcome =>
  outcome(() => post('/api/password-resets', { email: email.trim() }));

export const setNewPassword = (token: string, password: string): Outcome =>
  outcome(() => post(`/api/password-resets/${encodeURIComponent(token)}`, { password }));

export const changePassword = (current: string, next: string): Outcome =>
  outcome(() => post('/api/me/password', { current, next }));

export const verifyEmail = (token: string): Outcome =>
  outcome(async () => {
    await post('/api/me/email-verification', { token });
    if (viewer.peek()) await refreshMe();
  });

export const sendProofAgain = (): Outcome => outcome(() => post('/api/me/email-verification/mail'));
