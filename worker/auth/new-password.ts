import { type CommonPasswords, passwordRefusal } from '@app/shared/accounts/passwords'
import { Problem } from '@app/shared/problem'
import { type Account, policyOf } from './account'
import { wholeList, wordList } from './common-passwords'

const common: CommonPasswords = { whole: new Set(wholeList.split(' ')), words: new Set(wordList.split(' ')) }

/** Throws `invalid-input` at `pointer` for a new password that will not do for this account. */
export function requireGoodPassword(
  password: string,
  account: Pick<Account, 'username' | 'name' | 'posts' | 'policies'>,
  pointer: string,
): void {
  const subject = { ...account, units: account.posts.map(({ unit }) => unit).filter(Boolean) }
  const detail = passwordRefusal(password, subject, common, policyOf(account).composedPasswords)
  if (detail) throw new Problem('invalid-input', undefined, [{ pointer, detail }])
}
