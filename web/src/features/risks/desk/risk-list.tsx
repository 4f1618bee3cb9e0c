import { colours } from '@app/shared/enterprises/words'
import type { Point } from '@app/shared/risks/schema'
import { dayOf } from '@app/shared/time'
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { Answer } from '../../../ui/desk/answer'
import { Sheet } from '../../../ui/desk/page'
import { ScrollBox } from '../../../ui/desk/scroll-box'
import { riskQueries } from '../queries'
import { Measures } from './measures'
import { PointDialog } from './point-dialog'
import { PointStandingDialog } from './point-standing-dialog'
import { PointVersions } from './point-versions'
import './risks.css'

interface Props {
  readonly streetId: string
  readonly streetName: string
  readonly unit: { readonly id: string; readonly name: string; readonly address: string }
  /** Whether this post keeps the list. */
  readonly may: boolean
}

type Asking = { readonly what: 'new' } | { readonly what: 'edit' | 'standing' | 'versions'; readonly point: Point }

/** 风险清单 of one unit: what can come to harm, how grave, and what holds it in check. */
export function RiskList({ streetId, streetName, unit, may }: Props) {
  const asked = useQuery(riskQueries.list(streetId, unit.id))
  const [asking, setAsking] = useState<Asking | null>(null)
  const [retired, setRetired] = useState(false)
  const [printing, setPrinting] = useState(false)
  const close = () => setAsking(null)
  const listed = asked.data?.items.filter(({ retiredOn }) => retiredOn === null) ?? []
  const hasRetired = (asked.data?.items.length ?? 0) > listed.length
  const print = () => {
    flushSync(() => setPrinting(true))
    globalThis.print()
    setPrinting(false)
  }
  return (
    <Sheet
      title="风险清单"
      extra={
        <span className="risk-tools">
          {listed.length > 0 && <Button onClick={print}>打印风险清单</Button>}
          {may && <Button onClick={() => setAsking({ what: 'new' })}>登记风险点</Button>}
        </span>
      }
    >
      <Answer of={asked} rows={4}>
        {({ items }) => (
          <div className="risk-list" data-print={printing ? 'yes' : 'no'}>
            <div className="risk-paper-head">
              <h2>安全风险分级管控清单</h2>
              <p>
                {unit.name}（{unit.address}） · {streetName} · 打印日期 {dayOf(Date.now())}
              </p>
            </div>
            {hasRetired && (
              <p className="risk-on-screen">
                <Checkbox checked={retired} onChange={({ target }) => setRetired(target.checked)}>
                  同时显示已停用的风险点
                </Checkbox>
              </p>
            )}
            {items.length === 0 && (
              <p className="desk-quiet">
                还没有登记风险点。{may && '请从配电、用火用气、疏散通道等部位开始登记，并写明由谁多久检查一次。'}
              </p>
            )}
            {(retired ? items : listed).length > 0 && (
              <ScrollBox label="风险清单" least={820}>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">风险点（部位）</th>
                      <th scope="col">风险等级</th>
                      <th scope="col">可能发生的事故</th>
                      <th scope="col">管控措施</th>
                      <th scope="col" className="risk-on-screen">
                        操作
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {(retired ? items : listed).map((point) => (
                      <tr key={point.id} className={point.retiredOn === null ? undefined : 'risk-retired'}>
                        <th scope="row">
                          {point.name}
                          {point.retiredOn !== null && <p className="desk-quiet">{point.retiredOn} 起停用</p>}
                        </th>
                        <td>
                          <span className={`risk-mark risk-${point.level}`} aria-hidden />
                          {colours[point.level]}
                          <p className="desk-quiet">{point.reason}</p>
                        </td>
                        <td>{point.accident}</td>
                        <td>
                          <Measures of={point.measures} />
                        </td>
                        <td className="risk-on-screen">
                          <span className="risk-tools">
                            {may && point.retiredOn === null && (
                              <Button
                                size="small"
                                aria-label={`修改${point.name}`}
                                onClick={() => setAsking({ what: 'edit', point })}
                              >
                                修改
                              </Button>
                            )}
                            {may && (
                              <Button
                                size="small"
                                aria-label={`${point.retiredOn === null ? '停用' : '恢复'}${point.name}`}
                                onClick={() => setAsking({ what: 'standing', point })}
                              >
                                {point.retiredOn === null ? '停用' : '恢复'}
                              </Button>
                            )}
                            <Button
                              size="small"
                              aria-label={`${point.name}的历次版本`}
                              onClick={() => setAsking({ what: 'versions', point })}
                            >
                              历次版本
                            </Button>
                          </span>
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ScrollBox>
            )}
          </div>
        )}
      </Answer>
      {(asking?.what === 'new' || asking?.what === 'edit') && (
        <PointDialog
          streetId={streetId}
          enterpriseId={unit.id}
          point={asking.what === 'edit' ? asking.point : null}
          onClose={close}
        />
      )}
      {asking?.what === 'standing' && <PointStandingDialog streetId={streetId} point={asking.point} onClose={close} />}
      {asking?.what === 'versions' && <PointVersions streetId={streetId} point={asking.point} onClose={close} />}
    </Sheet>
  )
}
