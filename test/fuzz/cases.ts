// How many cases the fuzzing tries: few in the usual run of the tests, `PYWARD_FUZZ` of them in all
// where that is set; `PYWARD_SEED` gives other ones.

/** Webhooks, commands, configs and diffs share what is asked for. */
const kinds = 4;

export const seed = Number(process.env.PYWARD_SEED ?? 1);

export function cases(usual: number): number {
  const asked = process.env.PYWARD_FUZZ;
  return asked === undefined ? usual : Math.ceil(Number(asked) / kinds);
}

/** Longer than this, in milliseconds, nothing may take: it hangs. Generous for a busy machine. */
export const hangMs = 5000;
