import { columnsOf, allColumns } from '@app/shared/enterprises/table'
import type { Places } from '@app/shared/places/schema'
import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Dropdown } from 'antd'
import { useState } from 'react'
import { wordsOf } from '../../../ui/states'
import { importQueries } from './import-queries'
import { saveEnterprises } from './files'

interface ButtonProps {
  readonly streetId: string
  readonly streetName: string
  readonly places: Places | undefined
}

/** 导出: the whole register as a workbook that an import reads back, telephone numbers masked. */
export function ExportButton({ streetId, streetName, places }: ButtonProps) {
  const { message } = App.useApp()
  const client = useQueryClient()
  const [making, setMaking] = useState(false)
  const save = async (how: 'all' | 'own') => {
    if (!places) return
    setMaking(true)
    try {
      const [units, mapping] = await Promise.all([
        client.fetchQuery({ ...importQueries.held(streetId), staleTime: 0 }),
        client.fetchQuery(importQueries.mapping(streetId)),
      ])
      if (how === 'own' && (!mapping || columnsOf(mapping) === allColumns))
        return void message.info('还没有导入过表格，请先导入一次或导出全部列。')
      await saveEnterprises(streetName, units, places, how === 'own' ? mapping : null)
    } catch (error) {
      void message.error(wordsOf(error))
    } finally {
      setMaking(false)
    }
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'all', label: '全部列' },
          { key: 'own', label: '按本街道表格的列' },
        ],
        onClick: ({ key }) => void save(key === 'own' ? 'own' : 'all'),
      }}
    >
      <Button loading={making} disabled={!places}>
        导出
      </Button>
    </Dropdown>
  )
}
