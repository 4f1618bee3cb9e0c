import type { CriterionCard } from '@app/shared/criteria/schema'
import { sightingTags, standings } from '@app/shared/criteria/words'
import { Tag } from 'antd'

const colourOf = { official: 'success', 'own-verified': 'success' } as const

/** Whether a row was verified, and whether it is in force. */
export function CriterionTags({ of: { seen, standing } }: { of: Pick<CriterionCard, 'seen' | 'standing'> }) {
  return (
    <span className="criterion-tags">
      <Tag color={seen in colourOf ? 'success' : 'warning'}>{sightingTags[seen]}</Tag>
      <Tag color={standing === 'in-force' ? 'default' : 'error'}>{standings[standing]}</Tag>
    </span>
  )
}
