import { roles } from '@app/shared/capabilities'
import { periodWords } from '@app/shared/filings/periods'
import type { FilingRecord } from '@app/shared/filings/schema'
import { acts, kinds, states } from '@app/shared/filings/words'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { minuteOf } from '../../../ui/desk/times'
import { wordsOf } from '../../../ui/states'
import { pictureUrl } from '../../../photo/picture-url'
import '../../../ui/desk/papers.css'
import { seeNumber } from '../queries'
import { partsOf } from '../shown'
import '../filings.css'

interface Props {
  readonly record: FilingRecord
  readonly street: { readonly id: string; readonly name: string; readonly slug: string }
}

/** A paper as it was filed, to be read and printed on A4. */
export function FilingPaper({ record, street }: Props) {
  const { kind, state, by } = record
  const statement = kinds[kind].form === 'statement'
  return (
    <div className="papers" data-print="record">
      <p>
        <Button onClick={() => globalThis.print()}>打印</Button>{' '}
        {record.may.includes('unmask') && <Number record={record} streetId={street.id} />}
      </p>
      <article className="paper paper-record" aria-label={kinds[kind].label}>
        <h2>{kinds[kind].label}</h2>
        {state === 'draft' && <p>草稿，主要负责人还没有确认。</p>}
        {record.supersededBy && (
          <p>
            本版已被更正，不再有效。
            <Link
              to="/admin/s/$street/filings/$filingId"
              params={{ street: street.slug, filingId: record.supersededBy }}
            >
              查看新版
            </Link>
          </p>
        )}
        {record.version > 1 && (
          <p>
            第 {record.version} 版，更正原因：{record.why ?? '（已按规定清除）'}
          </p>
        )}
        <table>
          <tbody>
            {[
              ['单位', record.unitName],
              ...(record.period ? [['期间', periodWords(record.period)]] : []),
              ['状态', states[state]],
              ...(record.draftedBy.name !== by.name
                ? [['起草', `${record.draftedBy.name ?? '已离岗人员'}（${roles[record.draftedBy.role].label}）`]]
                : []),
              [
                state === 'draft' ? '最近填写' : statement ? '确认' : '报送',
                `${by.name ?? '已离岗人员'}（${roles[by.role].label}） ${minuteOf(record.at)}`,
              ],
            ].map(([label, value]) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <div className="filing-parts">
          {partsOf(record).map(({ heading, lines, photos, note }) => (
            <section key={heading}>
              <h3>{heading}</h3>
              {lines.length > 0 && (
                <table>
                  <tbody>
                    {lines.map(([label, value]) => (
                      <tr key={label}>
                        <th scope="row">{label}</th>
                        <td className="m-filing-text">{value}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              )}
              {photos.length > 0 && (
                <div className="paper-photos">
                  {photos.map((id, at) => (
                    <img key={id} src={pictureUrl(street.id, id)} alt={`${heading}：照片 ${at + 1}`} />
                  ))}
                </div>
              )}
              {note && <p className={lines.length > 0 ? 'paper-note' : 'm-filing-text'}>{note}</p>}
            </section>
          ))}
          {record.acts.map(({ act, by: who, at, outcome, words, photos }) => (
            <section key={act}>
              <h3>{acts[act]}</h3>
              <p>
                {outcome === 'approved' ? '批准' : outcome === 'refused' ? '不批准' : ''} {words} {who ?? '已离岗人员'}{' '}
                {minuteOf(at)}
              </p>
              <div className="paper-photos">
                {photos.map((id, nth) => (
                  <img key={id} src={pictureUrl(street.id, id)} alt={`${acts[act]}：照片 ${nth + 1}`} />
                ))}
              </div>
            </section>
          ))}
        </div>
        {record.hash && <p className="paper-note">报送后不再改动。校验值 {record.hash.slice(0, 16)}。</p>}
      </article>
    </div>
  )
}

function Number({ record, streetId }: { record: FilingRecord; streetId: string }) {
  const { message, modal } = App.useApp()
  const { mutate, isPending } = useMutation({
    ...seeNumber(streetId),
    onSuccess: ({ number }) => void modal.info({ title: '证书编号', content: number, okText: '知道了' }),
    onError: (error) => void message.error(wordsOf(error)),
  })
  return (
    <Button loading={isPending} onClick={() => mutate(record.id)}>
      查看完整证书编号（将留痕）
    </Button>
  )
}
