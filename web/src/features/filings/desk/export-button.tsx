import type { BoardLine, FilingCard } from '@app/shared/filings/schema'
import { boardHeadings, boardTable, filingHeadings, filingTable } from '@app/shared/filings/table'
import type { Places } from '@app/shared/places/schema'
import { App, Button } from 'antd'
import { useState } from 'react'
import { gather } from '../../../ui/desk/gather'
import { saveTable } from '../../../ui/desk/save-table'
import { wordsOf } from '../../../ui/states'
import { boardOf, pageOf } from '../queries'
import { boardQueryOf, filingQueryOf, type FilingsSearch } from './filings-search'

/** A table of more than so many pages is none that anybody reads. */
const mostPages = 300

/** 导出: what is listed under the filter, all pages of it, as a workbook that no spreadsheet executes. */
export function ExportButton({
  streetId,
  streetName,
  search,
  places,
}: {
  streetId: string
  streetName: string
  search: FilingsSearch
  places: Places | undefined
}) {
  const { message } = App.useApp()
  const [making, setMaking] = useState(false)
  const save = async () => {
    if (!places) return
    setMaking(true)
    try {
      const whole = { ...search, cursor: undefined }
      const every = Number.POSITIVE_INFINITY
      const ask = { board: boardQueryOf(whole), filed: { ...filingQueryOf(whole), limit: '100' } }
      const at = (cursor: string | undefined) => cursor !== undefined && { cursor }
      const { headings, rows, next } = search.list
        ? await gather<FilingCard>(
            (cursor) => pageOf(streetId, { ...ask.filed, ...at(cursor) }),
            undefined,
            every,
            mostPages,
          ).then(({ items, next }) => ({ headings: filingHeadings, rows: filingTable(items, places), next }))
        : await gather<BoardLine>(
            (cursor) => boardOf(streetId, { ...ask.board, ...at(cursor) }),
            undefined,
            every,
            mostPages,
          ).then(({ items, next }) => ({ headings: boardHeadings, rows: boardTable(items, places), next }))
      if (next !== null) void message.warning('材料太多，只导出了前面的部分；请按社区或材料分次导出。')
      const columns = headings.map((header) => ({ header, width: header === '单位' || header === '材料' ? 30 : 16 }))
      await saveTable(`企业材料 ${streetName}`, columns, rows, '企业材料')
    } catch (error) {
      void message.error(wordsOf(error))
    } finally {
      setMaking(false)
    }
  }
  return (
    <Button loading={making} disabled={!places} onClick={() => void save()}>
      导出
    </Button>
  )
}
