import { useState } from 'react'
import type { Offers } from '@app/shared/inspections/schema'
import type { Me, Post } from '@app/shared/people/schema'
import type { Draft } from '../outbox/drafts'
import type { CleanPicture } from '../photo/clean-picture'
import { PhotoPicker } from '../photo/photo-picker'
import { beginning, type Going, goneBy } from './going'
import { photoPart, type Touched, untouched } from './touched'

/**
 * Going through a checklist in a form: what is changed in its draft, what is wrong with it, and where its pictures go.
 * Whatever is touched first begins it.
 */
export function useGoing(
  { value: going, photos, change, addPhotos, removePhoto }: Draft<Going>,
  offers: Offers,
  { me, post }: { me: Me; post: Extract<Post, { kind: 'street' }> },
) {
  const [errors, setErrors] = useState<Record<string, string>>({})
  const offer = goneBy(going, offers)
  const began = () => (offer ? beginning(going, offer, Date.now()) : {})
  const forget = (field: string) =>
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([key]) => key !== field)))
  const add = (part: string, pictures: readonly CleanPicture[]) =>
    addPhotos(
      pictures.map((picture) => ({ ...picture, streetId: post.id, part })),
      began(),
    )
  return {
    offer,
    errors,
    setErrors,
    forget,
    began,
    add,
    touch: (item: string, part: Partial<Touched>) => {
      change({ ...began(), touched: { ...going.touched, [item]: { ...(going.touched[item] ?? untouched), ...part } } })
      forget(item)
    },
    picker: (item: string, stage: 'photos' | 'after', label: string) => (
      <PhotoPicker
        label={label}
        photos={photos.filter(({ part }) => part === photoPart(item, stage))}
        mark={{ street: post.name, community: null, person: me.name, at: going.observedAt ?? Date.now() }}
        onAdd={(more) => add(photoPart(item, stage), more)}
        onRemove={removePhoto}
      />
    ),
  }
}
