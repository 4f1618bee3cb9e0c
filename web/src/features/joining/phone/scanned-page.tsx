import type { Post } from '@app/shared/people/schema'
import { useQuery } from '@tanstack/react-query'
import { Link, Navigate } from '@tanstack/react-router'
import { Icon } from '../../../ui/phone/icons'
import { PhonePage, Trouble, Waiting } from '../../../ui/phone/page'
import { unitOfPosterQuery } from '../queries'

type StreetPost = Extract<Post, { kind: 'street' }>

/** Where a poster leads whoever comes to check: the unit's file, for who reaches it. */
export function ScannedPage({ post, code }: { post: StreetPost; code: string }) {
  const { data, error, refetch } = useQuery(unitOfPosterQuery(post.id, code))
  const { id, slug: street, name } = post
  if (data)
    return (
      <Navigate
        key={id}
        to="/m/s/$street/enterprises/$enterpriseId"
        params={{ street, enterpriseId: data.enterpriseId }}
        replace
      />
    )
  return (
    <PhonePage
      title="扫码找到的单位"
      street={name}
      back={
        <Link to="/m/s/$street" params={{ street }} className="m-back" aria-label="返回今日">
          <Icon name="back" />
        </Link>
      }
    >
      {error ? <Trouble error={error} retry={() => void refetch()} /> : <Waiting />}
    </PhonePage>
  )
}
