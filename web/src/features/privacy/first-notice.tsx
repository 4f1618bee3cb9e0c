import { privacyNotice } from '@app/shared/privacy/notice'
import type { Me } from '@app/shared/people/schema'
import { useMutation } from '@tanstack/react-query'
import '../../ui/article.css'
import { wordsOf } from '../../ui/states'
import { noticeRead } from './queries'
import { NoticeText } from './notice-text'

/** The notice as it stands before the first page that somebody ever opens here. */
export default function FirstNotice({ me }: { me: Me }) {
  const { mutate, isPending, error } = useMutation(noticeRead)
  const [post] = me.posts
  return (
    <div className="help help-alone">
      <title>{`${privacyNotice.title} - 治本`}</title>
      <main>
        <h1>{privacyNotice.title}</h1>
        <p>{me.name}，首次使用前请阅读。</p>
        <NoticeText
          contact={post && post.kind !== 'platform' ? `请联系${post.name}应急办（安委办）的系统管理员。` : undefined}
        />
        <p>
          <button type="button" className="button" disabled={isPending} onClick={() => mutate()}>
            我已阅读
          </button>
        </p>
        {error && <p role="alert">{wordsOf(error)}</p>}
      </main>
    </div>
  )
}
