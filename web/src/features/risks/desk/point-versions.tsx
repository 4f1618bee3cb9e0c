import { colours } from '@app/shared/enterprises/words'
import type { Point } from '@app/shared/risks/schema'
import { pointDeeds } from '@app/shared/risks/words'
import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import { Answer } from '../../../ui/desk/answer'
import { minuteOf } from '../../../ui/desk/times'
import { riskQueries } from '../queries'
import { Measures } from './measures'

interface Props {
  readonly streetId: string
  readonly point: Point
  readonly onClose: () => void
}

/** What a risk point said in each of its versions, the newest first. */
export function PointVersions({ streetId, point, onClose }: Props) {
  const asked = useQuery(riskQueries.versions(streetId, point.id))
  return (
    <Modal open title={`历次版本：${point.name}`} footer={null} onCancel={onClose} width="44rem" destroyOnHidden>
      <Answer of={asked}>
        {({ items }) => (
          <ol className="risk-versions">
            {items.map(({ version, deed, level, words, by, at }) => (
              <li key={version}>
                <p>
                  <strong>
                    第 {version} 版 · {pointDeeds[deed]}
                  </strong>{' '}
                  {colours[level]}
                  {words?.why && `：${words.why}`}
                </p>
                {words ? (
                  <>
                    <p>
                      {words.name}：{words.accident}（{words.reason}）
                    </p>
                    <Measures of={words.measures} />
                  </>
                ) : (
                  <p className="desk-quiet">内容涉及已注销人员的个人信息，已清除。</p>
                )}
                <p className="desk-quiet">
                  {by ?? '系统'} · {minuteOf(at)}
                </p>
              </li>
            ))}
          </ol>
        )}
      </Answer>
    </Modal>
  )
}
