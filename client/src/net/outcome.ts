import { toApiError } from './failure.ts';

/** null: done; otherwise why it failed, in words. */
export type Outcome = Promise<string | null>;

export async function outcome(work: () => Promise<unknown>): Outcome {
  try {
    await work();
    return null;
  } catch (error) {
    const { detail, errors } = toApiError(error);
    return errors[0]?.message ? `${detail} (${errors[0].message})` : detail;
  }
}
