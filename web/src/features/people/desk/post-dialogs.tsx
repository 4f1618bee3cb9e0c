import type { PostId } from '@app/shared/ids'
import type { UnitCard } from '@app/shared/organisation/schema'
import type { PersonCard, PostCard } from '@app/shared/people/schema'
import { dayOf } from '@app/shared/time'
import { useMutation, useQuery } from '@tanstack/react-query'
import { App } from 'antd'
import { useState } from 'react'
import { refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { freshId } from '../../../ui/desk/fresh-id'
import { addPost, changeReach, reachablePlaces } from '../queries'
import { blankPost, type FilledPost, PostFields, postInput, postPointers, ReachFields, reachInput } from './post-fields'
import { postLine } from './reach-words'

interface DialogProps {
  readonly streetId: string
  readonly person: PersonCard
  readonly onClose: () => void
}

/** 增加岗位 for somebody who has one here. */
export function AddPostDialog({ streetId, person, units, onClose }: DialogProps & { units: readonly UnitCard[] }) {
  const { message } = App.useApp()
  const today = dayOf(Date.now())
  const [id] = useState(() => freshId<PostId>('pst'))
  const [post, setPost] = useState(() => blankPost(today))
  const places = useQuery(reachablePlaces(streetId))
  const { mutate, isPending, error } = useMutation(addPost(streetId, person.id))
  return (
    <FormDialog
      title={`增加岗位：${person.name}`}
      submit="增加岗位"
      pending={isPending}
      error={refusedElse(error, postPointers)}
      onSubmit={() =>
        mutate(
          { id, ...postInput(post) },
          {
            onSuccess: () => {
              void message.success(`已为${person.name}增加岗位；本人登录后可以切换岗位。`)
              onClose()
            },
          },
        )
      }
      onClose={onClose}
    >
      <PostFields value={post} onChange={setPost} error={error} places={places.data} units={units} today={today} />
    </FormDialog>
  )
}

/** 调整范围 of one post, in force from its holder's next request on. */
export function ReachDialog({ streetId, person, post, onClose }: DialogProps & { post: PostCard }) {
  const { message } = App.useApp()
  const places = useQuery(reachablePlaces(streetId))
  const [reach, setReach] = useState<Pick<FilledPost, 'role' | 'within' | 'places'>>({
    // Safe: a street's post has a street's role.
    role: post.role as FilledPost['role'],
    within: post.reach.within,
    places: post.reach.within === 'street' ? [] : post.reach.ids,
  })
  const { mutate, isPending, error } = useMutation(changeReach(streetId, { personId: person.id, postId: post.id }))
  return (
    <FormDialog
      title={`调整范围：${person.name}`}
      submit="调整"
      pending={isPending}
      error={refusedElse(error, ['/reach'])}
      onSubmit={() =>
        mutate(reachInput(reach), {
          onSuccess: () => {
            void message.success(`${person.name}的负责范围已调整，立即生效。`)
            onClose()
          },
        })
      }
      onClose={onClose}
    >
      <p className="wide">现为：{postLine(post, places.data, Date.now())}。</p>
      <ReachFields
        value={reach}
        onChange={(part) => setReach((before) => ({ ...before, ...part }))}
        error={error}
        places={places.data}
      />
    </FormDialog>
  )
}
