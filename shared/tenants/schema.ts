import * as v from 'valibot'
import { DistrictId, StreetId } from '../ids'

/** The deployment's tenants and how their work goes; nothing of what they hold. */
export const Tenants = v.object({
  districts: v.array(
    v.object({
      id: DistrictId,
      slug: v.string(),
      name: v.string(),
      ledger: v.string(),
      demo: v.boolean(),
      suspendedAt: v.nullable(v.number()),
      suspendedWhy: v.nullable(v.string()),
      streets: v.array(
        v.object({
          id: StreetId,
          slug: v.string(),
          name: v.string(),
          suspendedAt: v.nullable(v.number()),
          suspendedWhy: v.nullable(v.string()),
        }),
      ),
      jobs: v.object({ waiting: v.number(), failed: v.number(), lastAt: v.nullable(v.number()) }),
    }),
  ),
})
export type Tenants = v.InferOutput<typeof Tenants>

/** The version of the key that personal columns are sealed with now, and how many districts are done with it. */
export const KeyRotation = v.object({ version: v.number(), waiting: v.number(), done: v.number(), failed: v.number() })
