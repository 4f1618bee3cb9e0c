import type { ThemeConfig } from 'antd'

/** The desk's colours and sizes. These values leave axe nothing to find; antd's own do not. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#1456b8',
    colorLink: '#1456b8',
    colorLinkHover: '#0d3f88',
    colorLinkActive: '#0d3f88',
    colorTextPlaceholder: '#6b7280',
    colorTextTertiary: '#6b7280',
    colorTextDisabled: '#6b7280',
    colorTextSecondary: '#595f69',
    colorTextDescription: '#595f69',
    colorBorder: '#8a94a6',
    colorError: '#b42318',
    colorErrorBg: '#fdeceb',
    colorWarning: '#8a4b00',
    colorWarningBg: '#fff4e0',
    colorWarningBorder: '#e0a860',
    colorInfo: '#1456b8',
    colorInfoBg: '#e8f0fb',
    colorBgContainerDisabled: '#fafafa',
    colorSuccess: '#0e6b3a',
    colorSuccessBg: '#e9f6ee',
    fontSize: 16,
    controlHeight: 40,
    fontFamily: 'inherit',
  },
  components: {
    Table: {
      headerBg: '#f2f4f7',
      headerColor: '#3d434d',
      cellFontSizeMD: 15,
      cellPaddingBlockMD: 9,
      cellPaddingInlineMD: 10,
    },
    Segmented: { itemSelectedColor: '#1456b8', trackBg: '#e9ecf1', itemColor: '#3d434d' },
  },
}
