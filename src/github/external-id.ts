// What our check runs carry to be found again by, even when the store is lost: the pull request's
// number and the review's id.

/** `12/0f8c...`; a merge group, which has no number, has `0/...`. */
export function writeExternalId(number: number | undefined, reviewId: string): string {
  return `${number ?? 0}/${reviewId}`;
}

/** The pull request's number; `undefined` where there is none or the text is not ours. */
export function readExternalId(text: string | null | undefined): number | undefined {
  const number = Number(/^(\d{1,9})\/[0-9a-f-]{36}$/u.exec(text ?? "")?.[1]);
  return number > 0 ? number : undefined;
}
