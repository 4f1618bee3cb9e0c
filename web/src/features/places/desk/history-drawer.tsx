import { changeKinds, type PlaceHistory } from '@app/shared/places/schema'
import { useQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { Answer, Nothing } from '../../../ui/desk/answer'
import { type PlaceRef, treeQueries } from './tree-queries'

type Change = PlaceHistory['items'][number]

interface DrawerProps {
  readonly streetId: string
  readonly place: PlaceRef | null
  readonly onClose: () => void
}

/** 沿革: what became of one place, newest first. */
export function HistoryDrawer({ streetId, place, onClose }: DrawerProps) {
  const asked = useQuery({ ...treeQueries.history(streetId, place?.id ?? ''), enabled: place !== null })
  return (
    <Drawer
      open={place !== null}
      onClose={onClose}
      size="min(36rem, 100vw)"
      destroyOnHidden
      closable={{ 'aria-label': '关闭' }}
      title={place ? `沿革：${place.name}` : ''}
    >
      {place && (
        <Answer of={asked}>
          {({ items }) =>
            items.length === 0 ? (
              <Nothing>启用以来没有变动。</Nothing>
            ) : (
              <ol className="places-story">
                {items.map((change, at) => (
                  // oxlint-disable-next-line react/no-array-index-key -- a history is only ever added to
                  <li key={`${change.on} ${items.length - at}`}>
                    <p>
                      <strong>{changeKinds[change.kind]}</strong> {whatOf(change)}
                    </p>
                    <p className="desk-quiet">
                      {change.on} {change.by ?? '已离岗人员'}
                      {change.why && `：${change.why}`}
                    </p>
                  </li>
                ))}
              </ol>
            )
          }
        </Answer>
      )}
    </Drawer>
  )
}

function whatOf({ kind, name, oldName, toName, hazards, enterprises }: Change): string {
  switch (kind) {
    case 'added':
      return `“${name}”`
    case 'renamed':
      return `“${oldName}”改为“${name}”`
    case 'moved':
      return `单位 ${enterprises} 家、未办结隐患 ${hazards} 条，由“${name}”划到“${toName ?? '另一网格'}”`
    case 'retired':
      return toName ? `“${name}”，由“${toName}”承接` : `“${name}”`
  }
}
