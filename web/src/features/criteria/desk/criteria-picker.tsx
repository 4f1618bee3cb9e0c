import type { CriterionCard } from '@app/shared/criteria/schema'
import { scopes } from '@app/shared/criteria/words'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Modal } from 'antd'
import { useDeferredValue, useState } from 'react'
import { Answer, Nothing } from '../../../ui/desk/answer'
import { Field } from '../../../ui/desk/field'
import { criteriaQueries } from '../queries'
import { CriterionTags } from './criterion-tags'
import './criteria.css'

interface PickerProps {
  readonly streetId: string
  /** Ids of rows that were picked already. */
  readonly picked: readonly string[]
  readonly onPick: (card: CriterionCard) => void
  readonly onClose: () => void
}

/** Rows of the catalogue that are in force, to be looked for and picked as what an item rests on. */
export function CriteriaPicker({ streetId, picked, onPick, onClose }: PickerProps) {
  const [typed, setTyped] = useState('')
  const words = useDeferredValue(typed.trim())
  const found = useQuery(criteriaQueries.page(streetId, { ...(words && { words }), standing: 'in-force', limit: '20' }))
  return (
    <Modal open title="从判定标准中选择依据" footer={null} onCancel={onClose} width="46rem">
      <Field label="查找" hint="内容、标准名称、文号或条款，多个词用空格隔开。">
        {(control) => (
          <Input
            {...control}
            allowClear
            maxLength={60}
            value={typed}
            onChange={({ target: { value } }) => setTyped(value)}
          />
        )}
      </Field>
      <Answer of={found} rows={6}>
        {({ items, total }) => (
          <>
            <p className="desk-quiet" role="status">
              {total > items.length ? `共 ${total} 条，显示前 ${items.length} 条，请多写几个字` : `共 ${total} 条`}
            </p>
            {items.length === 0 && <Nothing>没有找到。没有依据的，作为经验项。</Nothing>}
            <ul className="criterion-pick">
              {items.map((one) => (
                <li key={one.ref.id}>
                  <div>
                    <div className="criterion-document">
                      {one.document} {one.article}
                    </div>
                    <div>{one.text}</div>
                    <div className="desk-quiet">
                      {one.body}，{scopes[one.scope]}
                    </div>
                    <CriterionTags of={one} />
                  </div>
                  <Button
                    disabled={picked.includes(one.ref.id)}
                    aria-label={`选用：${one.document} ${one.article ?? ''} ${one.text}`}
                    onClick={() => onPick(one)}
                  >
                    {picked.includes(one.ref.id) ? '已选' : '选用'}
                  </Button>
                </li>
              ))}
            </ul>
          </>
        )}
      </Answer>
    </Modal>
  )
}
