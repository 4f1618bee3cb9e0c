import {
  columns,
  type Field,
  fields,
  type Mapping,
  vocabularies,
  vocabularyKeys,
} from '@app/shared/enterprises/columns'
import type { Held } from '@app/shared/enterprises/matching'
import { allColumns, columnsOf, tableOf } from '@app/shared/enterprises/table'
import type { Places } from '@app/shared/places/schema'
import type { TemplateColumn } from '../../../ui/desk/excel'
import { saveTable, saveTemplate } from '../../../ui/desk/save-table'

const wide = new Set<Field>(['name', 'address', 'creditCode', 'highRisk', 'sectors'])

/** What may be chosen in a column, where a table can offer it. */
function choicesOf(field: Field, places: Places): readonly string[] | undefined {
  if (field === 'community') return places.communities.map(({ name }) => name)
  if (field === 'grid') return [...new Set(places.grids.map(({ name }) => name))]
  if (field === 'crowded') return ['是', '否']
  const vocabulary = vocabularyKeys.find((one) => one === field)
  return vocabulary && Object.values(vocabularies[vocabulary])
}

const columnOf = (header: string, field: Field, places: Places): TemplateColumn => {
  const choices = choicesOf(field, places)
  return { header, width: wide.has(field) ? 28 : 14, ...(choices && { choices }) }
}

/** An empty table with all columns, and lists to choose from. */
export function saveEnterpriseTemplate(streetName: string, places: Places): Promise<void> {
  const wanted = fields.filter((field) => field !== 'coordinates')
  const template = wanted.map((field) => columnOf(columns[field].label, field, places))
  return saveTemplate(`企业导入模板 ${streetName}`, template, [], '企业')
}

/** All units as a table: with all columns, or with those of the street's own table as it headed them. */
export function saveEnterprises(
  streetName: string,
  units: readonly Held[],
  places: Places,
  own: Mapping | null,
): Promise<void> {
  const wanted = own ? columnsOf(own) : allColumns
  const template = wanted.map(({ heading, field }) => columnOf(heading, field, places))
  return saveTable(`企业台账 ${streetName}`, template, tableOf(units, places, wanted), '企业')
}
