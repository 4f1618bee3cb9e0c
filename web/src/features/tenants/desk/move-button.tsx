import { idFrom, type MoveId } from '@app/shared/ids'
import type { Tenants } from '@app/shared/tenants/schema'
import { holdsWrites, isOver, type MoveCard, moveStates } from '@app/shared/tenants/moves'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, App, Button, Descriptions, Modal, Progress, Select } from 'antd'
import { useState } from 'react'
import { Answer } from '../../../ui/desk/answer'
import { Field, refusedAt, refusedElse } from '../../../ui/desk/field'
import { minuteOf } from '../../../ui/desk/times'
import { wordsOf } from '../../../ui/states'
import { beginMove, cancelMove, moveQuery, releaseMove } from '../moving'

type Districts = Tenants['districts']

/** 迁移街道: to another district, with its rows wherever that one keeps them. */
export function MoveButton({ districts }: { districts: Districts }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>迁移街道</Button>
      {open && <MoveDialog districts={districts} onClose={() => setOpen(false)} />}
    </>
  )
}

function MoveDialog({ districts, onClose }: { districts: Districts; onClose: () => void }) {
  const [chosen, setChosen] = useState<string>()
  return (
    <Modal open title="迁移街道" footer={null} onCancel={onClose}>
      <div className="desk-form">
        <Field label="街道" required wide>
          {(control) => (
            <Select<string>
              {...control}
              showSearch={{ optionFilterProp: 'label' }}
              placeholder="请选择街道"
              value={chosen ?? null}
              onChange={setChosen}
              options={districts.flatMap(({ name, streets }) =>
                streets.map((street) => ({ value: street.id as string, label: `${street.name}（${name}）` })),
              )}
            />
          )}
        </Field>
      </div>
      {chosen && <Moving key={chosen} streetId={chosen} districts={districts} />}
    </Modal>
  )
}

function Moving({ streetId, districts }: { streetId: string; districts: Districts }) {
  const asked = useQuery(moveQuery(streetId))
  return (
    <Answer of={asked} rows={2}>
      {({ move }) => (
        <>
          {move && <Standing streetId={streetId} move={move} />}
          {(!move || isOver(move.state)) && <Begin streetId={streetId} districts={districts} />}
        </>
      )}
    </Answer>
  )
}

function Begin({ streetId, districts }: { streetId: string; districts: Districts }) {
  const { modal } = App.useApp()
  const [districtId, setDistrictId] = useState<string>()
  const [id] = useState(() => idFrom<MoveId>('mov', Date.now(), crypto.getRandomValues(new Uint8Array(16))))
  const begin = useMutation(beginMove)
  const from = districts.find(({ streets }) => streets.some((street) => street.id === streetId))
  const street = from?.streets.find((one) => one.id === streetId)
  const to = districts.find((one) => one.id === districtId)
  const wrong = refusedAt(begin.error, '/districtId')
  const other = refusedElse(begin.error, ['/districtId'])
  return (
    <div className="desk-form">
      <Field
        label="迁往"
        required
        wide
        error={wrong}
        hint="迁移期间街道只能查看，通常几分钟。原区的认定、评分和通报留在原区。"
      >
        {(control) => (
          <Select<string>
            {...control}
            placeholder="请选择区"
            value={districtId ?? null}
            onChange={setDistrictId}
            options={districts
              .filter((one) => one.id !== from?.id && one.suspendedAt === null)
              .map((one) => ({ value: one.id as string, label: `${one.name}（${one.ledger}）` }))}
          />
        )}
      </Field>
      {other ? <Alert type="error" showIcon title={wordsOf(other)} /> : null}
      <div className="desk-form-end">
        <Button
          type="primary"
          disabled={!to || !street}
          loading={begin.isPending}
          onClick={() =>
            void modal.confirm({
              title: `将${street?.name ?? ''}从${from?.name ?? ''}迁往${to?.name ?? ''}？`,
              content: '迁移期间街道暂停办理业务。数据复制并核对一致后自动切换，原数据保留到您释放为止。',
              okText: '开始迁移',
              autoFocusButton: 'cancel',
              onOk: () => begin.mutate({ streetId, id, districtId: districtId ?? '' }),
            })
          }
        >
          开始迁移
        </Button>
      </div>
    </div>
  )
}

function Standing({ streetId, move }: { streetId: string; move: MoveCard }) {
  const { modal } = App.useApp()
  const cancel = useMutation(cancelMove)
  const release = useMutation(releaseMove)
  const { state, from, to, rows, rowsInAll } = move
  const failed = cancel.error ?? release.error
  const percent = rowsInAll === 0 ? 0 : Math.min(99, Math.floor((100 * rows) / rowsInAll))
  return (
    <div className="desk-form">
      <div className="wide" aria-live="polite">
        <Descriptions
          bordered
          size="small"
          column={1}
          items={[
            { key: 'state', label: '状态', children: moveStates[state] },
            { key: 'way', label: '迁移', children: `${from.name}（${from.ledger}）→ ${to.name}（${to.ledger}）` },
            { key: 'at', label: '开始', children: minuteOf(move.at) },
            { key: 'rows', label: '已复制', children: `${rows} / ${rowsInAll} 行` },
            ...(move.switchedAt === null
              ? []
              : [{ key: 'switched', label: '切换', children: minuteOf(move.switchedAt) }]),
          ]}
        />
        {state === 'preparing' && <Progress percent={percent} aria-label="复制进度" />}
        {move.error && <Alert type="warning" showIcon title={move.error} />}
      </div>
      {failed && <Alert type="error" showIcon title={wordsOf(failed)} />}
      <div className="desk-form-end">
        {holdsWrites(state) && (
          <Button
            danger
            loading={cancel.isPending}
            onClick={() =>
              void modal.confirm({
                title: '撤销迁移？',
                content: '街道立即恢复在原区办理业务，已复制的数据会清除。',
                okText: '撤销迁移',
                okButtonProps: { danger: true },
                autoFocusButton: 'cancel',
                onOk: () => cancel.mutate(streetId),
              })
            }
          >
            撤销迁移
          </Button>
        )}
        {state === 'switched' && (
          <Button
            danger
            loading={release.isPending}
            onClick={() =>
              void modal.confirm({
                title: '释放原数据？',
                content: `${from.ledger} 中此街道的原数据将被清除，不能恢复。请先确认街道在新的区一切正常。`,
                okText: '释放原数据',
                okButtonProps: { danger: true },
                autoFocusButton: 'cancel',
                onOk: () => release.mutate(streetId),
              })
            }
          >
            释放原数据
          </Button>
        )}
      </div>
    </div>
  )
}
