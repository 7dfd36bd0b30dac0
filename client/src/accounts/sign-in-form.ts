import { signal } from '@preact/signals';
import type { SignUp } from '../../../src/accounts/contract.ts';
import { toApiError } from '../net/failure.ts';
import { strengthOf } from './password.ts';
import { logIn, signUp } from './state.ts';

/** Errors by field; '' holds what concerns none of them. */
export type FormErrors = Record<string, string>;

/** One try at a time; a failure keeps what was typed and says what to change. */
function createForm<T>(
  act: (input: T) => Promise<void>,
  explain: (error: unknown) => FormErrors,
  check: (input: T) => FormErrors = () => ({}),
) {
  const busy = signal(false);
  const errors = signal<FormErrors>({});
  const submit = async (input: T): Promise<boolean> => {
    if (busy.peek()) return false;
    errors.value = check(input);
    if (Object.keys(errors.peek()).length > 0) return false;
    busy.value = true;
    try {
      await act(input);
      return true;
    } catch (error) {
      errors.value = explain(error);
      return false;
    } finally {
      busy.value = false;
    }
  };
  return { busy, errors, submit };
}

export const logInForm = () =>
  createForm(logIn, (failure) => {
    const error = toApiError(failure);
    if (error.code === 'unauthorized') {
      return { '': 'No account has this name and password together.' };
    }
    return { '': waitWords(error.retryAfterMs) ?? error.detail };
  });

const USERNAME = /^[A-Za-z0-9_]{3,24}$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What needs no server to be known. */
const checkSignUp = ({ username, email, password }: SignUp): FormErrors => {
  return {
    ...(!USERNAME.test(username) && { username: 'Use 3 to 24 letters, digits or _.' }),
    ...(!EMAIL.test(email) && { email: 'This is no email address.' }),
    ...(strengthOf(password).level === 0 && { password: 'Use 10 characters or more.' }),
  };
};

export const signUpForm = () => createForm(signUp, explainSignUp, checkSignUp);

function explainSignUp(failure: unknown): FormErrors {
  const error = toApiError(failure);
  if (error.code === 'conflict') return { username: 'This username is taken.' };
  const fields = Object.fromEntries(
    error.errors.map(({ path, message }) => [path.split(/[./]/).filter(Boolean)[0] ?? '', message]),
  );
  if (Object.keys(fields).length > 0) return fields;
  return { '': waitWords(error.retryAfterMs) ?? error.detail };
}

const waitWords = (retryAfterMs: number | undefined): string | null => {
  if (!retryAfterMs) return null;
  const seconds = Math.ceil(retryAfterMs / 1000);
  return seconds > 90
    ? `Too many tries. Wait ${Math.ceil(seconds / 60)} minutes.`
    : `Too many tries. Wait ${seconds} seconds.`;
};
