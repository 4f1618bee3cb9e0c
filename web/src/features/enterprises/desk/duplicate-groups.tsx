import type { DuplicateGroups } from '@app/shared/enterprises/merging'
import type { EnterpriseLine } from '@app/shared/enterprises/schema'
import type { EnterpriseId } from '@app/shared/ids'
import type { Places } from '@app/shared/places/schema'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import './enterprises.css'
import { MergeDialog } from './merge-dialog'

interface Props {
  readonly streetId: string
  readonly slug: string
  readonly found: DuplicateGroups
  readonly places: Places | undefined
  readonly onMerged: (kept: EnterpriseId) => void
}

/** Files of one name in one community, group by group, each to be compared with the first of its group. */
export function GroupList({ streetId, slug, found, places, onMerged }: Props) {
  const [comparing, setComparing] = useState<readonly [EnterpriseId, EnterpriseId] | null>(null)
  const gridOf = (id: string) => places?.grids.find((grid) => grid.id === id)?.name ?? ''
  const communityOf = (id: string) => places?.communities.find((community) => community.id === id)?.name ?? ''
  if (found.groups.length === 0) return <p className="desk-quiet">没有发现同社区同名的档案。</p>
  const link = ({ id, name }: EnterpriseLine) => (
    <Link
      className="desk-link"
      to="/admin/s/$street/enterprises/$enterpriseId"
      params={{ street: slug, enterpriseId: id }}
    >
      {name}
    </Link>
  )
  return (
    <>
      {found.groups.map(({ items: [first, ...others] }) =>
        first ? (
          <section key={first.id} aria-label={first.name}>
            <ul className="merge-list">
              <li>
                {link(first)} {first.address}
                <span className="desk-quiet">
                  {communityOf(first.communityId)} · {gridOf(first.gridId)} · {first.creditCode ?? '无信用代码'}
                </span>
              </li>
              {others.map((other) => (
                <li key={other.id}>
                  {link(other)} {other.address}
                  <span className="desk-quiet">
                    {communityOf(other.communityId)} · {gridOf(other.gridId)} · {other.creditCode ?? '无信用代码'}
                  </span>
                  <Button
                    size="small"
                    aria-label={`核对${first.name}与${other.name}`}
                    onClick={() => setComparing([first.id, other.id])}
                  >
                    核对
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        ) : null,
      )}
      {found.more && <p className="desk-quiet">还有更多，请先核对以上各组。</p>}
      {comparing && (
        <MergeDialog
          streetId={streetId}
          ids={comparing}
          onClose={() => setComparing(null)}
          onMerged={(kept) => {
            setComparing(null)
            onMerged(kept)
          }}
        />
      )}
    </>
  )
}
