import { StyleProvider, legacyLogicalPropertiesTransformer } from '@ant-design/cssinjs'
import { App, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import type { ReactNode } from 'react'
import { theme } from './theme'
import './desk.css'

/** What every screen of the desk stands in: antd in Chinese, in our colours, and readable by kernels from Chrome 79 on. */
export function DeskRoot({ children }: { children: ReactNode }) {
  return (
    <StyleProvider hashPriority="high" transformers={[legacyLogicalPropertiesTransformer]}>
      <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
        <App message={{ maxCount: 2, duration: 5 }}>{children}</App>
      </ConfigProvider>
    </StyleProvider>
  )
}
