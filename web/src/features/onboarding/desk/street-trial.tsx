import type { Plan } from '@app/shared/onboarding/plan'
import type { StreetTrial as Trial } from '@app/shared/onboarding/schema'
import { Alert, Button, Descriptions } from 'antd'
import { Answer } from '../../../ui/desk/answer'
import { shortNameOf, stepOf, steps, type StreetDraft } from '../street-draft'

interface TrialProps {
  readonly trial: {
    readonly data: Trial | undefined
    readonly error: Error | null
    readonly refetch: () => unknown
  }
  readonly draft: StreetDraft
  readonly plan: Plan
  readonly onStep: (step: number) => void
}

/** All that would be made, to be read once more; or everything in its way, with the step where it is put right. */
export function StreetTrial({ trial, draft, plan, onStep }: TrialProps) {
  return (
    <>
      <Answer of={trial}>{(data) => <Verdict trial={data} onStep={onStep} />}</Answer>
      <Descriptions
        bordered
        size="small"
        column={1}
        items={[
          { key: 'name', label: '街道名称', children: draft.name.trim() },
          { key: 'shortName', label: '简称', children: shortNameOf(draft) },
          { key: 'slug', label: '网址名', children: draft.slug.trim().toLowerCase() },
          { key: 'statCode', label: '统计代码', children: draft.statCode.trim() || '未填' },
          {
            key: 'places',
            label: '社区与网格',
            children: (
              <ul className="onboarding-places">
                {plan.communities.map(({ name, grids }) => (
                  <li key={name}>
                    {name}：{grids.length > 0 ? `${grids.length} 个网格` : '没有网格'}
                  </li>
                ))}
              </ul>
            ),
          },
          {
            key: 'admin',
            label: '首任管理员',
            children: `${draft.adminName.trim()}（${draft.username.toLowerCase()}）`,
          },
        ]}
      />
    </>
  )
}

function Verdict({
  trial: { communities, grids, there, errors },
  onStep,
}: {
  trial: Trial
  onStep: (step: number) => void
}) {
  if (there) return <Alert type="warning" showIcon title="这个街道已经开通，请到街道列表查看。" />
  if (errors.length === 0) {
    return (
      <Alert
        type="success"
        showIcon
        title={`检查通过：将开通 ${communities} 个社区、${grids} 个网格。请核对下面的内容，点“确认开通”后才会写入。`}
      />
    )
  }
  return (
    <Alert
      type="error"
      showIcon
      title={`有 ${errors.length} 处需要更正，现在什么都没有写入。`}
      description={
        <ul className="onboarding-errors">
          {errors.map(({ pointer, detail }) => (
            <li key={pointer + detail}>
              {detail}
              <Button type="link" onClick={() => onStep(stepOf(pointer))}>
                到“{steps[stepOf(pointer)]}”更正
              </Button>
            </li>
          ))}
        </ul>
      }
    />
  )
}
