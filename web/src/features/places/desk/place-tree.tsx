import type { CommunityId, GridId } from '@app/shared/ids'
import { answersFor, type Charge } from '@app/shared/organisation/charges'
import type { PlaceTree as Tree } from '@app/shared/places/schema'
import type { Day } from '@app/shared/time'
import { DownOutlined } from '@ant-design/icons'
import { Alert, Button, Dropdown, Input, Switch, Table, Tag } from 'antd'
import { type DragEvent, useState } from 'react'
import { Alarm } from '../../../ui/desk/alarm'
import { AddDialog, RenameDialog, RetireDialog } from './place-dialogs'
import { GridWorkDialog, type GridPlan } from './grid-work-dialog'
import { HistoryDrawer } from './history-drawer'
import type { PlaceRef } from './tree-queries'
import './places.css'
import { unfinishedIn } from './unfinished'

type Community = Tree['communities'][number]
type Grid = Community['grids'][number]

interface Row {
  readonly key: string
  readonly place: PlaceRef
  readonly code: string | null
  readonly retiredOn: Day | null
  readonly enterprises: number
  readonly openHazards: number
  readonly who: string | null
  readonly community: Community
  readonly grid: Grid | null
  readonly children?: Row[]
}

/** What is being done, and to what. */
type Doing =
  | { readonly kind: 'add-community' }
  | { readonly kind: 'add-grid'; readonly communityId: CommunityId }
  | { readonly kind: 'rename' | 'retire' | 'history'; readonly place: PlaceRef }
  | { readonly kind: 'grid'; readonly community: Community; readonly grid: Grid; readonly plan: GridPlan }

interface TreeProps {
  readonly streetId: string
  readonly tree: Tree
  readonly charges: readonly (Charge & { name: string | null })[]
  readonly today: Day
  readonly search: { readonly name?: string | undefined; readonly past?: boolean | undefined }
  readonly onSearch: (search: { name?: string | undefined; past?: boolean | undefined }) => void
  readonly manages: boolean
}

const dragged = 'application/x-grid'

/** Communities with their grids, who answers for each, and everything that may become of them. */
export function PlaceTree({ streetId, tree, charges, today, search, onSearch, manages }: TreeProps) {
  const [doing, setDoing] = useState<Doing | null>(null)
  const [over, setOver] = useState<string | null>(null)
  const rows = rowsOf(tree, charges, today, search)
  const standing = tree.communities.filter(({ retiredOn }) => retiredOn === null)
  const grids = standing.flatMap((community) =>
    community.grids.filter(({ retiredOn }) => retiredOn === null).map((grid) => ({ community, grid })),
  )
  const broken = Object.entries(manages ? unfinishedIn(streetId) : {}).flatMap(([gridId, work]) => {
    const found = grids.find(({ grid }) => grid.id === gridId)
    return found ? [{ ...found, work }] : []
  })
  const drop = (event: DragEvent, community: Community) => {
    event.preventDefault()
    setOver(null)
    const found = grids.find(({ grid }) => grid.id === event.dataTransfer.getData(dragged))
    if (found && found.community.id !== community.id)
      setDoing({ kind: 'grid', ...found, plan: { kind: 'pass', communityId: community.id } })
  }
  const close = () => setDoing(null)
  return (
    <>
      {broken.map(({ community, grid, work }) => (
        <Alert
          key={grid.id}
          className="places-broken"
          type="warning"
          showIcon
          title={`“${grid.name}”的${work.kind === 'merge' ? '合并' : '移交'}没有做完：还剩单位 ${grid.enterprises} 家、未办结隐患 ${grid.openHazards} 条。`}
          action={
            <Button
              onClick={() =>
                setDoing({
                  kind: 'grid',
                  community,
                  grid,
                  plan:
                    work.kind === 'merge'
                      ? { kind: 'merge', to: work.to, why: work.why }
                      : { kind: 'pass', communityId: work.communityId, why: work.why },
                })
              }
            >
              继续
            </Button>
          }
        />
      ))}
      <div className="desk-tools" role="search" aria-label="查找社区与网格">
        <Input.Search
          key={search.name ?? ''}
          aria-label="名称"
          placeholder="社区或网格名称、编码"
          allowClear
          enterButton="查询"
          style={{ width: 300 }}
          defaultValue={search.name ?? ''}
          onSearch={(name) => onSearch({ ...search, name: name.trim() || undefined })}
        />
        {/* oxlint-disable-next-line jsx-a11y/label-has-associated-control -- the switch is a button within it */}
        <label className="desk-switch">
          <Switch
            checked={search.past === true}
            onChange={(past) => onSearch({ ...search, past: past || undefined })}
          />{' '}
          显示已撤销的
        </label>
        {manages && (
          <span className="desk-tools-end">
            <Button
              disabled={standing.length === 0}
              onClick={() => {
                const [first] = standing
                if (first) setDoing({ kind: 'add-grid', communityId: first.id })
              }}
            >
              新增网格
            </Button>
            <Button type="primary" onClick={() => setDoing({ kind: 'add-community' })}>
              新增社区
            </Button>
          </span>
        )}
      </div>
      <Table<Row>
        className="places"
        size="middle"
        rowKey="key"
        dataSource={rows}
        pagination={false}
        scroll={{ x: 900 }}
        locale={{ emptyText: search.name ? '没有符合条件的社区或网格。' : '还没有社区，请先新增。' }}
        // Another search opens everything that it found.
        key={`${search.name} ${search.past}`}
        expandable={{ defaultExpandAllRows: true }}
        rowClassName={({ place, community }) =>
          place.kind === 'community' && over === community.id ? 'places-over' : ''
        }
        onRow={({ place, community, retiredOn, grid }) =>
          !manages || retiredOn !== null
            ? {}
            : place.kind === 'grid'
              ? {
                  draggable: true,
                  onDragStart: (event) => event.dataTransfer.setData(dragged, grid?.id ?? ''),
                }
              : {
                  onDragOver: (event) => {
                    if (!event.dataTransfer.types.includes(dragged)) return
                    event.preventDefault()
                    setOver(community.id)
                  },
                  onDragLeave: () => setOver(null),
                  onDrop: (event) => drop(event, community),
                }
        }
        columns={[
          {
            title: '名称',
            key: 'name',
            render: (_, { place, code, retiredOn }) => (
              <>
                <button
                  type="button"
                  className="desk-link"
                  title="查看沿革"
                  onClick={() => setDoing({ kind: 'history', place })}
                >
                  {place.kind === 'community' ? <strong>{place.name}</strong> : place.name}
                </button>{' '}
                {code && <span className="desk-quiet">{code}</span>} {retiredOn !== null && <Tag>{retiredOn} 撤销</Tag>}
              </>
            ),
          },
          {
            title: '双包责任人',
            key: 'who',
            width: 190,
            render: (_, { who, place, retiredOn }) =>
              retiredOn !== null ? (
                '—'
              ) : who === null ? (
                <Alarm>{place.kind === 'community' ? '无包社区领导' : '无包网格干部'}</Alarm>
              ) : (
                who
              ),
          },
          {
            title: '单位',
            dataIndex: 'enterprises',
            width: 100,
            align: 'right',
            render: (count: number) => <span className="desk-number">{count} 家</span>,
          },
          {
            title: '未办结隐患',
            dataIndex: 'openHazards',
            width: 130,
            align: 'right',
            render: (count: number) => <span className="desk-number">{count} 条</span>,
          },
          ...(manages
            ? [
                {
                  title: '操作',
                  key: 'actions',
                  width: 120,
                  render: (_: unknown, row: Row) =>
                    row.retiredOn === null && (
                      <Dropdown
                        trigger={['click']}
                        // oxlint-disable-next-line jsx-a11y/no-autofocus -- into the menu that was just opened
                        autoFocus
                        menu={{
                          items: actionsOf(row).map(({ label, danger }) => ({
                            key: label,
                            label,
                            danger: danger ?? false,
                          })),
                          onClick: ({ key }) => {
                            const action = actionsOf(row).find(({ label }) => label === key)
                            if (action) setDoing(action.doing)
                          },
                        }}
                      >
                        <Button aria-label={`操作：${row.place.name}`}>
                          操作 <DownOutlined aria-hidden />
                        </Button>
                      </Dropdown>
                    ),
                },
              ]
            : []),
        ]}
      />
      <p className="desk-pager">
        共 {standing.length} 个社区、{grids.length} 个网格
      </p>
      {doing?.kind === 'add-community' && <AddDialog streetId={streetId} within={null} onClose={close} />}
      {doing?.kind === 'add-grid' && (
        <AddDialog streetId={streetId} within={doing.communityId} communities={standing} onClose={close} />
      )}
      {doing?.kind === 'rename' && <RenameDialog streetId={streetId} place={doing.place} onClose={close} />}
      {doing?.kind === 'retire' && (
        <RetireDialog streetId={streetId} place={doing.place} communities={standing} onClose={close} />
      )}
      {doing?.kind === 'grid' && (
        <GridWorkDialog
          key={doing.grid.id}
          streetId={streetId}
          grid={doing.grid}
          communityId={doing.community.id}
          plan={doing.plan}
          communities={standing}
          onClose={close}
        />
      )}
      <HistoryDrawer streetId={streetId} place={doing?.kind === 'history' ? doing.place : null} onClose={close} />
    </>
  )
}

function actionsOf({ place, community, grid }: Row): { label: string; doing: Doing; danger?: boolean }[] {
  const history = { label: '沿革', doing: { kind: 'history', place } } as const
  const both = [
    { label: '更名', doing: { kind: 'rename', place } as const },
    { label: '撤销', doing: { kind: 'retire', place } as const, danger: true },
    history,
  ]
  if (!grid) return [{ label: '新增网格', doing: { kind: 'add-grid', communityId: community.id } }, ...both]
  const work = (plan: GridPlan): Doing => ({ kind: 'grid', community, grid, plan })
  return [
    { label: '合并到…', doing: work({ kind: 'merge' }) },
    { label: '拆分', doing: work({ kind: 'split' }) },
    { label: '移到另一社区', doing: work({ kind: 'pass' }) },
    ...both,
  ]
}

function rowsOf(
  tree: Tree,
  charges: readonly (Charge & { name: string | null })[],
  today: Day,
  { name, past }: TreeProps['search'],
): Row[] {
  const typed = name?.toLowerCase()
  const meant = (place: { name: string }, code: string | null) =>
    !typed || place.name.toLowerCase().includes(typed) || (code?.toLowerCase().startsWith(typed) ?? false)
  const shown = ({ retiredOn }: { retiredOn: Day | null }) => past === true || retiredOn === null
  const who = (id: CommunityId | GridId) => {
    const charge = answersFor(charges, id, today)
    return charge ? (charge.name ?? '已离岗人员') : null
  }
  return tree.communities.filter(shown).flatMap((community) => {
    const all = community.grids.filter(shown)
    const own = meant(community, community.statCode)
    const grids = own ? all : all.filter((grid) => meant(grid, grid.code))
    if (!own && grids.length === 0) return []
    const row: Row = {
      key: community.id,
      place: { kind: 'community', id: community.id, name: community.name },
      code: community.statCode,
      retiredOn: community.retiredOn,
      enterprises: community.grids.reduce((sum, { enterprises }) => sum + enterprises, 0),
      openHazards: community.openHazards,
      who: who(community.id),
      community,
      grid: null,
      ...(grids.length > 0 && {
        children: grids.map((grid) => ({
          key: grid.id,
          place: { kind: 'grid', id: grid.id, name: grid.name },
          code: grid.code,
          retiredOn: grid.retiredOn,
          enterprises: grid.enterprises,
          openHazards: grid.openHazards,
          who: who(grid.id),
          community,
          grid,
        })),
      }),
    }
    return [row]
  })
}
