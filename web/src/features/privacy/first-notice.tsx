import { privacyNotice } from '@app/shared/privacy/notice'
import type { Me } from '@app/shared/people/schema'
import { settingsOf } from '@app/shared/settings/catalogue'
import { useMutation, useQuery } from '@tanstack/react-query'
import '../../ui/article.css'
import { wordsOf } from '../../ui/states'
import { noticeRead, streetSettings } from './queries'
import { NoticeText } from './notice-text'

/** The notice as it stands before the first page that somebody ever opens here. */
export default function FirstNotice({ me }: { me: Me }) {
  const { mutate, isPending, error } = useMutation(noticeRead)
  const [post] = me.posts
  const streetId = post?.kind === 'street' && post.capabilities.includes('hazard.view') ? post.id : null
  const set = useQuery({ ...streetSettings(streetId ?? ''), enabled: streetId !== null })
  const { 'contact.office': office, 'contact.phone': phone } = settingsOf(set.data?.items ?? [])
  const whom = office || (post && post.kind !== 'platform' ? `${post.name}应急办（安委办）的系统管理员` : '')
  return (
    <div className="help help-alone">
      <title>{`${privacyNotice.title} - 治本`}</title>
      <main>
        <h1>{privacyNotice.title}</h1>
        <p>{me.name}，首次使用前请阅读。</p>
        <NoticeText contact={whom ? `请联系${whom}${phone && `，电话 ${phone}`}。` : undefined} />
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
