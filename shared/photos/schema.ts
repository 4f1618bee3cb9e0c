import * as v from 'valibot'
import { PhotoId } from '../ids'

export const PhotoPath = v.object({ photoId: PhotoId })
export const PhotoQuery = v.object({ size: v.optional(v.picklist(['full', 'thumb']), 'full') })
export const PhotoKept = v.object({ id: PhotoId, width: v.number(), height: v.number() })
