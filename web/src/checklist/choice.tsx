import type { Published } from '@app/shared/checklists/schema'
import type { Offers } from '@app/shared/inspections/schema'
import { Field } from '../ui/phone/fields'
import { choosing, type Going, isOffered } from './going'

/** Which checklist it is; one that is no longer offered stays to be chosen as long as it is gone by. */
export function ChecklistChoice({
  template,
  offers,
  onChoose,
}: {
  template: Published
  offers: Offers
  onChoose: (part: Partial<Going>) => void
}) {
  const titles = new Map(
    [template, ...offers.offers.map((offer) => offer.template)].map(({ id, title }) => [id, title]),
  )
  return (
    <Field label="检查表" hint="换一份会清空已填的检查项。">
      {(tie) => (
        <select {...tie} value={template.id} onChange={({ target }) => onChoose(choosing(target.value, offers))}>
          {[...titles].map(([id, title]) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** Says that another version was published while one was at it. */
export function NewerNote({ template, offers, what }: { template: Published; offers: Offers; what: string }) {
  if (isOffered(template, offers)) return null
  return (
    <p className="m-note" role="status">
      检查表已更新。这次{what}仍按开始时的第 {template.version} 版做完，新的从下次{what}起用。
    </p>
  )
}
